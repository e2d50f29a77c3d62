import type { DynamoDBRecord, SQSEvent } from 'aws-lambda';
import type { Engine } from './engine/engine';
import type { RecordsHandler } from './engine/streams';
import { names } from './environment';
import { type DeployedFunction, invoke } from './invoke';
import type { Worker } from './worker';

/** The batch size of `lib/streams.ts`: larger batches mean fewer events for a large group. */
const membershipsBatch = 1000;

/**
 * How long records gather for one invocation, in milliseconds. A deployment waits for a second; here somebody watches, and
 * each invocation costs about as much as a request.
 */
const window = 100;

/** Fewer than in a deployment, because waiting does not help here. */
const attemptsOfRecord = 4;

/**
 * Delivers stream records to the function `changes`, as the event source mappings do: of both tables, or without
 * `events` only those that need a sweep.
 */
export function followStreams(engine: Engine, changes: DeployedFunction, events: boolean): Pick<Worker, 'close'> {
  const { directoryTable, membershipsTable } = names;
  const deliver = () => givingUp((records) => deliverRecords(changes, records));
  const workers = events
    ? [
        engine.subscribe(directoryTable, deliver(), { wants: isResourceChange, window }),
        engine.subscribe(membershipsTable, deliver(), {
          wants: isMembershipChange,
          window,
          batchSize: membershipsBatch,
        }),
      ]
    : [engine.subscribe(directoryTable, deliver(), { wants: asksForSweep, window })];
  return {
    async close() {
      await Promise.all(workers.map((worker) => worker.close()));
    },
  };
}

/** Delivers messages to the function `changes`. Resolves to the ids of those that failed. @throws like `deliverRecords` */
export async function deliverMessages(changes: DeployedFunction, event: SQSEvent): Promise<ReadonlySet<string>> {
  return new Set(await failedItems(changes, event));
}

/** Skips a record that keeps failing, such as one of an unreadable item. */
function givingUp(handle: RecordsHandler): RecordsHandler {
  let failed: string | undefined;
  let attempts = 0;
  return async (records) => {
    const first = await handle(records);
    attempts = first === failed ? attempts + 1 : 1;
    failed = first;
    if (first === undefined || attempts < attemptsOfRecord) return first;
    console.error(`scim-local: the change ${first} failed ${attempts} times and is skipped`);
    return records.map(({ dynamodb }) => dynamodb?.SequenceNumber ?? '').find((number) => number > first);
  };
}

function asksForSweep({ eventName, dynamodb = {} }: DynamoDBRecord): boolean {
  if (eventName === 'REMOVE') return dynamodb.OldImage?.modifiedShard?.S !== undefined;
  return eventName === 'INSERT' && dynamodb.NewImage?.creating?.S !== undefined;
}

function isResourceChange(record: DynamoDBRecord): boolean {
  const { NewImage = {}, OldImage = {} } = record.dynamodb ?? {};
  const held = NewImage.held ?? OldImage.held;
  return asksForSweep(record) || NewImage.modifiedShard?.S !== undefined || held?.N !== undefined;
}

function isMembershipChange({ eventName }: DynamoDBRecord): boolean {
  return eventName === 'INSERT' || eventName === 'REMOVE';
}

/**
 * Delivers records of a stream to the function. Resolves to the sequence number of the first that failed.
 * @throws Error if the invocation fails
 */
async function deliverRecords(
  changes: DeployedFunction,
  records: readonly DynamoDBRecord[],
): Promise<string | undefined> {
  const [first] = await failedItems(changes, { Records: records });
  return first;
}

/** What a function reports as failed (ReportBatchItemFailures). */
async function failedItems(changes: DeployedFunction, event: object): Promise<readonly string[]> {
  const outcome = await invoke(changes, event);
  if (outcome.kind === 'threw') throw outcome.error;
  if (outcome.kind !== 'returned') throw new Error(`The function ${changes.name} ${outcome.kind}.`);
  const { batchItemFailures = [] } = (outcome.value ?? {}) as { batchItemFailures?: { itemIdentifier: string }[] };
  return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
}
