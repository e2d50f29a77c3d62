import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { batchWrite } from '../../lambda/store/batches';
import type { Item } from '../../lambda/store/items';
import { tombstonePartition } from '../../lambda/store/keys';
import { call, type Tables } from '../../lambda/store/tables';
import { type StoredDeletion, tombstoneItem, toTombstone } from '../../lambda/store/tombstones';

/** The id of a deleted resource, and its deletion. */
export interface NamedDeletion extends StoredDeletion {
  readonly id: string;
}

/** The deletions of a tenant that have not expired at `now`, in the order of their ids. */
export async function* listDeletions(tables: Tables, tenantId: string, now: Date): AsyncIterable<NamedDeletion> {
  let start: Item | undefined;
  do {
    const command = new QueryCommand({
      TableName: tables.directory,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': tombstonePartition(tenantId) },
      ConsistentRead: true,
      ...(start && { ExclusiveStartKey: start }),
    });
    const { Items = [], LastEvaluatedKey } = await call(() => tables.client.send(command));
    for (const item of Items) {
      const { id, expires, deletion } = toTombstone(item);
      if (expires > now.getTime()) yield { id, ...deletion };
    }
    start = LastEvaluatedKey;
  } while (start);
}

/** Puts deletions of resources that do not exist. */
export function putDeletions(tables: Tables, tenantId: string, deletions: readonly NamedDeletion[]): Promise<void> {
  return batchWrite(
    tables,
    tables.directory,
    deletions.map(({ id, ...deletion }) => ({ put: tombstoneItem(tenantId, id, deletion) })),
  );
}
