import { isId } from '../../../lambda/directory/id';
import type { Collection, StoredResource } from '../../../lambda/directory/store';
import { atVersion, type Item, itemFormat, toStoredResource } from '../../../lambda/store/items';
import { type DirectoryKey, entryKey, parseEntryPartition, resourceKey } from '../../../lambda/store/keys';
import { getItem, type Tables } from '../../../lambda/store/tables';
import type { TransactAction } from '../../../lambda/store/transact';
import type { Difference, EntriesOf } from './difference';
import { commit, describeKey, mustExist, readable } from './read';

/** An entry that exists or should exist: it refers from a value to the resource with this id. */
export interface Entry {
  readonly key: DirectoryKey;
  readonly id: string;
}

type Side = 'wanted' | 'found';

/** Matches the entries that exist with those that resources need; keeps only those without a match. */
export class EntryMatch {
  private readonly unmatched = new Map<string, Side>();

  /** Adds an entry that a resource needs. */
  want(entry: Entry): void {
    this.meet(entry, 'wanted', 'found');
  }

  /** Adds an entry that exists. */
  find(entry: Entry): void {
    this.meet(entry, 'found', 'wanted');
  }

  get missing(): readonly Entry[] {
    return this.rest('wanted');
  }

  get leftover(): readonly Entry[] {
    return this.rest('found');
  }

  private meet({ key, id }: Entry, side: Side, other: Side): void {
    const name = JSON.stringify([key.pk, key.sk, id]);
    if (this.unmatched.get(name) === other) this.unmatched.delete(name);
    else this.unmatched.set(name, side);
  }

  private rest(side: Side): readonly Entry[] {
    return [...this.unmatched].flatMap(([name, its]) => {
      const [pk, sk, id] = JSON.parse(name) as [string, string, string];
      return its === side ? [{ key: { pk, sk }, id }] : [];
    });
  }
}

/** Examines an entry that no resource seemed to need. Such a claim makes its value unusable. */
export async function judgeLeftover(
  tables: Tables,
  entriesOf: EntriesOf,
  entry: Entry,
): Promise<Difference | undefined> {
  const [item, owner] = await Promise.all([getItem(tables, tables.directory, entry.key), readOwner(tables, entry)]);
  if (item?.id !== entry.id || isUnknown(owner) || needs(owner, entriesOf, entry.key)) return undefined;
  const condition = { ConditionExpression: 'id = :id', ExpressionAttributeValues: { ':id': entry.id } };
  const remove = { Delete: { TableName: tables.directory, Key: { ...entry.key }, ...condition } };
  return {
    ...describe('leftover entry', entry),
    repair: () => commit(tables, [remove, ...unchanged(tables, owner)]),
  };
}

/** Examines an entry that a resource seemed to lack: without it the resource is not found by that value. */
export async function judgeMissing(
  tables: Tables,
  entriesOf: EntriesOf,
  entry: Entry,
): Promise<Difference | undefined> {
  const [item, owner] = await Promise.all([getItem(tables, tables.directory, entry.key), readOwner(tables, entry)]);
  if (item?.id === entry.id || !needs(owner, entriesOf, entry.key)) return undefined;
  if (item) {
    const holder = await readOwner(tables, { key: entry.key, id: String(item.id) });
    if (needs(holder, entriesOf, entry.key)) return describe('doubled value', entry, ` as well as id=${item.id}`);
  }
  const put = {
    Put: {
      TableName: tables.directory,
      Item: { ...entry.key, id: entry.id, format: itemFormat },
      ConditionExpression: 'attribute_not_exists(pk)',
    },
  };
  return { ...describe('missing entry', entry), repair: () => commit(tables, [put, ...unchanged(tables, owner)]) };
}

/** Reads the resource that an entry refers to, if it exists. */
interface Owner {
  readonly collection: Collection;
  readonly id: string;
  readonly item: Item | undefined;
  readonly stored: StoredResource | undefined;
}

async function readOwner(tables: Tables, { key, id }: Entry): Promise<Owner> {
  const collection = parseEntryPartition(key.pk);
  if (!collection) throw new Error(`The item ${describeKey(key)} is no entry.`);
  const item = isId(id) ? await getItem(tables, tables.directory, resourceKey(collection, id)) : undefined;
  return { collection, id, item, stored: item && readable(item, toStoredResource) };
}

/** Whether the resource's entries cannot be determined. */
function isUnknown({ item, stored }: Owner): boolean {
  return item !== undefined && stored === undefined;
}

function needs({ collection, id, stored }: Owner, entriesOf: EntriesOf, { pk, sk }: DirectoryKey): boolean {
  if (!stored) return false;
  return entriesOf(collection, stored.resource)
    .map((entry) => entryKey(collection, entry, id))
    .some((key) => key.pk === pk && key.sk === sk);
}

/** The condition that a resource has not changed since its entry was judged. */
function unchanged(tables: Tables, { collection, id, stored }: Owner): readonly TransactAction[] {
  if (!isId(id)) return [];
  const key = resourceKey(collection, id);
  if (!stored) return [mustExist(tables, key, false)];
  return [{ ConditionCheck: { TableName: tables.directory, Key: key, ...atVersion(stored.version) } }];
}

function describe(problem: string, { key, id }: Entry, more = ''): Omit<Difference, 'repair'> {
  const { tenantId = '' } = parseEntryPartition(key.pk) ?? {};
  return { tenantId, problem, detail: `${describeKey(key)} id=${id}${more}` };
}
