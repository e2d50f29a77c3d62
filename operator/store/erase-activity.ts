import { QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { isNamePartition } from '../../lambda/activity/keys';
import type { ActivityTable } from '../../lambda/store/activity';
import { batchWrite } from '../../lambda/store/batches';
import type { Item } from '../../lambda/store/items';
import { call, callConditional, inParallel, type Tables } from '../../lambda/store/tables';
import { keyOf } from './check/read';

/** All items of a partition of the activity table, strongly consistent, a page at a time. */
async function* pagesOf({ client, name }: ActivityTable, pk: string): AsyncIterable<readonly Item[]> {
  let start: Item | undefined;
  do {
    const command = new QueryCommand({
      TableName: name,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': pk },
      ConsistentRead: true,
      ...(start && { ExclusiveStartKey: start }),
    });
    const { Items = [], LastEvaluatedKey } = await call(() => client.send(command));
    yield Items;
    start = LastEvaluatedKey;
  } while (start);
}

/**
 * Removes the personal values of the items of a partition that are about somebody; the rest of each stays.
 * @param onPage gets how many items were examined
 * @returns of how many items
 */
export async function clearPersonal(
  table: ActivityTable,
  pk: string,
  isAbout: (item: Item) => boolean,
  onPage: (examined: number) => void,
): Promise<number> {
  let cleared = 0;
  for await (const page of pagesOf(table, pk)) {
    const found = page.filter((item) => item.personal !== undefined && isAbout(item));
    await inParallel(found, (item) => clear(table, item));
    cleared += found.length;
    onPage(page.length);
  }
  return cleared;
}

async function clear({ client, name }: ActivityTable, item: Item): Promise<void> {
  const command = new UpdateCommand({
    TableName: name,
    Key: keyOf(item),
    // The hash of a name tells that somebody with this name was here, to whoever tries names.
    UpdateExpression: isNamePartition(item.subject) ? 'REMOVE personal, subject' : 'REMOVE personal',
    // It may have been deleted in the meantime, and must not come back.
    ConditionExpression: 'attribute_exists(pk)',
  });
  await callConditional(() => client.send(command));
}

/** Deletes the items of a partition, but those to keep. */
export async function deleteItems(
  tables: Tables,
  table: ActivityTable,
  pk: string,
  isKept: (item: Item) => boolean,
): Promise<void> {
  for await (const page of pagesOf(table, pk)) {
    const deleted = page.filter((item) => !isKept(item));
    await batchWrite(
      tables,
      table.name,
      deleted.map((item) => ({ delete: keyOf(item) })),
    );
  }
}
