import { setTimeout as sleep } from 'node:timers/promises';
import { QueryCommand, type QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import type { Tables } from '../../lambda/store/tables';

/** Counts what a query finds, once a second, until it is nothing or the time is over. */
export async function countUntilNone(
  client: Tables['client'],
  query: QueryCommandInput,
  seconds: number,
): Promise<number> {
  for (let second = 0; ; second++) {
    const { Count = 0 } = await client.send(new QueryCommand({ ...query, Select: 'COUNT', ConsistentRead: true }));
    if (Count === 0 || second >= seconds) return Count;
    await sleep(1000);
  }
}
