import { expiryAttribute } from '../../deployment/tables';
import { isId } from '../directory/id';
import type { Collection, Deletion } from '../directory/store';
import type { ResourceTypeName } from '../scim/schema/profile';
import { batchGet } from './batches';
import { type Item, itemFormat, readNote, unreadable } from './items';
import { tombstoneKey } from './keys';
import type { Tables } from './tables';
import type { TransactAction } from './transact';

/** How long a tombstone is kept, in milliseconds: a year. */
const keptFor = 365 * 24 * 3600 * 1000;

/** The details of a deletion in its tombstone; only the time is required. */
export type StoredDeletion = Pick<Deletion, 'deleted'> & Partial<Deletion> & { readonly type?: ResourceTypeName };

/** The tombstone of a deleted resource. */
export interface Tombstone {
  readonly id: string;
  readonly deletion: StoredDeletion;
  /** When it expires, in milliseconds since the epoch. DynamoDB deletes it days later. */
  readonly expires: number;
}

/** Puts the tombstone of a resource, as part of the transaction that deletes it. */
export function putTombstone(
  tables: Tables,
  { tenantId, type }: Collection,
  id: string,
  deletion: Deletion,
): TransactAction {
  return { Put: { TableName: tables.directory, Item: tombstoneItem(tenantId, id, { type, ...deletion }) } };
}

/** A tombstone as an item of the directory table. */
export function tombstoneItem(tenantId: string, id: string, deletion: StoredDeletion): Item {
  const expires = Math.ceil((Date.parse(deletion.deleted) + keptFor) / 1000);
  return { ...tombstoneKey(tenantId, id), ...deletion, [expiryAttribute]: expires, format: itemFormat };
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
  return new Map(kept.map(({ id, deletion }) => [id, deletion.deleted]));
}

/** Reads a tombstone. @throws Error `UnreadableItem`, which names the item's key, if it is none of this format */
export function toTombstone(item: Item): Tombstone {
  const { sk: id, [expiryAttribute]: expires, format } = item;
  const deletion = readDeletion(item);
  if (format !== itemFormat || typeof id !== 'string' || typeof expires !== 'number' || !deletion) {
    throw unreadable(item, `a tombstone of format ${itemFormat}`);
  }
  return { id, deletion, expires: expires * 1000 };
}

/** Reads the details of a deletion; undefined if they have no time. */
export function readDeletion(kept: Readonly<Record<string, unknown>>): StoredDeletion | undefined {
  const { deleted, type } = kept;
  const by = readNote(kept);
  if (typeof deleted !== 'string' || Number.isNaN(Date.parse(deleted))) return undefined;
  return {
    deleted,
    ...((type === 'User' || type === 'Group') && { type: type as ResourceTypeName }),
    ...(by && { by }),
  };
}
