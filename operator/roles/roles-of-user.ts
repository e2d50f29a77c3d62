import { userType } from '../../lambda/directory/resource-types';
import { readTenantRoles } from '../store/role-mapping';
import { evaluateRoles, type RoleEvaluation } from './evaluate';
import { type DirectoryAccess, directGroups, groupsOfUser, type UserGroup } from './groups-of-user';
import type { TenantRoles } from './mapping';

/** The roles of a user, and why: by which rules, by the default, or why there are none. */
export interface UserRoles extends RoleEvaluation<UserGroup> {
  readonly reason: 'rules' | 'default' | 'no user' | 'inactive' | 'no mapping';
}

/**
 * The roles that a user has now. A user who is not active has none, and so has one that does not exist or whose tenant
 * has no mapping. Reads the user and the mapping strongly consistent, memberships as fresh as the index: two round trips,
 * and one more for each level of groups in groups.
 * @param given a mapping to evaluate instead of the tenant's own
 * @throws ScimError 400 `tooMany` past the limits of `groupsOfUser`
 */
export async function rolesOfUser(
  access: DirectoryAccess,
  tenantId: string,
  userId: string,
  given?: TenantRoles,
): Promise<UserRoles> {
  const [user, roles, direct] = await Promise.all([
    access.store.get({ tenantId, type: userType.name }, userId),
    given ?? readTenantRoles(access.tables, tenantId),
    directGroups(access, tenantId, userId),
  ]);
  if (!user) return none('no user');
  if (user.resource.active === false) return none('inactive');
  if (!roles) return none('no mapping');
  const evaluated = evaluateRoles(roles.mapping, await groupsOfUser(access, tenantId, direct, roles.nested));
  return { ...evaluated, reason: evaluated.matches.length > 0 ? 'rules' : 'default' };
}

function none(reason: UserRoles['reason']): UserRoles {
  return { roles: [], matches: [], reason };
}
