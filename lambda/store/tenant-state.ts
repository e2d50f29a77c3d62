import type { TenantState } from '../directory/tenant-state';
import { type Item, isPresentFormat, unreadable } from './items';
import { tenantStateKey } from './keys';
import { getItem, type Tables } from './tables';

/** How long a process caches a tenant's state, in milliseconds. */
export const stateCacheTime = 5_000;

/** How many tenants' states are cached; past that, the whole cache is cleared. */
const capacity = 1_000;

/** The type of each field, as `typeof` says it. */
const fields: Readonly<Record<keyof TenantState, 'string' | 'boolean'>> = {
  created: 'string',
  deleted: 'string',
  paused: 'string',
  brake: 'boolean',
  releasedUntil: 'string',
  recordUntil: 'string',
  imported: 'string',
  localChanges: 'boolean',
};

/**
 * Reads a tenant's state, strongly consistent. Nothing is set for a tenant without the item.
 * @throws Error `UnreadableItem`, which names the item's key, if a field is of another type
 */
export async function readTenantState(tables: Tables, tenantId: string): Promise<TenantState> {
  const item = await getItem(tables, tables.directory, tenantStateKey(tenantId));
  return item ? toTenantState(item) : {};
}

/** Reads the item of a tenant's state. @throws as `readTenantState` */
export function toTenantState(item: Item): TenantState {
  const present = Object.entries(fields).filter(([name]) => item[name] !== undefined);
  if (!isPresentFormat(item) || present.some(([name, type]) => typeof item[name] !== type)) {
    throw unreadable(item, "a tenant's state");
  }
  return Object.fromEntries(present.map(([name]) => [name, item[name]]));
}

/** Makes the function that reads tenants' states and caches each for `stateCacheTime`. A failed read is not cached. */
export function cachedTenantStates(tables: Tables, now: () => Date): (tenantId: string) => Promise<TenantState> {
  const known = new Map<string, { readonly state: Promise<TenantState>; readonly until: number }>();

  const read = (tenantId: string) => {
    if (known.size >= capacity) known.clear();
    const state = readTenantState(tables, tenantId);
    known.set(tenantId, { state, until: now().getTime() + stateCacheTime });
    state.catch(() => known.delete(tenantId));
    return state;
  };

  return (tenantId) => {
    const cached = known.get(tenantId);
    return cached && now().getTime() < cached.until ? cached.state : read(tenantId);
  };
}
