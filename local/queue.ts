import { createHash, randomUUID } from 'node:crypto';
import type { SQSEvent, SQSRecord } from 'aws-lambda';
import { awsError, type Reply, toReply } from './aws-error';
import { account, region } from './engine/call-store';
import type { Database } from './engine/database';
import { startWorker, type Worker } from './worker';

/** An SQS queue in this process, with one consumer. */
export interface Queue extends Worker {
  /** Handles a request. `target` is the X-Amz-Target header, `body` the parsed JSON. */
  call(target: string, body: unknown): Promise<Reply>;
}

/** Handles messages; resolves to the ids of those that must be delivered again. */
export type MessagesHandler = (event: SQSEvent) => Promise<ReadonlySet<string>>;

interface Message {
  readonly id: string;
  readonly body: string;
  readonly sent: number;
  readonly receives: number;
}

const sendTarget = 'AmazonSQS.SendMessage';
const longestDelay = 900;
const batchSize = 10;

/**
 * Opens a queue. Messages are stored in the database until they are handled, and delivered at least once when they are
 * due: keys begin with the time. A failed message is delivered again after `visibilityTimeout` milliseconds.
 */
export function openQueue(database: Database, name: string, handle: MessagesHandler, visibilityTimeout = 5000): Queue {
  const prefix = `queue/${name}/`;
  const keyAt = (due: number, { id }: Message) => `${prefix}${String(due).padStart(15, '0')}/${id}`;

  const send = async ({ QueueUrl, MessageBody, DelaySeconds = 0 }: Record<string, unknown>) => {
    if (typeof QueueUrl !== 'string' || !QueueUrl.endsWith(`/${name}`)) {
      throw awsError('com.amazonaws.sqs#QueueDoesNotExist', 'The specified queue does not exist.');
    }
    if (typeof MessageBody !== 'string' || MessageBody === '') {
      throw awsError('com.amazonaws.sqs#MissingParameter', 'The request must contain the parameter MessageBody.');
    }
    if (typeof DelaySeconds !== 'number' || DelaySeconds < 0 || DelaySeconds > longestDelay) {
      throw awsError(
        'com.amazonaws.sqs#InvalidParameterValue',
        `Value ${DelaySeconds} for parameter DelaySeconds is invalid. Reason: Must be between 0 and ${longestDelay}.`,
      );
    }
    const sent = Date.now();
    const message: Message = { id: randomUUID(), body: MessageBody, sent, receives: 0 };
    await database.batch([{ type: 'put', key: keyAt(sent + DelaySeconds * 1000, message), value: message }]);
    worker.wake();
    return { MessageId: message.id, MD5OfMessageBody: md5(MessageBody) };
  };

  const deliver = async (): Promise<number | undefined> => {
    const { due, next } = await readDue(database, prefix);
    if (due.length === 0) return next;
    const event = { Records: due.map(([, message]) => toRecord(message, name)) };
    const failed = await handle(event).catch((error: unknown) => {
      console.error(`scim-local: queue ${name}: ${String(error)}`);
      return new Set(due.map(([, { id }]) => id));
    });
    const again = due.map(([, message]) => message).filter(({ id }) => failed.has(id));
    await database.batch([
      ...due.map(([key]) => ({ type: 'del' as const, key: prefix + key })),
      ...again.map((message) => ({
        type: 'put' as const,
        key: keyAt(Date.now() + visibilityTimeout, message),
        value: { ...message, receives: message.receives + 1 },
      })),
    ]);
    return 0;
  };

  const worker = startWorker(`queue ${name}`, deliver);

  return {
    wake: worker.wake,
    hurry: worker.hurry,
    close: worker.close,
    call: (target, body) =>
      toReply(() => {
        if (target !== sendTarget) throw awsError('UnknownOperationException', `The local endpoint has no ${target}.`);
        return send(body as Record<string, unknown>);
      }),
  };
}

type Entry = readonly [key: string, message: Message];

/** The messages that are due, and the milliseconds until the next one is. */
async function readDue(database: Database, prefix: string): Promise<{ due: Entry[]; next: number | undefined }> {
  const due: Entry[] = [];
  const now = Date.now();
  for await (const [key, message] of database.entries(prefix, { limit: batchSize })) {
    const wait = Number(key.slice(0, key.indexOf('/'))) - now;
    if (wait > 0) return { due, next: wait };
    due.push([key, message as Message]);
  }
  return { due, next: undefined };
}

function toRecord({ id, body, sent, receives }: Message, name: string): SQSRecord {
  return {
    messageId: id,
    receiptHandle: randomUUID(),
    body,
    attributes: {
      ApproximateReceiveCount: String(receives + 1),
      SentTimestamp: String(sent),
      SenderId: account,
      ApproximateFirstReceiveTimestamp: String(Date.now()),
    },
    messageAttributes: {},
    md5OfBody: md5(body),
    eventSource: 'aws:sqs',
    eventSourceARN: `arn:aws:sqs:${region()}:${account}:${name}`,
    awsRegion: region(),
  };
}

const md5 = (text: string) => createHash('md5').update(text).digest('hex');
