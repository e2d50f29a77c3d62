import { profiles } from '../../lambda/scim/schema/profiles';
import type { Tenant } from '../../lambda/tenants/tenant';
import type { Action } from '../activity/record-action';
import type { Deployment } from '../connection/open';
import { putTenantRoles } from '../store/role-mapping';
import { tenantGone } from '../tenants/tenant-errors';
import type { RoleMapping, TenantRoles } from './mapping';

/** A mapping as that of a tenant. */
export function rolesOfTenant({ profile }: Pick<Tenant, 'profile'>, mapping: RoleMapping): TenantRoles {
  return { mapping, nested: profiles[profile].resourceTypes.Group.memberTypes.includes('Group') };
}

/**
 * Sets a tenant's mapping of groups to roles, in place of the one that it has. It applies to the next evaluation.
 * @throws OperatorError when the tenant is deleted
 */
export async function setRoleMapping(
  { tables }: Pick<Deployment, 'tables'>,
  tenant: Pick<Tenant, 'tenantId' | 'profile'>,
  mapping: RoleMapping,
): Promise<void> {
  const { tenantId } = tenant;
  if (!(await putTenantRoles(tables, tenantId, rolesOfTenant(tenant, mapping)))) throw tenantGone(tenantId);
}

/** The action of the activity that a mapping was set. */
export const rolesSet = ({ rules }: RoleMapping): Action => ({ action: 'rolesSet', counts: { rules: rules.length } });
