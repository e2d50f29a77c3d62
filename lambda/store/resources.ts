import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { isId } from '../directory/id';
import { LostRace, retry } from '../directory/retry';
import type {
  Collection,
  Deletion,
  IndexEntry,
  IndexedResource,
  Lease,
  Move,
  StoredResource,
} from '../directory/store';
import type { JsonObject } from '../scim/json';
import { sameJson } from '../scim/resource/equal';
import { type BatchWrite, batchGet, batchWrite } from './batches';
import { countUpdate } from './counts';
import { deleteEntry, entryItem, putEntry, taken } from './entries';
import { and, atVersion, type Item, moveVersion, toStoredResource } from './items';
import { entryKey, resourceKey } from './keys';
import { holding, notLeased, requireNoLease } from './lease';
import { markDeletion } from './marks';
import { itemBytes, readAllowance } from './pages';
import { callConditional, getItem, type Tables } from './tables';
import { putBody } from './tombstone-bodies';
import { putTombstone } from './tombstones';
import { transact, transactionLimit } from './transact';

/** Reads one resource, strongly consistent. */
export async function getResource(
  tables: Tables,
  collection: Collection,
  id: string,
): Promise<StoredResource | undefined> {
  const item = await readItem(tables, collection, id);
  return item && toStoredResource(item);
}

/** Reads a resource that is about to change, strongly consistent. @throws LostRace while a request holds a lease on it */
export async function getResourceToChange(
  tables: Tables,
  collection: Collection,
  id: string,
): Promise<StoredResource | undefined> {
  const item = await readItem(tables, collection, id);
  if (item) requireNoLease(item);
  return item && toStoredResource(item);
}

async function readItem(tables: Tables, collection: Collection, id: string): Promise<Item | undefined> {
  return isId(id) ? getItem(tables, tables.directory, resourceKey(collection, id)) : undefined;
}

/** The most bytes of one resource, with some to spare for its key and its times. */
const largestItem = 320 * 1024;

/** How many resources are read at the same time: as many as the parallel batches hold. */
const mostAtOnce = 800;

/**
 * Reads several resources, strongly consistent, in id order. Reads no more at a time than must fit, or will probably
 * fit by the size of those read before.
 * @throws ScimError 400 `tooMany` when they have more than `maxBytes`
 */
export async function getResources(
  tables: Tables,
  collection: Collection,
  ids: readonly string[],
  maxBytes: number,
): Promise<readonly StoredResource[]> {
  const keys = [...new Set(ids)].filter(isId).map((id) => resourceKey(collection, id));
  const allowance = readAllowance(maxBytes);
  const items: Item[] = [];
  let read = 0;
  for (let at = 0; at < keys.length; ) {
    const average = at === 0 ? largestItem : Math.max(1, read / at);
    const count = Math.max(1, Math.min(mostAtOnce, Math.floor(allowance.rest / average)));
    const found = await batchGet(tables, tables.directory, keys.slice(at, at + count));
    const bytes = itemBytes(found);
    allowance.take(bytes);
    read += bytes;
    items.push(...found);
    at += count;
  }
  return items.map(toStoredResource).sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Which of these ids exist, without reading more of them than their keys. */
export async function existingIds(
  tables: Tables,
  collection: Collection,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  const keys = [...new Set(ids)].filter(isId).map((id) => resourceKey(collection, id));
  const items = await batchGet(tables, tables.directory, keys, { ProjectionExpression: 'sk' });
  return new Set(items.map((item) => String(item.sk)));
}

/**
 * The write of a resource's next state. Not a Put: that would end a lease on it.
 * @param lease the one that the writer holds; without one, the resource must be at `version` and without a lease
 */
function nextStateUpdate(
  tables: Tables,
  collection: Collection,
  { id, resource, ...move }: StoredResource,
  version: number,
  lease: Lease | undefined,
) {
  const moved = moveVersion(collection, id, move);
  const guard = lease ? holding(lease) : and(atVersion(version), notLeased());
  return {
    TableName: tables.directory,
    Key: resourceKey(collection, id),
    UpdateExpression: `SET #resource = :resource, ${moved.expression}`,
    ConditionExpression: guard.ConditionExpression,
    ExpressionAttributeNames: { ...guard.ExpressionAttributeNames, '#resource': 'resource', ...moved.names },
    ExpressionAttributeValues: {
      ...guard.ExpressionAttributeValues,
      ':resource': resource,
      ...moved.values,
    },
  };
}

/** Changes a resource and its entries; see `Store.update`. */
export async function updateResource(
  tables: Tables,
  collection: Collection,
  before: IndexedResource,
  after: IndexedResource,
  lease?: Lease,
): Promise<void> {
  const { id } = after.stored;
  const update = nextStateUpdate(tables, collection, after.stored, before.stored.version, lease);
  const identity = (entry: IndexEntry): string => Object.values(entryKey(collection, entry, id)).join(' ');
  const old = new Set(before.entries.map(identity));
  const kept = new Set(after.entries.map(identity));
  const added = after.entries.filter((entry) => !old.has(identity(entry)));
  const removed = before.entries.filter((entry) => !kept.has(identity(entry)));
  if (added.length + removed.length === 0) {
    const saved = await callConditional(() => tables.client.send(new UpdateCommand(update)));
    if (!saved && !(await isStored(tables, collection, after.stored))) throw changedMeanwhile(collection);
    return;
  }

  // Past one transaction, entries that need not be unique go before it (added) and after it (removed): an entry that
  // leads to a resource without that value is harmless, since the filter is evaluated on what it leads to.
  const byNeed = (a: IndexEntry, b: IndexEntry): number => Number(b.unique) - Number(a.unique);
  const changes = [
    ...added.map((entry) => ({ entry, put: true })),
    ...removed.map((entry) => ({ entry, put: false })),
  ].sort((a, b) => byNeed(a.entry, b.entry));
  const inside = changes.slice(0, transactionLimit - 1);
  const outside = changes.slice(transactionLimit - 1);
  const write = ({ entry, put: adds }: { entry: IndexEntry; put: boolean }): BatchWrite =>
    adds ? { put: entryItem(collection, entry, id) } : { delete: entryKey(collection, entry, id) };

  await batchWrite(tables, tables.directory, outside.filter((change) => change.put).map(write));
  const failed = await transact(tables, [
    { Update: update },
    ...inside.map(({ entry, put: adds }) =>
      adds ? putEntry(tables, collection, entry, id) : deleteEntry(tables, collection, entry, id),
    ),
  ]);
  if (failed.some(({ index }) => index === 0)) throw changedMeanwhile(collection);
  if (failed.length > 0) {
    throw taken(
      collection,
      failed,
      inside.map(({ entry }) => entry),
      1,
    );
  }
  await batchWrite(tables, tables.directory, outside.filter((change) => !change.put).map(write));
}

function changedMeanwhile({ type }: Collection): LostRace {
  return new LostRace(`The ${type.toLowerCase()} is being changed by other requests.`);
}

/**
 * Whether exactly this resource is stored. The SDK repeats a write whose response was lost. If the first write
 * succeeded, the second finds the version that the first one wrote.
 */
async function isStored(tables: Tables, collection: Collection, expected: StoredResource): Promise<boolean> {
  const stored = await getResource(tables, collection, expected.id);
  return stored !== undefined && sameJson(asJson(stored), asJson(expected));
}

const asJson = (stored: StoredResource) => ({ ...stored }) as unknown as JsonObject;

/**
 * Deletes a resource with its entries, counts it out, keeps its tombstone and the body of it, and marks the deletion until
 * its memberships are swept.
 */
export async function removeResource(
  tables: Tables,
  collection: Collection,
  { stored, entries }: IndexedResource,
  { deleted, by }: Deletion,
): Promise<void> {
  const { tenantId } = collection;
  const failed = await transact(tables, [
    {
      Delete: {
        TableName: tables.directory,
        Key: resourceKey(collection, stored.id),
        ...atVersion(stored.version),
      },
    },
    countUpdate(tables, collection, stored.id, -1),
    markDeletion(tables, collection, stored.id, deleted),
    putTombstone(tables, tenantId, stored.id, deleted),
    ...(by ? [putBody(tables, collection, stored, { deleted, by })] : []),
    ...entries.map((entry) => deleteEntry(tables, collection, entry, stored.id)),
  ]);
  if (failed.length > 0) throw changedMeanwhile(collection);
}

/**
 * Gives a resource its next version and time of change, if it exists. Retries, because memberships were written: a
 * repeated request would change none of them, and so would not change the version.
 */
export async function touchResource(
  tables: Tables,
  collection: Collection,
  id: string,
  move: Move,
): Promise<StoredResource | undefined> {
  const moved = moveVersion(collection, id, move);
  const output = await retry(() =>
    callConditional(() =>
      tables.client.send(
        new UpdateCommand({
          TableName: tables.directory,
          Key: resourceKey(collection, id),
          UpdateExpression: `SET ${moved.expression}`,
          ConditionExpression: 'attribute_exists(pk)',
          ExpressionAttributeNames: moved.names,
          ExpressionAttributeValues: moved.values,
          ReturnValues: 'ALL_NEW',
        }),
      ),
    ),
  );
  return output?.Attributes && toStoredResource(output.Attributes);
}
