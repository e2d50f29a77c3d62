import type { Collection, IndexName } from '../directory/store';
import { toEntryId } from './items';
import { entryPartition } from './keys';
import { queryAll } from './pages';
import type { Tables } from './tables';

/** The ids to which a value leads through an index; strongly consistent, in id order, each once. */
export async function findEntries(
  tables: Tables,
  collection: Collection,
  index: IndexName,
  key: string,
): Promise<readonly string[]> {
  const items = await queryAll(tables, {
    TableName: tables.directory,
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': entryPartition(collection, index, key) },
    ConsistentRead: true,
  });
  return [...new Set(items.map(toEntryId))].sort();
}
