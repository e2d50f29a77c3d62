import { randomUUID } from 'node:crypto';
import type { ScimRequest, Services } from '../../lambda/directory/request';
import type { Store } from '../../lambda/directory/store';
import type { Json, JsonObject } from '../../lambda/scim/json';
import type { ProfileName } from '../../lambda/scim/schema/profile';
import { Work } from '../../lambda/scim/work';

/** Services over a store, with a real clock unless the test has its own. */
export function servicesOver(store: Store, newId: () => string = randomUUID, now = () => new Date()): Services {
  return { store, now, newId };
}

/** A request as the gateway would make it. */
export function request(
  method: string,
  path: string,
  more: { body?: Json; headers?: Record<string, string>; tenantId?: string; profile?: ProfileName } = {},
): ScimRequest {
  const url = new URL(path, 'http://local');
  return {
    caller: {
      tenantId: more.tenantId ?? 'tenantaaaaaa',
      credentialId: 'tokenaaaaaaa',
      scope: 'scim',
      profile: more.profile ?? 'identity-center',
    },
    requestId: randomUUID(),
    method,
    path: url.pathname.slice(1).split('/'),
    query: new Map(url.searchParams),
    headers: new Map(Object.entries(more.headers ?? {})),
    state: Promise.resolve({}),
    work: new Work(),
    ...(more.body !== undefined && { body: more.body }),
    baseUrl: 'https://scim.example.com/prod/tenantaaaaaa/scim/v2',
  };
}

/** A user's body that is complete in every profile. */
export function userBody(name: string, more: JsonObject = {}): JsonObject {
  return {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
    userName: `${name}@example.com`,
    displayName: name,
    name: { givenName: name, familyName: 'Example' },
    emails: [{ value: `${name}@example.com`, type: 'work', primary: true }],
    externalId: `ext-${name}`,
    active: true,
    ...more,
  };
}

/** A PATCH message. */
export function patchBody(...Operations: JsonObject[]): JsonObject {
  return { schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations };
}
