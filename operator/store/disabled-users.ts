import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Item } from '../../lambda/store/items';
import { resourcePartition } from '../../lambda/store/keys';
import { call, type Tables } from '../../lambda/store/tables';

/**
 * Counts the disabled users of a tenant. Nothing keeps this number, so it reads all users, though only the number comes
 * back: a thousand users of 1 KB cost 125 read units.
 * @param onPage gets how many users were read
 */
export async function countDisabledUsers(
  { client, directory }: Tables,
  tenantId: string,
  onPage: (read: number) => void = () => {},
): Promise<number> {
  let disabled = 0;
  let read = 0;
  let start: Item | undefined;
  do {
    const command = new QueryCommand({
      TableName: directory,
      Select: 'COUNT',
      KeyConditionExpression: 'pk = :pk',
      FilterExpression: '#resource.#active = :false',
      ExpressionAttributeNames: { '#resource': 'resource', '#active': 'active' },
      ExpressionAttributeValues: { ':pk': resourcePartition({ tenantId, type: 'User' }), ':false': false },
      ...(start && { ExclusiveStartKey: start }),
    });
    const { Count = 0, ScannedCount = 0, LastEvaluatedKey } = await call(() => client.send(command));
    disabled += Count;
    read += ScannedCount;
    onPage(read);
    start = LastEvaluatedKey;
  } while (start);
  return disabled;
}
