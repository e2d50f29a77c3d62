import type { Tenant } from '../../lambda/tenants/tenant';
import { OperatorError } from '../error';
import type { TenantServices } from '../tenants/tenant-services';

/**
 * To be called before an operator changes a tenant's users or groups.
 * @throws OperatorError if only the identity provider may change them
 */
export async function requireLocalChanges(
  { tenants }: TenantServices,
  { tenantId, label }: Pick<Tenant, 'tenantId' | 'label'>,
): Promise<void> {
  const { localChanges = true } = await tenants.readState(tenantId);
  if (localChanges) return;
  throw new OperatorError(
    `Nothing was changed: users and groups of tenant ${label} are changed by its identity provider only. Make the change ` +
      'there, or allow operators to make changes.',
    { remedy: { operation: 'allow local changes', values: { tenant: label } } },
  );
}
