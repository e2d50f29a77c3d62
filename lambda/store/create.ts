import type { Collection, IndexedResource, StoredMember } from '../directory/store';
import { throttled } from '../scim/message/error';
import { countUpdate } from './counts';
import { putEntry, requireFree, taken } from './entries';
import { resourceItem } from './items';
import { endCreation, markCreation } from './marks';
import { membershipItem, writeMembers } from './memberships';
import type { Tables } from './tables';
import { type TransactAction, transact, transactionLimit } from './transact';

/** Where a resource's entries begin in the transaction that creates it. */
export const entriesFrom = 2;

/**
 * Adds a resource with its entries and members, and counts it; all or nothing.
 * @throws ScimError 409 naming the holder of a unique value; 429 when it took too long
 */
export async function createResource(
  tables: Tables,
  collection: Collection,
  created: IndexedResource,
  members: readonly StoredMember[],
): Promise<void> {
  const actions = creation(tables, collection, created);
  if (actions.length + members.length > transactionLimit) return createLarge(tables, collection, created, members);
  const { stored, entries } = created;
  const failed = await transact(tables, [
    ...actions,
    ...members.map((member) => ({
      Put: { TableName: tables.memberships, Item: membershipItem(collection.tenantId, stored.id, member) },
    })),
  ]);
  if (failed.length > 0) throw taken(collection, failed, entries, entriesFrom);
}

/**
 * Creates a group with more members than fit a transaction: its members first, hidden by a mark, then itself in the
 * transaction that deletes the mark. A request that sees the group sees all of them. An unfinished creation is swept.
 */
async function createLarge(
  tables: Tables,
  collection: Collection,
  created: IndexedResource,
  members: readonly StoredMember[],
): Promise<void> {
  const { stored, entries } = created;
  const actions = creation(tables, collection, created);
  // Saves writes when a value is already used. Only the transaction makes sure that it is not.
  await requireFree(tables, collection, entries, stored.id);
  await markCreation(tables, collection, stored.id, stored.created);
  await writeMembers(tables, collection.tenantId, stored.id, members, []);
  const failed = await transact(tables, [...actions, endCreation(tables, collection, stored.id)]);
  if (failed.some(({ index }) => index === actions.length)) {
    // The sweep may have missed the members written last.
    await markCreation(tables, collection, stored.id, stored.created);
    throw throttled(
      `Creating the ${collection.type.toLowerCase()} with its ${members.length} members took too long; nothing of it ` +
        'was stored. Try again.',
      1,
    );
  }
  if (failed.length > 0) throw taken(collection, failed, entries, entriesFrom);
}

/** The actions that add a resource with its entries, and count it; the entries are the last. */
export function creation(
  tables: Tables,
  collection: Collection,
  { stored, entries }: IndexedResource,
): readonly TransactAction[] {
  return [
    {
      Put: {
        TableName: tables.directory,
        Item: resourceItem(collection, stored),
        ConditionExpression: 'attribute_not_exists(pk)',
      },
    },
    countUpdate(tables, collection, stored.id, 1),
    ...entries.map((entry) => putEntry(tables, collection, entry, stored.id)),
  ];
}
