import { groupType } from '../../lambda/directory/resource-types';
import { isArray, isObject, type JsonObject } from '../../lambda/scim/json';
import type { Deployment } from '../connection/open';

/**
 * Adds to the groups of a user their names, as `display` (RFC 7643 §4.1.2). The endpoint itself leaves them out, because
 * it would have to read each group.
 */
export async function nameGroups({ store }: Deployment, tenantId: string, user: JsonObject): Promise<JsonObject> {
  const groups = isArray(user.groups) ? user.groups.filter(isObject) : [];
  if (groups.length === 0) return user;
  const ids = groups.map(({ value }) => String(value));
  const found = await store.getMany({ tenantId, type: groupType.name }, ids);
  const names = new Map(found.map(({ id, resource }) => [id, resource.displayName]));
  return { ...user, groups: groups.map((group) => ({ ...group, display: names.get(String(group.value)) ?? null })) };
}
