import { SQSClient } from '@aws-sdk/client-sqs';
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent, SQSEvent, SQSRecord } from 'aws-lambda';
import { sweepDelaySeconds } from '../deployment/sweep-delay';
import { recordChanges } from './changes/activity';
import { attempt } from './changes/attempt';
import { countRecords } from './changes/mass-changes';
import { publishingFromEnvironment, publishRecords, sequenceNumber } from './changes/publishing';
import { readDeletion, sweepLater } from './changes/sweep-queue';
import { sweepRequest } from './changes/sweeps';
import { keepDeleted, retentionFromEnvironment } from './changes/tombstone-bodies';
import { clientConfiguration } from './connection';
import { activityFromEnvironment } from './store/activity';
import { finishSweep, sweep } from './store/sweep';
import { inParallel, tablesFromEnvironment } from './store/tables';

const tables = tablesFromEnvironment();
const publishing = publishingFromEnvironment(tables);
const activity = activityFromEnvironment(tables.client);
const sqs = new SQSClient(clientConfiguration({}));
const queueUrl = process.env.SWEEP_QUEUE_URL ?? '';
const delaySeconds = Number(process.env.SWEEP_DELAY_SECONDS ?? sweepDelaySeconds);
const retention = retentionFromEnvironment();

/**
 * Handles the streams of both tables: keeps deleted resources for a while, sweeps their memberships and those of unfinished
 * creations (the latter only from the delay queue), and publishes every change as an event. Every step may be repeated.
 * Reports what failed, so that it is delivered again.
 */
export function handler(event: DynamoDBStreamEvent | SQSEvent): Promise<DynamoDBBatchResponse> {
  return isQueueEvent(event) ? onMessages(event.Records) : onRecords(event.Records);
}

function isQueueEvent(event: DynamoDBStreamEvent | SQSEvent): event is SQSEvent {
  return event.Records[0]?.eventSource === 'aws:sqs';
}

/** Follows the records of a stream; resolves to the sequence numbers of those that failed. It may get a record again. */
type Consumer = (records: readonly DynamoDBRecord[]) => Promise<readonly string[]>;

/** All that follows the streams, in this order. Sweeps come first, so that they never wait for the bus. */
const consumers: readonly Consumer[] = [
  sweepRecords,
  ...(publishing ? [(records: readonly DynamoDBRecord[]) => publishRecords(publishing, records)] : []),
  ...(activity ? [(records: readonly DynamoDBRecord[]) => recordChanges(tables, activity, records)] : []),
];

/**
 * A failed record does not prevent others from being handled. But those after it are delivered again with it, because
 * Lambda may give up all of them together if it keeps failing.
 */
async function onRecords(records: readonly DynamoDBRecord[]): Promise<DynamoDBBatchResponse> {
  const failed: string[] = [];
  for (const consume of consumers) failed.push(...(await consume(records)));
  // What is delivered again is counted then.
  const first = records.findIndex((record) => failed.includes(sequenceNumber(record)));
  failed.push(...(await countRecords(tables, first === -1 ? records : records.slice(0, first))));
  return failures(records.map(sequenceNumber), failed);
}

async function sweepRecords(records: readonly DynamoDBRecord[]): Promise<readonly string[]> {
  const unswept = await inParallel(records, (record) => attempt([sequenceNumber(record)], () => sweepFor(record)));
  return unswept.flat();
}

async function sweepFor(record: DynamoDBRecord): Promise<void> {
  const request = sweepRequest(record);
  if (!request) return;
  const { deletion, atOnce } = request;
  const { collection, id } = deletion;
  if (atOnce) await sweep(tables, collection, id, (leftovers) => keepDeleted(tables, retention, record, leftovers));
  await sweepLater(sqs, queueUrl, delaySeconds, deletion);
}

async function onMessages(messages: readonly SQSRecord[]): Promise<DynamoDBBatchResponse> {
  const failed = await inParallel(messages, ({ messageId, body }) =>
    attempt([messageId], async () => {
      const { collection, id } = readDeletion(body);
      await finishSweep(tables, collection, id);
    }),
  );
  return failures(
    messages.map(({ messageId }) => messageId),
    failed.flat(),
  );
}

/** The report for Lambda: the failed ones, each once, in their order. */
function failures(identifiers: readonly string[], failed: readonly string[]): DynamoDBBatchResponse {
  const again = new Set(failed);
  return {
    batchItemFailures: identifiers
      .filter((identifier) => again.has(identifier))
      .map((itemIdentifier) => ({ itemIdentifier })),
  };
}
