import type { MethodHandler, ScimRequest } from '../directory/request';
import { insufficientScope, methodNotAllowed, notFound } from '../scim/message/error';
import type { ResourceTypeName } from '../scim/schema/profile';
import { resourceView } from '../scim/schema/view';
import { allows, type Scope } from '../scim/scope';

/** A path after the Base URL, with `*` for any one part, and the handlers of its methods. */
export interface Endpoint {
  readonly path: readonly string[];
  readonly methods: ReadonlyMap<string, MethodHandler>;
  /** The scope that every method needs here. @default - `scim:read` for GET and HEAD, `scim` for all others */
  readonly scope?: Scope;
  /** The type of the resource at this path: a profile may exclude methods of it. */
  readonly resource?: ResourceTypeName;
}

/**
 * Finds the handler of a request. HEAD is handled like GET (RFC 9110 §9.3.2).
 * @throws ScimError 404 for an unknown path, 405 with `Allow` for an unsupported method, 403 if the caller's scope does
 * not allow the method
 */
export function dispatch(endpoints: readonly Endpoint[], { path, method, caller }: ScimRequest): MethodHandler {
  const endpoint = endpoints.find((candidate) => matches(candidate.path, path));
  if (!endpoint) {
    throw notFound(`There is nothing at /${path.join('/')}. Resources are at /Users and /Groups; see /ResourceTypes.`);
  }
  const { resource, methods } = endpoint;
  const unsupported = resource ? resourceView(caller.profile, resource).rules.unsupportedMethods : [];
  const allowed = [...methods.keys()]
    .filter((name) => !unsupported.includes(name))
    .flatMap((name) => (name === 'GET' ? ['GET', 'HEAD'] : [name]));
  const handler = allowed.includes(method) ? methods.get(method === 'HEAD' ? 'GET' : method) : undefined;
  if (!handler) {
    throw methodNotAllowed(`${method} is not supported at /${path.join('/')}; use ${allowed.join(', ')}.`, allowed);
  }
  const needed = endpoint.scope ?? scopeOfMethod(method);
  if (allows(caller.scope, needed)) return handler;
  throw insufficientScope(
    `${method} at /${path.join('/')} needs the scope "${needed}", and this credential has "${caller.scope}": it may only read. ` +
      'Use a credential of this tenant that may write.',
    needed,
  );
}

function scopeOfMethod(method: string): Scope {
  return method === 'GET' || method === 'HEAD' ? 'scim:read' : 'scim';
}

function matches(pattern: readonly string[], path: readonly string[]): boolean {
  return pattern.length === path.length && pattern.every((part, index) => part === '*' || part === path[index]);
}
