import { type DirectoryKey, keyTenant } from '../../../lambda/store/keys';
import { getItem, type Tables } from '../../../lambda/store/tables';
import { type Tombstone, toTombstone } from '../../../lambda/store/tombstones';
import type { Difference } from './difference';
import { commit, describeKey, readable } from './read';

/** How long DynamoDB may take to delete an expired item: usually a few days. */
const patience = 7 * 24 * 3600 * 1000;

/** Whether DynamoDB should have deleted a tombstone, or the body of one, by now. */
export function isLeftOver({ expires }: Pick<Tombstone, 'expires'>, now: Date): boolean {
  return expires + patience < now.getTime();
}

/** Examines a tombstone, or the body of one, that outlived its expiry: the table has no time to live, or another attribute for it. */
export async function judgeTombstone(tables: Tables, now: Date, key: DirectoryKey): Promise<Difference | undefined> {
  const item = await getItem(tables, tables.directory, key);
  const tombstone = item && readable(item, toTombstone);
  if (!tombstone || !isLeftOver(tombstone, now)) return undefined;
  return {
    tenantId: keyTenant(key.pk),
    problem: 'expired tombstone',
    detail: describeKey(key),
    // An id that was imported again can have been deleted again since.
    repair: () =>
      commit(tables, [
        {
          Delete: {
            TableName: tables.directory,
            Key: { ...key },
            ConditionExpression: 'attribute_not_exists(pk) OR deleted = :deleted',
            ExpressionAttributeValues: { ':deleted': tombstone.deleted },
          },
        },
      ]),
  };
}
