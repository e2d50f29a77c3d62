import type { Collection } from '../../lambda/directory/store';
import { batchWrite } from '../../lambda/store/batches';
import { countPartition } from '../../lambda/store/keys';
import { queryAll } from '../../lambda/store/pages';
import type { Tables } from '../../lambda/store/tables';
import { keyOf } from './check/read';

/** Deletes the count rows of a collection whose resources are all deleted: each of them counts none. */
export async function eraseCounts(tables: Tables, collection: Collection): Promise<void> {
  const rows = await queryAll(tables, {
    TableName: tables.directory,
    KeyConditionExpression: 'pk = :pk',
    ProjectionExpression: 'pk, sk',
    ExpressionAttributeValues: { ':pk': countPartition(collection) },
    ConsistentRead: true,
  });
  await batchWrite(
    tables,
    tables.directory,
    rows.map((row) => ({ delete: keyOf(row) })),
  );
}
