import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { batchWrite } from '../../lambda/store/batches';
import type { Item } from '../../lambda/store/items';
import { call, type Tables } from '../../lambda/store/tables';
import { keyOf } from './check/read';

/** Deletes all items of a partition of the directory table, a page at a time: there can be a million tombstones. */
export async function erasePartition(tables: Tables, pk: string): Promise<void> {
  let start: Item | undefined;
  do {
    const command = new QueryCommand({
      TableName: tables.directory,
      KeyConditionExpression: 'pk = :pk',
      ProjectionExpression: 'pk, sk',
      ExpressionAttributeValues: { ':pk': pk },
      ConsistentRead: true,
      ...(start && { ExclusiveStartKey: start }),
    });
    const { Items = [], LastEvaluatedKey } = await call(() => tables.client.send(command));
    await batchWrite(
      tables,
      tables.directory,
      Items.map((item) => ({ delete: keyOf(item) })),
    );
    start = LastEvaluatedKey;
  } while (start);
}
