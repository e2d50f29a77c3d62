import { profiles } from '../../lambda/scim/schema/profiles';
import type { Tenant } from '../../lambda/tenants/tenant';
import { recordAction } from '../activity/record-action';
import type { Deployment } from '../connection/open';
import { deleteTenantRoles, putTenantRoles } from '../store/role-mapping';
import { tenantGone } from '../tenants/tenant-errors';
import type { RoleMapping, TenantRoles } from './mapping';

/** A mapping as that of a tenant. */
export function rolesOfTenant({ profile }: Pick<Tenant, 'profile'>, mapping: RoleMapping): TenantRoles {
  return { mapping, nested: profiles[profile].resourceTypes.Group.memberTypes.includes('Group') };
}

/**
 * Sets a tenant's mapping of groups to roles, in place of the one that it has. It applies to the next evaluation.
 * @returns notes for the operator, as from `recordAction`
 * @throws OperatorError when the tenant is deleted
 */
export async function setRoleMapping(
  deployment: Deployment,
  tenant: Pick<Tenant, 'tenantId' | 'profile'>,
  mapping: RoleMapping,
): Promise<readonly string[]> {
  const { tenantId } = tenant;
  if (!(await putTenantRoles(deployment.tables, tenantId, rolesOfTenant(tenant, mapping)))) throw tenantGone(tenantId);
  return recordAction(deployment, tenantId, { action: 'rolesSet', counts: { rules: mapping.rules.length } });
}

/**
 * Removes a tenant's mapping: its users have no roles then.
 * @returns undefined if it has none; notes for the operator otherwise, as from `recordAction`
 */
export async function clearRoleMapping(
  deployment: Deployment,
  { tenantId }: Pick<Tenant, 'tenantId'>,
): Promise<readonly string[] | undefined> {
  if (!(await deleteTenantRoles(deployment.tables, tenantId))) return undefined;
  return recordAction(deployment, tenantId, { action: 'rolesCleared' });
}
