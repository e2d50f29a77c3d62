import { isBusy } from '../../../lambda/store/errors';
import type { Item } from '../../../lambda/store/items';
import type { DirectoryKey, MembershipKey } from '../../../lambda/store/keys';
import type { Tables } from '../../../lambda/store/tables';
import { type TransactAction, transact } from '../../../lambda/store/transact';

/** What a function reads in an item; undefined if the item cannot be read. */
export function readable<Read>(item: Item, read: (item: Item) => Read): Read | undefined {
  try {
    return read(item);
  } catch {
    return undefined;
  }
}

/** The key of an item of the directory table. */
export function keyOf({ pk, sk }: Item): DirectoryKey {
  return { pk: String(pk), sk: String(sk) };
}

/** Formats a key for people. */
export function describeKey(key: DirectoryKey | MembershipKey): string {
  return Object.entries(key)
    .map(([name, value]) => `${name}=${value}`)
    .join(' ');
}

/** Commits a transaction. Returns false if a condition fails, or other transactions keep conflicting with it. */
export async function commit(tables: Tables, actions: readonly TransactAction[]): Promise<boolean> {
  try {
    return (await transact(tables, actions)).length === 0;
  } catch (error) {
    if (isBusy(error)) return false;
    throw error;
  }
}

/** The condition, in a transaction, that an item of the directory table exists or does not. */
export function mustExist({ directory }: Tables, key: DirectoryKey, exists: boolean): TransactAction {
  const ConditionExpression = exists ? 'attribute_exists(pk)' : 'attribute_not_exists(pk)';
  return { ConditionCheck: { TableName: directory, Key: { ...key }, ConditionExpression } };
}
