import { unauthorized } from '../scim/message/error';
import { tenantStateKey } from './keys';
import { getItem, type Tables } from './tables';

/** How long a process caches a tenant's state, in milliseconds. */
export const stateCacheTime = 5_000;

/** How many tenants' states are cached; past that, the whole cache is cleared. */
const capacity = 1_000;

/** The time when a tenant was deleted, as ISO 8601 in UTC; undefined if it was not. Strongly consistent. */
export async function readDeletion(tables: Tables, tenantId: string): Promise<string | undefined> {
  const item = await getItem(tables, tables.directory, tenantStateKey(tenantId));
  return item && String(item.deleted);
}

/**
 * Makes the function that refuses to write for a tenant that is deleted: its tokens may be in caches for minutes. It
 * caches the state for `stateCacheTime`, and throws ScimError 401.
 */
export function refuseDeleted(tables: Tables, now: () => Date): (tenantId: string) => Promise<void> {
  const known = new Map<string, { readonly deletion: Promise<string | undefined>; readonly until: number }>();

  const read = (tenantId: string) => {
    if (known.size >= capacity) known.clear();
    const deletion = readDeletion(tables, tenantId);
    known.set(tenantId, { deletion, until: now().getTime() + stateCacheTime });
    deletion.catch(() => known.delete(tenantId));
    return deletion;
  };

  return async (tenantId) => {
    const held = known.get(tenantId);
    const deletion = held && now().getTime() < held.until ? held.deletion : read(tenantId);
    if (await deletion) {
      throw unauthorized('The tenant of this API token is deleted. Remove this connection from the identity provider.');
    }
  };
}
