import { QueryCommand, type QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import type { Item } from '../../lambda/store/items';
import { call, type Tables } from '../../lambda/store/tables';

/** The items of a query, a page at a time. */
export async function* readPages(tables: Tables, query: QueryCommandInput): AsyncGenerator<readonly Item[]> {
  let start: Item | undefined;
  do {
    const command = new QueryCommand({ ...query, ...(start && { ExclusiveStartKey: start }) });
    const { Items = [], LastEvaluatedKey } = await call(() => tables.client.send(command));
    yield Items;
    start = LastEvaluatedKey;
  } while (start);
}

/** The items of a partition of the directory table, a page at a time: there can be a million. Strongly consistent. */
export function readPartition(
  tables: Tables,
  pk: string,
  projection: Pick<QueryCommandInput, 'ProjectionExpression' | 'ExpressionAttributeNames'> = {},
): AsyncIterable<readonly Item[]> {
  return readPages(tables, {
    TableName: tables.directory,
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': pk },
    ConsistentRead: true,
    ...projection,
  });
}
