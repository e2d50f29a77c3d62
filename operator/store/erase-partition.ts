import { batchWrite } from '../../lambda/store/batches';
import { queryAll } from '../../lambda/store/pages';
import type { Tables } from '../../lambda/store/tables';
import { keyOf } from './check/read';

/** Deletes all items of a partition of the directory table. */
export async function erasePartition(tables: Tables, pk: string): Promise<void> {
  const items = await queryAll(tables, {
    TableName: tables.directory,
    KeyConditionExpression: 'pk = :pk',
    ProjectionExpression: 'pk, sk',
    ExpressionAttributeValues: { ':pk': pk },
    ConsistentRead: true,
  });
  await batchWrite(
    tables,
    tables.directory,
    items.map((item) => ({ delete: keyOf(item) })),
  );
}
