import type { TenantAccess } from '../../../local/endpoint';

/** What a request of an identity provider got. */
export interface Answer {
  readonly status: number;
  readonly body: { readonly id?: string; readonly detail?: string; readonly [name: string]: unknown };
}

/** Sends a request as an identity provider does. */
export async function send(
  { baseUrl, token }: Pick<TenantAccess, 'baseUrl' | 'token'>,
  method: string,
  path: string,
  body?: object,
): Promise<Answer> {
  const response = await fetch(baseUrl + path, {
    method,
    headers: {
      Authorization: `Bearer ${token}`,
      'Content-Type': 'application/scim+json',
      'User-Agent': 'Okta SCIM Client 1.0.0',
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text ? JSON.parse(text) : {} };
}

/** A user as an identity provider sends it. */
export const user = (givenName: string, familyName: string) => {
  const address = `${givenName}.${familyName}@example.com`.toLowerCase();
  return {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
    userName: address,
    externalId: `00u${givenName}${familyName}`,
    displayName: `${givenName} ${familyName}`,
    name: { givenName, familyName },
    emails: [{ value: address, type: 'work', primary: true }],
    active: true,
  };
};

/** A group as an identity provider sends it. */
export const group = (displayName: string, members: readonly string[] = []) => ({
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
  displayName,
  members: members.map((value) => ({ value })),
});

/** A patch that disables a user. */
export const disabling = {
  schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
  Operations: [{ op: 'replace', value: { active: false } }],
};

/** Creates a user or group. @throws Error if it is refused */
export async function create(tenant: TenantAccess, path: '/Users' | '/Groups', body: object): Promise<string> {
  const { status, body: created } = await send(tenant, 'POST', path, body);
  if (status !== 201 || created.id === undefined) throw new Error(`${status} ${created.detail}`);
  return created.id;
}
