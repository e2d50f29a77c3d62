import { randomUUID } from 'node:crypto';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { isId } from '../directory/id';
import type { Note } from '../directory/note';
import { LostRace, retry } from '../directory/retry';
import type { Collection, Lease, Leased, Move, StoredResource } from '../directory/store';
import { type Condition, type Item, moveVersion, toStoredResource } from './items';
import { resourceKey } from './keys';
import { callConditional, getItem, type Tables } from './tables';

/** How long a lease lasts, in milliseconds: longer than a function can run. */
export const leaseTime = 35_000;

/**
 * The time before the end of a lease in which nothing more is written, in milliseconds, so that a slow write does not
 * outlive the lease.
 */
const margin = 7000;

/** The condition that there is no lease. */
export function notLeased(): Condition {
  return {
    ConditionExpression: '(attribute_not_exists(#lease) OR #lease.#until < :now)',
    ExpressionAttributeNames: { '#lease': 'lease', '#until': 'until' },
    ExpressionAttributeValues: { ':now': Date.now() },
  };
}

/** The condition that a lease is still held. */
export function holding({ id }: Lease): Condition {
  return {
    ConditionExpression: '#lease.#id = :lease',
    ExpressionAttributeNames: { '#lease': 'lease', '#id': 'id' },
    ExpressionAttributeValues: { ':lease': id },
  };
}

/** @throws LostRace when too little of a lease is left to write under it */
export function requireTime({ until }: Lease): void {
  if (Date.now() > until - margin) throw new LostRace('The change took too long and was not completed.');
}

/** @throws LostRace while an item has a lease */
export function requireNoLease({ lease }: Item): void {
  if (isHeld(lease)) throw new LostRace('Another request is changing many members of the group.');
}

function isHeld(lease: unknown): boolean {
  return typeof lease === 'object' && lease !== null && 'until' in lease && Number(lease.until) >= Date.now();
}

/** Takes the lease on a group and reads the group; undefined if it does not exist. @throws LostRace while it has a lease */
export async function takeLease(
  tables: Tables,
  collection: Collection,
  id: string,
  by: Note,
): Promise<Leased | undefined> {
  if (!isId(id)) return undefined;
  const lease: Lease = { id: randomUUID(), until: Date.now() + leaseTime };
  const taken = await putLease(tables, collection, id, lease, by);
  if (taken) return { stored: toStoredResource(taken), lease };
  const present = await getItem(tables, tables.directory, resourceKey(collection, id));
  if (!present) return undefined;
  requireNoLease(present);
  throw new LostRace('Another request was changing many members of the group.');
}

async function putLease(
  tables: Tables,
  collection: Collection,
  id: string,
  lease: Lease,
  by: Note,
): Promise<Item | undefined> {
  const free = notLeased();
  const update = new UpdateCommand({
    TableName: tables.directory,
    Key: resourceKey(collection, id),
    UpdateExpression: 'SET #lease = :new',
    // The SDK repeats a call whose response was lost: then this lease exists already.
    ConditionExpression: `attribute_exists(pk) AND (${free.ConditionExpression} OR #lease.#id = :id)`,
    ExpressionAttributeNames: { ...free.ExpressionAttributeNames, '#id': 'id' },
    ExpressionAttributeValues: { ...free.ExpressionAttributeValues, ':new': { ...lease, by }, ':id': lease.id },
    ReturnValues: 'ALL_NEW',
  });
  try {
    return (await callConditional(() => tables.client.send(update)))?.Attributes;
  } catch (error) {
    // The lease may have been taken anyway, and nothing else would release it.
    await releaseLease(tables, collection, id, lease).catch(() => undefined);
    throw error;
  }
}

/**
 * Ends a lease; with a move, the group gets its next version as well. Retries, because memberships were written.
 * @throws LostRace when another request holds the lease, or the group no longer exists
 */
export async function releaseLease(
  tables: Tables,
  collection: Collection,
  id: string,
  lease: Lease,
  move?: Move,
): Promise<StoredResource> {
  const held = holding(lease);
  const moved = move && moveVersion(collection, id, move);
  const update = new UpdateCommand({
    TableName: tables.directory,
    Key: resourceKey(collection, id),
    // Its id stays, so that the SDK can repeat this call if the response was lost.
    UpdateExpression: `REMOVE #lease.#by SET #lease.#until = :ended${moved ? `, ${moved.expression}` : ''}`,
    ...held,
    ExpressionAttributeNames: {
      ...held.ExpressionAttributeNames,
      '#until': 'until',
      '#by': 'by',
      ...moved?.names,
    },
    ExpressionAttributeValues: {
      ...held.ExpressionAttributeValues,
      ':ended': 0,
      ...moved?.values,
    },
    ReturnValues: 'ALL_NEW',
  });
  const released = await retry(() => callConditional(() => tables.client.send(update)));
  if (!released?.Attributes) throw new LostRace('The group was changed by another request.');
  return toStoredResource(released.Attributes);
}
