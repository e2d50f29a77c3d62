import type { Collection, IndexEntry } from '../directory/store';
import { type ScimError, uniqueness } from '../scim/message/error';
import { batchGet } from './batches';
import { type Item, itemFormat } from './items';
import { entryKey } from './keys';
import type { Tables } from './tables';
import type { FailedCondition, TransactAction } from './transact';

/** An entry whose value belongs to another resource, and which one, if known. */
interface Conflict {
  readonly entry: IndexEntry;
  readonly holder: string | undefined;
}

/** An entry as an item of the directory table. */
export function entryItem(collection: Collection, entry: IndexEntry, id: string): Item {
  return { ...entryKey(collection, entry, id), id, format: itemFormat };
}

/** Puts an entry that leads to a resource, as part of a transaction that fails when its value is taken. */
export function putEntry(tables: Tables, collection: Collection, entry: IndexEntry, id: string): TransactAction {
  return {
    Put: {
      TableName: tables.directory,
      Item: entryItem(collection, entry, id),
      ...(entry.unique && {
        ConditionExpression: 'attribute_not_exists(pk)',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    },
  };
}

/** Deletes an entry, as part of a transaction. */
export function deleteEntry(tables: Tables, collection: Collection, entry: IndexEntry, id: string): TransactAction {
  return { Delete: { TableName: tables.directory, Key: entryKey(collection, entry, id) } };
}

/** 409 for a transaction that failed on the claims of these entries, the first of them at `offset`. */
export function taken(
  collection: Collection,
  failed: readonly FailedCondition[],
  entries: readonly IndexEntry[],
  offset: number,
): ScimError {
  const conflicts = failed.flatMap(({ index, holder }) => {
    const entry = entries[index - offset];
    return entry ? [{ entry, holder }] : [];
  });
  return conflicting(collection, conflicts);
}

/** Looks whether the values of a new resource are free. @throws ScimError 409 naming the holder of one that is not */
export async function requireFree(
  tables: Tables,
  collection: Collection,
  entries: readonly IndexEntry[],
  id: string,
): Promise<void> {
  const claims = entries
    .filter(({ unique }) => unique)
    .map((entry) => ({ entry, key: entryKey(collection, entry, id) }));
  const items = await batchGet(
    tables,
    tables.directory,
    claims.map(({ key }) => key),
  );
  const holders = new Map(items.map(({ pk, id: holder }) => [pk, String(holder)]));
  const conflicts = claims
    .map(({ entry, key }) => ({ entry, holder: holders.get(key.pk) }))
    .filter(({ holder }) => holder !== undefined);
  if (conflicts.length > 0) throw conflicting(collection, conflicts);
}

function conflicting({ type }: Collection, conflicts: readonly Conflict[]): ScimError {
  const reasons = conflicts.map(({ entry, holder }) => {
    const owner = holder === undefined ? `another ${type.toLowerCase()}` : `${type.toLowerCase()} ${holder}`;
    return `${entry.index} "${entry.value}" is already used by ${owner}`;
  });
  return uniqueness(`${reasons.join('; ')}.`);
}
