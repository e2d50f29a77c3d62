import type { Tables } from '../../lambda/store/tables';
import { readTenantState, stateCacheTime } from '../../lambda/store/tenant-state';
import { hasIdForm } from '../../lambda/tenants/id';
import { UnknownTenantError } from '../errors';

/** How many tenants are remembered; past that, all are forgotten. */
const capacity = 1_000;

/** Rejects if there is no such tenant. */
export type TenantCheck = (tables: Tables, tenantId: string) => Promise<void>;

/**
 * Makes the check that a tenant exists. It remembers for `stateCacheTime` that one does, as the endpoint's own functions
 * do, and nothing else.
 */
export function tenantCheck(now: () => number): TenantCheck {
  const known = new Map<string, number>();
  return async (tables, tenantId) => {
    if ((known.get(tenantId) ?? 0) > now()) return;
    const { created, deleted } = hasIdForm(tenantId) ? await readTenantState(tables, tenantId) : {};
    if (created === undefined || deleted !== undefined) throw new UnknownTenantError(tenantId);
    if (known.size >= capacity) known.clear();
    known.set(tenantId, now() + stateCacheTime);
  };
}
