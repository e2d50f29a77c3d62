import { isId } from '../../../lambda/directory/id';
import { toStoredResource } from '../../../lambda/store/items';
import { type DirectoryKey, keyTenant, type MembershipKey, parseResourceKey } from '../../../lambda/store/keys';
import { getItem, type Tables } from '../../../lambda/store/tables';
import type { Difference } from './difference';
import { describeKey, readable } from './read';

/**
 * Examines an item that could not be read, or whose format is unknown. It is not repaired: a person has to decide what
 * it means.
 */
export async function judgeUnreadable(
  tables: Tables,
  key: DirectoryKey | MembershipKey,
): Promise<Difference | undefined> {
  const [table, partition] = 'pk' in key ? [tables.directory, key.pk] : [tables.memberships, key.group];
  const item = await getItem(tables, table, key);
  const id = 'pk' in key ? parseResourceKey(key)?.id : undefined;
  if (!item || (id !== undefined && isId(id) && readable(item, toStoredResource))) return undefined;
  return { tenantId: keyTenant(partition), problem: 'unreadable item', detail: describeKey(key) };
}
