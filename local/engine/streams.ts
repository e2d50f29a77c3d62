import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { DynamoDBRecord } from 'aws-lambda';
import type { Item } from 'dynalite/types';
import { startWorker, type Worker } from '../worker';
import { account, region, type TouchedItem } from './call-store';
import type { Database, Write } from './database';

/**
 * Handles records of a table's stream, in order. Resolves to the sequence number of the first record that failed, or to
 * nothing. That record and all after it are delivered again.
 */
export type RecordsHandler = (records: readonly DynamoDBRecord[]) => Promise<string | undefined>;

/** Which records a subscriber wants; others are not stored. */
export type RecordFilter = (record: DynamoDBRecord) => boolean;

/** How records are delivered, as in an event source mapping. */
export interface Delivery {
  /** @default all */
  readonly wants?: RecordFilter;
  /** How many records are handed over at once, at most. @default 100 */
  readonly batchSize?: number;
  /** How long records gather before they are handed over, in milliseconds. @default 0 */
  readonly window?: number;
}

interface Subscriber {
  readonly worker: Worker;
  readonly wants: RecordFilter;
}

/** The streams of tables with subscribers. Records are stored until they are handled. */
export interface Streams {
  /** Returns the writes that a commit must include so that subscribers get these changes. */
  record(touched: Iterable<TouchedItem>): readonly Write[];
  /** To be called after the commit. */
  committed(writes: readonly Write[]): void;
  subscribe(table: string, handle: RecordsHandler, delivery?: Delivery): Worker;
  /** Has the records that gather delivered at once. */
  hurry(): void;
  /** Stops the deliveries, without waiting for one under way: what it does not finish comes again. */
  stop(): void;
}

const recordPrefix = (table: string) => `stream/${table}/`;
const sequenceKey = 'sequence/stream';

/** Opens the streams of a database. */
export async function openStreams(database: Database): Promise<Streams> {
  let sequence = BigInt(((await database.get(sequenceKey)) as string | undefined) ?? 0);
  const subscribers = new Map<string, Subscriber>();

  const nextNumber = () => {
    sequence += 1n;
    return String(sequence).padStart(21, '0');
  };

  const record = (item: TouchedItem): readonly Write[] => {
    const { TableName } = item.table;
    const subscriber = subscribers.get(TableName);
    if (!item.written || !subscriber) return [];
    const [before, after] = [textOf(item.before), textOf(item.after)];
    // DynamoDB writes no record for a write that changes nothing.
    if (areSame(before, after)) return [];
    const number = nextNumber();
    const value = toRecord(item, number, Buffer.byteLength(before) + Buffer.byteLength(after));
    return subscriber.wants(value) ? [{ type: 'put', key: recordPrefix(TableName) + number, value }] : [];
  };

  return {
    record(touched) {
      const records = [...touched].flatMap(record);
      return records.length === 0 ? [] : [...records, { type: 'put', key: sequenceKey, value: String(sequence) }];
    },

    committed(writes) {
      for (const [table, { worker }] of subscribers) {
        if (writes.some(({ key }) => key.startsWith(recordPrefix(table)))) worker.wake();
      }
    },

    subscribe(table, handle, { wants = () => true, batchSize = 100, window } = {}) {
      const work = () => deliver(database, recordPrefix(table), handle, batchSize);
      const worker = startWorker(`stream of ${table}`, work, window);
      subscribers.set(table, { worker, wants });
      return worker;
    },

    hurry() {
      for (const { worker } of subscribers.values()) worker.hurry();
    },

    stop() {
      for (const { worker } of subscribers.values()) worker.close().catch(() => {});
    },
  };
}

/** How many bytes of records Lambda is handed at once: an event has at most 6 MB, with what is around the records. */
const maxBatchBytes = 6 * 1024 * 1024 - 1024;

/** Delivers the oldest records; resolves to 0 when there are or may be more. */
async function deliver(
  database: Database,
  prefix: string,
  handle: RecordsHandler,
  limit: number,
): Promise<number | undefined> {
  const keys: string[] = [];
  const records: DynamoDBRecord[] = [];
  let bytes = 0;
  let isFull = false;
  for await (const [key, record] of database.entries(prefix, { limit })) {
    bytes += Buffer.byteLength(JSON.stringify(record)) + 1;
    if (bytes > maxBatchBytes && keys.length > 0) {
      isFull = true;
      break;
    }
    keys.push(key);
    records.push(record as DynamoDBRecord);
  }
  if (records.length === 0) return undefined;
  const from = await handle(records);
  const done = from === undefined ? keys : keys.filter((key) => key < from);
  await database.batch(done.map((key) => ({ type: 'del', key: prefix + key })));
  if (done.length < keys.length) throw new Error(`${keys.length - done.length} records were not handled`);
  // A record that came meanwhile has woken the worker.
  return isFull || keys.length === limit ? 0 : undefined;
}

const textOf = (item: Item | undefined): string => (item === undefined ? '' : JSON.stringify(item));

/** Whether two texts are the same item; the order of attributes does not matter. */
function areSame(before: string, after: string): boolean {
  if (before === after) return true;
  return before.length === after.length && isDeepStrictEqual(JSON.parse(before), JSON.parse(after));
}

function toRecord({ table, before, after }: TouchedItem, number: string, bytes: number): DynamoDBRecord {
  const item = after ?? before ?? {};
  const keys = table.KeySchema.map(({ AttributeName: name }) => [name, item[name]]);
  return {
    eventID: randomUUID().replaceAll('-', ''),
    eventName: eventName(before, after),
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: region(),
    dynamodb: {
      ApproximateCreationDateTime: Math.floor(Date.now() / 1000),
      Keys: Object.fromEntries(keys),
      ...(before && { OldImage: before }),
      ...(after && { NewImage: after }),
      SequenceNumber: number,
      SizeBytes: bytes,
      StreamViewType: 'NEW_AND_OLD_IMAGES',
    },
    eventSourceARN: `arn:aws:dynamodb:${region()}:${account}:table/${table.TableName}/stream/local`,
  };
}

function eventName(before: Item | undefined, after: Item | undefined): 'INSERT' | 'MODIFY' | 'REMOVE' {
  if (!before) return 'INSERT';
  return after ? 'MODIFY' : 'REMOVE';
}
