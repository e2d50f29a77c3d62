import { expiryAttribute } from '../../deployment/tables';
import { isId } from '../directory/id';
import { batchGet } from './batches';
import { type Item, itemFormat, unreadable } from './items';
import { tombstoneKey } from './keys';
import type { Tables } from './tables';
import type { TransactAction } from './transact';

/** How long a tombstone is kept, in milliseconds: a year. */
export const keptFor = 365 * 24 * 3600 * 1000;

/** The tombstone of a deleted resource: nothing but its id and the time. */
export interface Tombstone {
  readonly id: string;
  /** When it was deleted, as ISO 8601 in UTC. */
  readonly deleted: string;
  /** When it expires, in milliseconds since the epoch. DynamoDB deletes it days later. */
  readonly expires: number;
}

/** Puts the tombstone of a resource, as part of the transaction that deletes it. */
export function putTombstone(tables: Tables, tenantId: string, id: string, deleted: string): TransactAction {
  return { Put: { TableName: tables.directory, Item: tombstoneItem(tenantId, id, deleted) } };
}

/** A tombstone as an item of the directory table. */
export function tombstoneItem(tenantId: string, id: string, deleted: string): Item {
  const expires = Math.ceil((Date.parse(deleted) + keptFor) / 1000);
  return { ...tombstoneKey(tenantId, id), deleted, [expiryAttribute]: expires, format: itemFormat };
}

/** When resources were deleted, by id, as far as their tombstones have not expired at `now`; strongly consistent. */
export async function readDeletions(
  tables: Tables,
  tenantId: string,
  ids: readonly string[],
  now: Date,
): Promise<ReadonlyMap<string, string>> {
  const keys = [...new Set(ids)].filter(isId).map((id) => tombstoneKey(tenantId, id));
  const tombstones = (await batchGet(tables, tables.directory, keys)).map(toTombstone);
  const kept = tombstones.filter(({ expires }) => expires > now.getTime());
  return new Map(kept.map(({ id, deleted }) => [id, deleted]));
}

/** Reads a tombstone. @throws Error `UnreadableItem`, which names the item's key, if it is none of this format */
export function toTombstone(item: Item): Tombstone {
  const { sk: id, deleted, [expiryAttribute]: expires, format } = item;
  if (format !== itemFormat || typeof id !== 'string' || typeof expires !== 'number' || !isTime(deleted)) {
    throw unreadable(item, `a tombstone of format ${itemFormat}`);
  }
  return { id, deleted, expires: expires * 1000 };
}

/** Whether a value is a time as text. */
export function isTime(value: unknown): value is string {
  return typeof value === 'string' && !Number.isNaN(Date.parse(value));
}
