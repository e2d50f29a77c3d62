import {
  BatchGetItemCommand,
  type BatchGetItemCommandInput,
  BatchWriteItemCommand,
  type WriteRequest,
} from '@aws-sdk/client-dynamodb';
import { type LostRace, retry } from '../directory/retry';
import { busy } from './errors';
import type { Item } from './items';
import type { DirectoryKey, MembershipKey } from './keys';
import { batchGetLimit, batchWriteLimit, call, chunks, inParallel, type Tables } from './tables';
import { fromAttributes, toAttributes } from './wire';

type Key = DirectoryKey | MembershipKey;

/** A put or a delete in a batch. */
export type BatchWrite = { readonly put: Item } | { readonly delete: Key };

type Requests = NonNullable<BatchGetItemCommandInput['RequestItems']>;

/** Options of a read. By default, whole items are read, strongly consistent. */
export type Reading = Partial<Omit<Requests[string], 'Keys'>>;

/** Reads items by key, strongly consistent, in batches. Missing items are left out; the order is not preserved. */
export async function batchGet(
  tables: Tables,
  table: string,
  keys: readonly Key[],
  reading: Reading = {},
): Promise<readonly Item[]> {
  const pages = await inParallel(chunks(keys, batchGetLimit), (chunk) =>
    getChunk(tables, { [table]: { ...keysOf(chunk), ...reading } }),
  );
  return pages.flat();
}

/** Reads a few items of both tables by key, strongly consistent, in one call. Missing items are left out. */
export function getTogether(
  tables: Tables,
  directory: readonly DirectoryKey[],
  memberships: readonly MembershipKey[],
): Promise<readonly Item[]> {
  const requests = { [tables.directory]: directory, [tables.memberships]: memberships };
  const asked = Object.entries(requests).filter(([, keys]) => keys.length > 0);
  return getChunk(tables, Object.fromEntries(asked.map(([table, keys]) => [table, keysOf(keys)])));
}

function keysOf(keys: readonly Key[]): Requests[string] {
  return { Keys: keys.map((key) => toAttributes({ ...key })), ConsistentRead: true };
}

async function getChunk(tables: Tables, requests: Requests): Promise<readonly Item[]> {
  const found: Item[] = [];
  let pending = requests;
  await retry(async () => {
    const output = await call(() => tables.client.send(new BatchGetItemCommand({ RequestItems: pending })));
    for (const items of Object.values(output.Responses ?? {})) found.push(...items.map(fromAttributes));
    pending = output.UnprocessedKeys ?? {};
    if (Object.keys(pending).length > 0) throw leftUnprocessed();
  });
  return found;
}

/**
 * Puts and deletes items in batches; each write is idempotent, and none depends on another.
 * @param check runs before each batch; an error that it throws stops the writing
 */
export async function batchWrite(
  tables: Tables,
  table: string,
  writes: readonly BatchWrite[],
  check: () => void = () => {},
): Promise<void> {
  await inParallel(chunks(writes, batchWriteLimit), (chunk) => writeChunk(tables, table, chunk, check));
}

async function writeChunk(
  tables: Tables,
  table: string,
  writes: readonly BatchWrite[],
  check: () => void,
): Promise<void> {
  let pending: WriteRequest[] = writes.map((write) =>
    'put' in write
      ? { PutRequest: { Item: toAttributes(write.put) } }
      : { DeleteRequest: { Key: toAttributes({ ...write.delete }) } },
  );
  await retry(async () => {
    check();
    const requests = pending;
    const output = await call(() =>
      tables.client.send(new BatchWriteItemCommand({ RequestItems: { [table]: requests } })),
    );
    pending = output.UnprocessedItems?.[table] ?? [];
    if (pending.length > 0) throw leftUnprocessed();
  });
}

function leftUnprocessed(): LostRace {
  return busy(new Error('DynamoDB left items unprocessed.'));
}
