import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { DynamoDBRecord } from 'aws-lambda';
import type { Item, Table } from 'dynalite/types';
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
  /** `batchSize` is how many records are handed over at once, at most. @default 100 */
  subscribe(table: string, handle: RecordsHandler, wants?: RecordFilter, batchSize?: number): Worker;
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
    const images = { ...image('OldImage', item.before), ...image('NewImage', item.after) };
    // DynamoDB writes no record for a write that changes nothing.
    if (isDeepStrictEqual(images.OldImage, images.NewImage)) return [];
    const number = nextNumber();
    const value = toRecord(item.table, images, number);
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

    subscribe(table, handle, wants = () => true, batchSize = 100) {
      const worker = startWorker(`stream of ${table}`, () => deliver(database, recordPrefix(table), handle, batchSize));
      subscribers.set(table, { worker, wants });
      return worker;
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

interface Images {
  readonly OldImage?: Item;
  readonly NewImage?: Item;
}

/** A copy as it would come from the database, so that images can be compared and kept. */
function image(name: keyof Images, item: Item | undefined): Images {
  return item === undefined ? {} : { [name]: JSON.parse(JSON.stringify(item)) as Item };
}

function toRecord(table: Table, images: Images, number: string): DynamoDBRecord {
  const item = images.NewImage ?? images.OldImage ?? {};
  const keys = table.KeySchema.map(({ AttributeName: name }) => [name, item[name]]);
  return {
    eventID: randomUUID().replaceAll('-', ''),
    eventName: eventName(images),
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: region(),
    dynamodb: {
      ApproximateCreationDateTime: Math.floor(Date.now() / 1000),
      Keys: Object.fromEntries(keys),
      ...images,
      SequenceNumber: number,
      SizeBytes: Buffer.byteLength(JSON.stringify(images)),
      StreamViewType: 'NEW_AND_OLD_IMAGES',
    },
    eventSourceARN: `arn:aws:dynamodb:${region()}:${account}:table/${table.TableName}/stream/local`,
  };
}

function eventName({ OldImage, NewImage }: Images): 'INSERT' | 'MODIFY' | 'REMOVE' {
  if (!OldImage) return 'INSERT';
  return NewImage ? 'MODIFY' : 'REMOVE';
}
