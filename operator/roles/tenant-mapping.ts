import type { Tenant } from '../../lambda/tenants/tenant';
import { recordAction } from '../activity/record-action';
import type { Deployment } from '../connection/open';
import { deleteRoleMapping, putRoleMapping } from '../store/role-mapping';
import { tenantGone } from '../tenants/tenant-errors';
import type { RoleMapping } from './mapping';

/**
 * Sets a tenant's mapping of groups to roles, in place of the one that it has. It applies to the next evaluation.
 * @returns notes for the operator, as from `recordAction`
 * @throws OperatorError when the tenant is deleted
 */
export async function setRoleMapping(
  deployment: Deployment,
  { tenantId }: Pick<Tenant, 'tenantId'>,
  mapping: RoleMapping,
): Promise<readonly string[]> {
  if (!(await putRoleMapping(deployment.tables, tenantId, mapping))) throw tenantGone(tenantId);
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
  if (!(await deleteRoleMapping(deployment.tables, tenantId))) return undefined;
  return recordAction(deployment, tenantId, { action: 'rolesCleared' });
}
