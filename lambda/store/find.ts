import type { Collection, IndexName } from '../directory/store';
import { toEntryId } from './items';
import { entryPartition } from './keys';
import { queryAll } from './pages';
import type { Tables } from './tables';

/** The ids to which a value leads through an index, at most `limit`; strongly consistent, in id order, each once. */
export async function findEntries(
  tables: Tables,
  collection: Collection,
  index: IndexName,
  key: string,
  limit?: number,
): Promise<readonly string[]> {
  const query = {
    TableName: tables.directory,
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': entryPartition(collection, index, key) },
    ConsistentRead: true,
  };
  const items = await queryAll(tables, query, limit);
  return [...new Set(items.map(toEntryId))].sort();
}
