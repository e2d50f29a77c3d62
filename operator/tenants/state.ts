import type { TenantState } from '../../lambda/directory/tenant-state';
import type { Tenant } from '../../lambda/tenants/tenant';
import { tenantGone } from './tenant-errors';
import type { StateChange, TenantServices } from './tenant-services';

/**
 * Sets fields of a tenant's state, which its requests follow within `stateCacheTime`; those that are undefined are
 * removed.
 * @returns the state after that
 * @throws OperatorError when the tenant is deleted
 */
export async function changeTenantState(
  { tenants }: TenantServices,
  { tenantId }: Tenant,
  fields: StateChange,
): Promise<TenantState> {
  const state = await tenants.changeState(tenantId, fields);
  if (!state) throw tenantGone(tenantId);
  return state;
}

/** Pauses a tenant: its requests get 503 until `resumeTenant`. A tenant that is paused stays paused since then. */
export async function pauseTenant(services: TenantServices, tenant: Tenant): Promise<TenantState> {
  const { paused } = await services.tenants.readState(tenant.tenantId);
  return changeTenantState(services, tenant, { paused: paused ?? services.clock().toISOString() });
}

/** Allows operators to change the tenant's users and groups, or refuses it. */
export function setLocalChanges(services: TenantServices, tenant: Tenant, allowed: boolean): Promise<TenantState> {
  return changeTenantState(services, tenant, { localChanges: allowed ? undefined : false });
}

/** Ends a pause. Does nothing for a tenant that is not paused. */
export function resumeTenant(services: TenantServices, tenant: Tenant): Promise<TenantState> {
  return changeTenantState(services, tenant, { paused: undefined });
}
