import { userType } from '../../lambda/directory/resource-types';
import { profiles } from '../../lambda/scim/schema/profiles';
import type { Tenant } from '../../lambda/tenants/tenant';
import { readRoleMapping } from '../store/role-mapping';
import { evaluateRoles, type RoleEvaluation } from './evaluate';
import { type DirectoryAccess, groupsOfUser, type UserGroup } from './groups-of-user';
import type { RoleMapping } from './mapping';

/** The roles of a user, and why: by which rules, by the default, or why there are none. */
export interface UserRoles extends RoleEvaluation<UserGroup> {
  readonly reason: 'rules' | 'default' | 'no user' | 'inactive' | 'no mapping';
}

/**
 * The roles that a user has now. A user who is not active has none, and so has one that does not exist or whose tenant
 * has no mapping. Reads the user and the mapping strongly consistent, memberships as fresh as the index.
 * @param given a mapping to evaluate instead of the tenant's own
 * @throws ScimError 400 `tooMany` past the limits of `groupsOfUser`
 */
export async function rolesOfUser(
  access: DirectoryAccess,
  { tenantId, profile }: Pick<Tenant, 'tenantId' | 'profile'>,
  userId: string,
  given?: RoleMapping,
): Promise<UserRoles> {
  const [user, mapping, groups] = await Promise.all([
    access.store.get({ tenantId, type: userType.name }, userId),
    given ?? readRoleMapping(access.tables, tenantId),
    groupsOfUser(access, tenantId, userId, mayNest(profile)),
  ]);
  if (!user) return none('no user');
  if (user.resource.active !== true) return none('inactive');
  if (!mapping) return none('no mapping');
  const evaluated = evaluateRoles(mapping, groups);
  return { ...evaluated, reason: evaluated.matches.length > 0 ? 'rules' : 'default' };
}

/** Whether groups may be members of groups. */
function mayNest(profile: Tenant['profile']): boolean {
  return profiles[profile].resourceTypes.Group.memberTypes.includes('Group');
}

function none(reason: UserRoles['reason']): UserRoles {
  return { roles: [], matches: [], reason };
}
