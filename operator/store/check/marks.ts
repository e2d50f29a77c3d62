import type { Item } from '../../../lambda/store/items';
import { type DirectoryKey, keyTenant, resourceKey } from '../../../lambda/store/keys';
import { finishSweep } from '../../../lambda/store/sweep';
import { getItem, type Tables } from '../../../lambda/store/tables';
import type { Difference } from './difference';
import { commit, describeKey, mustExist } from './read';

/**
 * The maximum age of a mark, in milliseconds: the second sweep runs within minutes, or its message is discarded within
 * hours.
 */
const day = 24 * 3600 * 1000;

/** Whether the mark of a deletion, or of an unfinished creation, is overdue. */
export function isOverdue({ deleted, creating }: Item, now: Date): boolean {
  return !(now.getTime() - Date.parse(String(deleted ?? creating)) < day);
}

/** Examines an overdue mark: every read of memberships reads it. */
export async function judgeMark(tables: Tables, now: Date, key: DirectoryKey): Promise<Difference | undefined> {
  const tenantId = keyTenant(key.pk);
  const keys = (['User', 'Group'] as const).map((type) => resourceKey({ tenantId, type }, key.sk));
  const [mark, ...resources] = await Promise.all([key, ...keys].map((one) => getItem(tables, tables.directory, one)));
  if (!mark || !isOverdue(mark, now)) return undefined;
  const alive = keys.find((_, index) => resources[index] !== undefined);
  const remove = { Delete: { TableName: tables.directory, Key: { ...key } } };
  // A sweep would delete the memberships of a resource that exists.
  if (alive) {
    return {
      tenantId,
      problem: 'mark on a living resource',
      detail: describeKey(key),
      repair: () => commit(tables, [remove, mustExist(tables, alive, true)]),
    };
  }
  return {
    tenantId,
    problem: 'unswept deletion',
    detail: describeKey(key),
    // Sweeping it as a group also sweeps it as a member.
    repair: async () => {
      await finishSweep(tables, { tenantId, type: 'Group' }, key.sk);
      return true;
    },
  };
}
