import type { DynamoDBRecord } from 'aws-lambda';

/** How Lambda treats a batch that failed (the settings of an event source mapping). */
export interface ShardRules {
  readonly batchSize: number;
  readonly retries: number;
  /** Whether a batch that failed at its first record is split. */
  readonly bisect: boolean;
}

/** Invokes the function. Returns the sequence numbers that it reports, or that it did not finish. */
export type Invoke = (batch: readonly DynamoDBRecord[]) => Promise<readonly string[] | 'crashed'>;

/**
 * Follows a shard as Lambda does with ReportBatchItemFailures: the records before the first reported one are done, the
 * rest is delivered again. Resolves to the records that were discarded.
 */
export async function followShard(
  records: readonly DynamoDBRecord[],
  invoke: Invoke,
  { batchSize, retries, bisect }: ShardRules,
): Promise<readonly DynamoDBRecord[]> {
  const deliver = async (batch: readonly DynamoDBRecord[], left: number): Promise<readonly DynamoDBRecord[]> => {
    const outcome = await invoke(batch);
    if (outcome !== 'crashed' && outcome.length === 0) return [];
    const reported = batch.findIndex(({ dynamodb }) => outcome.includes(dynamodb?.SequenceNumber ?? ''));
    // An unknown sequence number means that the whole batch failed.
    const rest = batch.slice(Math.max(reported, 0));
    if (left === 0) return rest;
    if (!bisect || rest.length === 1 || reported > 0) return await deliver(rest, left - 1);
    const middle = Math.ceil(rest.length / 2);
    return [...(await deliver(rest.slice(0, middle), left - 1)), ...(await deliver(rest.slice(middle), left - 1))];
  };
  const givenUp: DynamoDBRecord[] = [];
  for (let start = 0; start < records.length; start += batchSize) {
    givenUp.push(...(await deliver(records.slice(start, start + batchSize), retries)));
  }
  return givenUp;
}
