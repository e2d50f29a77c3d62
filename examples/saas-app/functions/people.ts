import { openDirectory } from 'serverless-scim/directory';

const directory = openDirectory();

/** Take the tenant from the session of whoever asks, never from what they send. */
export interface PeopleRequest {
  readonly tenantId: string;
  /** `next` of the page before. */
  readonly after?: string;
}

/** Lists the users of a tenant, with the roles that their groups give them. */
export async function handler({ tenantId, after }: PeopleRequest) {
  const tenant = directory.tenant(tenantId);
  const { items, total, next } = await tenant.users.list({ after, count: 25 });
  const people = items.map(async ({ id, userName, displayName, active }) => {
    return { id, userName, displayName, active, roles: await tenant.rolesOf(id) };
  });
  return { people: await Promise.all(people), total, next };
}
