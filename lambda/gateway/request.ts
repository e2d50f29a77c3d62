import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { Caller, Origin, ScimRequest } from '../directory/request';
import type { Json } from '../scim/json';
import { forbidden, invalidSyntax, notFound, tooLarge, unsupportedMediaType } from '../scim/message/error';
import { maxBodyBytes } from '../scim/message/limits';
import type { ProfileName } from '../scim/schema/profile';
import { profiles } from '../scim/schema/profiles';
import { isScope } from '../scim/scope';
import { beginning } from '../scim/text/beginning';
import { Work } from '../scim/work';
import { checkBodyShape } from './body-shape';
import { publicUrl, requestIdOf } from './event';

/**
 * Converts API Gateway's event to a request of the authorized caller.
 * @throws ScimError 403 for another tenant's path, 404 for a path that is not SCIM's, 413, 415, or 400 `invalidSyntax`
 */
export function toRequest(event: APIGatewayProxyEvent, caller: Caller, state: ScimRequest['state']): ScimRequest {
  const headers = new Map(
    Object.entries(event.headers ?? {}).flatMap(([name, value]) =>
      value === undefined ? [] : [[name.toLowerCase(), value] as const],
    ),
  );
  const { baseUrl, path } = readPath(event, caller);
  const body = readBody(event, headers);
  return {
    caller,
    requestId: requestIdOf(event),
    method: event.httpMethod,
    path,
    query: readQuery(event),
    headers,
    state,
    work: new Work(),
    ...(body !== undefined && { body }),
    baseUrl,
    origin: originOf(event),
  };
}

/** The most characters that are kept of a client's name for itself. */
const longestAgent = 100;

/** Where a request came from. */
export function originOf({ requestContext: { identity, requestTimeEpoch } }: APIGatewayProxyEvent): Origin {
  const { sourceIp, userAgent } = identity ?? {};
  return {
    ...(sourceIp && { address: sourceIp }),
    ...(userAgent && { agent: beginning(userAgent, longestAgent) }),
    ...(requestTimeEpoch && { received: requestTimeEpoch }),
  };
}

/** The caller in the authorizer's context. @throws Error if the event has no such context */
export function readCaller(event: APIGatewayProxyEvent): Caller {
  const { tenantId, credentialId, credentialLabel, scope, profile } = event.requestContext.authorizer ?? {};
  if (typeof tenantId !== 'string' || typeof credentialId !== 'string' || !isScope(scope) || !isProfile(profile)) {
    throw new Error(
      'The event has no tenant, credential, scope and profile from the authorizer; is the authorizer attached?',
    );
  }
  const label = typeof credentialLabel === 'string' ? { credentialLabel } : {};
  return { tenantId, credentialId, ...label, scope, profile };
}

function isProfile(name: unknown): name is ProfileName {
  return typeof name === 'string' && Object.hasOwn(profiles, name);
}

/** The stage, the tenant, and what follows `/scim/v2`. */
const scimPath = /^((?:\/[^/]+)*?)\/([^/]+)\/scim\/v2(?:\/(.*))?$/s;

function readPath(event: APIGatewayProxyEvent, { tenantId }: Caller): { baseUrl: string; path: readonly string[] } {
  const [, stage = '', tenant, rest = ''] = scimPath.exec(event.requestContext.path ?? event.path) ?? [];
  if (tenant === undefined) {
    throw notFound(`There is nothing at ${event.path}. A Base URL ends with /${tenantId}/scim/v2.`);
  }
  if (tenant !== tenantId) throw forbidden('The token does not belong to the tenant in this URL. Check the Base URL.');
  const path = rest.replace(/\/$/, '').split('/').map(decode);
  if (rest.startsWith('/') || path.slice(0, -1).includes('')) {
    throw notFound(`The path ${event.path} has a doubled slash. Remove the slash at the end of the Base URL.`);
  }
  return { baseUrl: `${publicUrl(event, stage)}/${tenant}/scim/v2`, path };
}

/** Decodes a part of a path. An invalid encoding is left unchanged; it matches no resource. */
function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

const listParameters = ['attributes', 'excludedAttributes'];

/** The query parameters. If one is repeated, the last value counts; a list parameter has all values. */
function readQuery(event: APIGatewayProxyEvent): ReadonlyMap<string, string> {
  const lists = event.multiValueQueryStringParameters ?? {};
  const last = Object.entries(event.queryStringParameters ?? {}).map(([name, value]) => [name, value ?? ''] as const);
  return new Map([
    ...last,
    ...listParameters.flatMap((name) => (lists[name] ? [[name, lists[name].join(',')] as const] : [])),
  ]);
}

const byteOrderMark = '\ufeff';
const mediaTypes: ReadonlySet<string> = new Set(['application/scim+json', 'application/json']);
const methodsWithBody: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH']);

function readBody(event: APIGatewayProxyEvent, headers: ReadonlyMap<string, string>): Json | undefined {
  if (!methodsWithBody.has(event.httpMethod) || !event.body) return undefined;
  const mediaType = (headers.get('content-type') ?? 'application/json').split(';')[0]?.trim().toLowerCase() ?? '';
  if (!mediaTypes.has(mediaType)) {
    throw unsupportedMediaType(`Content-Type is "${mediaType}"; send application/scim+json or application/json.`);
  }
  const bytes = Buffer.byteLength(event.body, event.isBase64Encoded ? 'base64' : 'utf8');
  if (bytes > maxBodyBytes) {
    throw tooLarge(`The body has ${bytes} bytes; at most ${maxBodyBytes} are allowed. Split the request.`);
  }
  const text = event.isBase64Encoded ? Buffer.from(event.body, 'base64').toString('utf8') : event.body;
  // API Gateway passes bodies as text: bytes that are not UTF-8 are replaced by U+FFFD.
  const broken = text.indexOf('\ufffd');
  if (broken >= 0) throw invalidSyntax(`The body is not valid UTF-8 at character ${broken + 1}. Send it as UTF-8.`);
  checkBodyShape(text);
  try {
    return JSON.parse(text.startsWith(byteOrderMark) ? text.slice(1) : text) as Json;
  } catch (error) {
    const reason = error instanceof Error ? error.message.slice(0, 100) : '';
    throw invalidSyntax(`The body is not valid JSON (${reason}). Send one JSON object.`);
  }
}
