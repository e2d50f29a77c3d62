import type { DynamoDBRecord, SQSEvent } from 'aws-lambda';
import { type DeployedFunction, invoke } from './invoke';

/** The records that the deployed stream delivers too (`lib/sweeping.ts`): a deleted resource, a creation's mark. */
export function asksForSweep({ eventName, dynamodb = {} }: DynamoDBRecord): boolean {
  if (eventName === 'REMOVE') return dynamodb.OldImage?.modifiedShard?.S !== undefined;
  return eventName === 'INSERT' && dynamodb.NewImage?.creating?.S !== undefined;
}

/**
 * Hands records of a stream to the function `changes`. Resolves to the sequence number of the first that failed.
 * @throws Error when the invocation fails
 */
export async function deliverRecords(
  changes: DeployedFunction,
  records: readonly DynamoDBRecord[],
): Promise<string | undefined> {
  const [first] = await failedItems(changes, { Records: records });
  return first;
}

/** Hands messages to the function `changes`. Resolves to the ids of those that failed. @throws as `deliverRecords` */
export async function deliverMessages(changes: DeployedFunction, event: SQSEvent): Promise<ReadonlySet<string>> {
  return new Set(await failedItems(changes, event));
}

/** What a function reports as failed (ReportBatchItemFailures). */
async function failedItems(changes: DeployedFunction, event: object): Promise<readonly string[]> {
  const outcome = await invoke(changes, event);
  if (outcome.kind === 'threw') throw outcome.error;
  if (outcome.kind !== 'returned') throw new Error(`The function ${changes.name} ${outcome.kind}.`);
  const { batchItemFailures = [] } = (outcome.value ?? {}) as { batchItemFailures?: { itemIdentifier: string }[] };
  return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
}
