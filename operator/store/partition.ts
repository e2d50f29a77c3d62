import { QueryCommand, type QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import type { Item } from '../../lambda/store/items';
import { call, type Tables } from '../../lambda/store/tables';

/** The items of a partition of the directory table, a page at a time: there can be a million. Strongly consistent. */
export async function* readPartition(
  tables: Tables,
  pk: string,
  projection: Pick<QueryCommandInput, 'ProjectionExpression' | 'ExpressionAttributeNames'> = {},
): AsyncIterable<readonly Item[]> {
  let start: Item | undefined;
  do {
    const command = new QueryCommand({
      TableName: tables.directory,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': pk },
      ConsistentRead: true,
      ...projection,
      ...(start && { ExclusiveStartKey: start }),
    });
    const { Items = [], LastEvaluatedKey } = await call(() => tables.client.send(command));
    yield Items;
    start = LastEvaluatedKey;
  } while (start);
}
