import { SQSClient } from '@aws-sdk/client-sqs';
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent, SQSEvent, SQSRecord } from 'aws-lambda';
import { readDeletion, sweepLater } from './changes/sweep-queue';
import { sweepRequest } from './changes/sweeps';
import { consoleLog } from './gateway/log';
import { finishSweep, sweep } from './store/sweep';
import { tablesFromEnvironment } from './store/tables';

const tables = tablesFromEnvironment();
const sqs = new SQSClient({});
const queueUrl = process.env.SWEEP_QUEUE_URL ?? '';
const delaySeconds = Number(process.env.SWEEP_DELAY_SECONDS ?? 60);

/**
 * Follows the directory table's stream: sweeps what deleted resources and unfinished creations leave, the latter only
 * from the delay queue. Every step may be repeated. Reports what failed, so that only that is delivered again.
 */
export function handler(event: DynamoDBStreamEvent | SQSEvent): Promise<DynamoDBBatchResponse> {
  return isQueueEvent(event) ? onMessages(event.Records) : onRecords(event.Records);
}

function isQueueEvent(event: DynamoDBStreamEvent | SQSEvent): event is SQSEvent {
  return event.Records[0]?.eventSource === 'aws:sqs';
}

/** Records of a shard are in order: what follows a failed one is delivered again with it. */
async function onRecords(records: readonly DynamoDBRecord[]): Promise<DynamoDBBatchResponse> {
  for (const record of records) {
    const identifier = record.dynamodb?.SequenceNumber ?? '';
    const done = await attempt(identifier, async () => {
      const request = sweepRequest(record);
      if (!request) return;
      const { deletion, atOnce } = request;
      if (atOnce) await sweep(tables, deletion.collection, deletion.id);
      await sweepLater(sqs, queueUrl, delaySeconds, deletion);
    });
    if (!done) return { batchItemFailures: [{ itemIdentifier: identifier }] };
  }
  return { batchItemFailures: [] };
}

async function onMessages(messages: readonly SQSRecord[]): Promise<DynamoDBBatchResponse> {
  const outcomes = await Promise.all(
    messages.map(async ({ messageId, body }) => ({
      messageId,
      done: await attempt(messageId, async () => {
        const { collection, id } = readDeletion(body);
        await finishSweep(tables, collection, id);
      }),
    })),
  );
  return {
    batchItemFailures: outcomes.filter(({ done }) => !done).map(({ messageId }) => ({ itemIdentifier: messageId })),
  };
}

async function attempt(identifier: string, step: () => Promise<void>): Promise<boolean> {
  try {
    await step();
    return true;
  } catch (error) {
    consoleLog({ level: 'error', message: 'change not handled', identifier, error: String(error) });
    return false;
  }
}
