import { notFound, type ScimError } from '../scim/message/error';
import { type Context, makeContext } from './context';
import { hasPreconditions, notModified } from './precondition';
import type { MethodHandler } from './request';
import type { ResourceType } from './resource-types';
import { readMemberships, representResource, resourceHeaders } from './respond';
import type { StoredResource } from './store';

/**
 * GET of one resource (RFC 7644 §3.4.1): 200, or 304 when `If-None-Match` names its version.
 * @throws ScimError 404; 400 `tooMany` for more memberships than a response can hold
 */
export function getHandler(type: ResourceType): MethodHandler {
  return async (services, request) => {
    const context = makeContext(services, request, type);
    const id = resourceId(context);
    const [stored, memberships] = await Promise.all([
      readExisting(context, id),
      hasPreconditions(request) ? undefined : readMemberships(context, id),
    ]);
    return notModified(request, stored.version)
      ? { status: 304, headers: resourceHeaders(context, stored) }
      : representResource(context, 200, stored, memberships ?? (await readMemberships(context, id)));
  };
}

/** The id that the request's path names. */
export function resourceId({ request }: Context): string {
  return request.path[1] ?? '';
}

/** Reads a resource that the request's path names. @throws ScimError 404 */
export async function readExisting({ store, collection, type }: Context, id: string): Promise<StoredResource> {
  const stored = await store.get(collection, id);
  if (!stored) throw noSuchResource(type, id);
  return stored;
}

export function noSuchResource(type: ResourceType, id: string): ScimError {
  return notFound(`${type.name} ${id} was not found. It never existed in this tenant or was deleted.`);
}
