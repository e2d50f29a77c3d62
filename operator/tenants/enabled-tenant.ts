import type { Tenant } from '../../lambda/tenants/tenant';
import { tenantDisabled, tenantGone } from './tenant-errors';
import type { TenantServices } from './tenant-services';

/** Reads a tenant that may get credentials. @throws OperatorError if it does not exist, or is disabled */
export async function requireEnabled({ tenants }: TenantServices, tenantId: string): Promise<Tenant> {
  const tenant = await tenants.get(tenantId);
  if (!tenant) throw tenantGone(tenantId);
  if (tenant.state === 'disabled') throw tenantDisabled(tenantId);
  return tenant;
}
