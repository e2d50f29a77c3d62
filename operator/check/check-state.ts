import { tenantStateKey } from '../../lambda/store/keys';
import { getItem } from '../../lambda/store/tables';
import { toTenantState } from '../../lambda/store/tenant-state';
import type { Tenant } from '../../lambda/tenants/tenant';
import type { Deployment } from '../connection/open';
import type { Difference } from '../store/check/difference';
import { describeKey, readable } from '../store/check/read';

/**
 * Examines the item of a tenant's state, which tells those who may not read tenants that there is this one. Returns the
 * difference, if there is one.
 */
export async function checkState(
  { services, tables }: Pick<Deployment, 'services' | 'tables'>,
  { tenantId, created }: Tenant,
): Promise<Difference | undefined> {
  const key = tenantStateKey(tenantId);
  const detail = describeKey(key);
  const item = await getItem(tables, tables.directory, key);
  if (item && !readable(item, toTenantState)) return { tenantId, problem: 'unreadable item', detail };
  if (item?.created !== undefined || item?.deleted !== undefined) return undefined;
  const repair = async () => (await services.tenants.changeState(tenantId, { created })) !== undefined;
  return { tenantId, problem: 'tenant without state', detail, repair };
}
