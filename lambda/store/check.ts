import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { Collection, IndexEntry } from '../directory/store';
import type { Resource } from '../scim/resource/resource';
import { atVersion, type Item, toStoredResource } from './items';
import { countLeaf, type DirectoryKey, deletionPartition, entryKey, parseResourceKey, refId } from './keys';
import { call, type Tables } from './tables';
import { type TransactAction, transact } from './transact';

/** The entries that a resource of a collection must have. */
export type EntriesOf = (collection: Collection, resource: Resource) => readonly IndexEntry[];

/** Something in the tables that is not as the resources say, and the writes that make it so. */
export interface Difference {
  readonly problem: 'missing entry' | 'leftover entry' | 'wrong count' | 'dangling membership';
  /** The item's key, and what is wrong with it; no personal data. */
  readonly detail: string;
  readonly repair: readonly TransactAction[];
}

interface Owned {
  readonly key: DirectoryKey;
  readonly version: number;
}

/**
 * Recounts a tenant: reads both tables in full and compares claims, entries, counts and memberships with the resources.
 * What changes meanwhile can look like a difference; `confirm` tells which of them are real.
 * @throws Error naming the key of an item that cannot be read
 */
export async function check(tables: Tables, tenantId: string, entriesOf: EntriesOf): Promise<readonly Difference[]> {
  const memberships = await scan(tables, tables.memberships, 'group', tenantId);
  const directory = await scan(tables, tables.directory, 'pk', tenantId);
  const resources = directory.filter((item) => parseResourceKey(keyOf(item)));
  const counts = directory.filter(({ pk }) => String(pk).startsWith(`${tenantId}#COUNT#`));
  const marks = directory.filter(({ pk }) => pk === deletionPartition(tenantId));
  const special = new Set([...resources, ...counts, ...marks]);
  const entries = directory.filter((item) => !special.has(item));
  return [
    ...compareEntries(tables, resources, entries, entriesOf),
    ...compareCounts(tables, tenantId, resources, counts),
    ...compareMemberships(tables, memberships, idsOf(resources), idsOf(marks)),
  ];
}

/** Those of some differences that a second check finds again, word for word. */
export function confirm(first: readonly Difference[], second: readonly Difference[]): readonly Difference[] {
  const details = new Set(first.map(({ detail }) => detail));
  return second.filter(({ detail }) => details.has(detail));
}

/** Repairs a difference, unless what it was found in has changed since. Tells whether it did. */
export async function repair(tables: Tables, { repair: actions }: Difference): Promise<boolean> {
  return actions.length > 0 && (await transact(tables, actions)).length === 0;
}

function compareEntries(
  tables: Tables,
  resources: readonly Item[],
  entries: readonly Item[],
  entriesOf: EntriesOf,
): readonly Difference[] {
  const owners = new Map<string, Owned>();
  const wanted = new Map<string, Item>();
  for (const item of resources) {
    const { collection, id } = parseResourceKey(keyOf(item)) ?? {};
    if (!collection || !id) continue;
    const stored = toStoredResource(item);
    owners.set(id, { key: keyOf(item), version: stored.version });
    for (const entry of entriesOf(collection, stored.resource)) {
      const made = { ...entryKey(collection, entry, id), id };
      wanted.set(nameOf(made), made);
    }
  }
  const found = new Set(entries.map(nameOf));
  const unchanged = (id: unknown) => unchangedOwner(tables, owners.get(String(id)));
  const missing = [...wanted.values()].filter((item) => !found.has(nameOf(item)));
  const leftover = entries.filter((item) => !wanted.has(nameOf(item)));
  return [
    ...leftover.map((item): Difference => {
      const condition = { ConditionExpression: 'id = :id', ExpressionAttributeValues: { ':id': item.id } };
      const remove = { Delete: { TableName: tables.directory, Key: { ...keyOf(item) }, ...condition } };
      return { problem: 'leftover entry', detail: nameOf(item), repair: [remove, ...unchanged(item.id)] };
    }),
    ...missing.map((item): Difference => {
      const condition = { ConditionExpression: 'attribute_not_exists(pk)' };
      const put = { Put: { TableName: tables.directory, Item: item, ...condition } };
      return { problem: 'missing entry', detail: nameOf(item), repair: [put, ...unchanged(item.id)] };
    }),
  ];
}

function unchangedOwner({ directory }: Tables, owner: Owned | undefined): readonly TransactAction[] {
  if (!owner) return [];
  return [{ ConditionCheck: { TableName: directory, Key: { ...owner.key }, ...atVersion(owner.version) } }];
}

function compareCounts(
  tables: Tables,
  tenantId: string,
  resources: readonly Item[],
  rows: readonly Item[],
): readonly Difference[] {
  const counted = new Map<string, number>();
  for (const { pk, sk } of resources.map(keyOf)) {
    const row = `${tenantId}#COUNT#${pk.slice(tenantId.length + 1)} ${sk.slice(0, 2)}`;
    for (const name of ['total', countLeaf(sk.slice(2, 3))]) {
      counted.set(`${row} ${name}`, (counted.get(`${row} ${name}`) ?? 0) + 1);
    }
  }
  const said = new Map(
    rows.flatMap(({ pk, sk, ...values }) =>
      Object.entries(values).map(([name, value]): [string, number] => [`${pk} ${sk} ${name}`, Number(value)]),
    ),
  );
  const names = [...new Set([...counted.keys(), ...said.keys()])];
  return names
    .filter((name) => (counted.get(name) ?? 0) !== (said.get(name) ?? 0))
    .map((name) => ({
      problem: 'wrong count',
      detail: `${name}: ${said.get(name) ?? 'nothing'} instead of ${counted.get(name) ?? 0}`,
      repair: [setCount(tables, name, said.get(name), counted.get(name) ?? 0)],
    }));
}

function setCount({ directory }: Tables, name: string, said: number | undefined, counted: number): TransactAction {
  const [pk, sk, attribute = ''] = name.split(' ');
  return {
    Update: {
      TableName: directory,
      Key: { pk, sk },
      UpdateExpression: 'SET #count = :counted',
      ConditionExpression: said === undefined ? 'attribute_not_exists(#count)' : '#count = :said',
      ExpressionAttributeNames: { '#count': attribute },
      ExpressionAttributeValues: { ':counted': counted, ...(said !== undefined && { ':said': said }) },
    },
  };
}

// What a marked deletion left is hidden, and swept by the stream handler.
function compareMemberships(
  tables: Tables,
  memberships: readonly Item[],
  ids: ReadonlySet<string>,
  marked: ReadonlySet<string>,
): readonly Difference[] {
  const ends = ({ group, member }: Item) => [refId(String(group)), refId(String(member))];
  return memberships
    .filter((item) => ends(item).some((id) => !ids.has(id)) && !ends(item).some((id) => marked.has(id)))
    .map(({ group, member }) => ({
      problem: 'dangling membership',
      detail: `group=${group} member=${member}`,
      repair: [{ Delete: { TableName: tables.memberships, Key: { group, member } } }],
    }));
}

function keyOf({ pk, sk }: Item): DirectoryKey {
  return { pk: String(pk), sk: String(sk) };
}

function nameOf(item: Item): string {
  return `pk=${item.pk} sk=${item.sk} id=${item.id}`;
}

function idsOf(items: readonly Item[]): ReadonlySet<string> {
  return new Set(items.map(({ sk }) => String(sk)));
}

async function scan(tables: Tables, TableName: string, key: string, tenantId: string): Promise<readonly Item[]> {
  const items: Item[] = [];
  let start: Item | undefined;
  do {
    const command = new ScanCommand({
      TableName,
      ConsistentRead: true,
      FilterExpression: 'begins_with(#key, :tenant)',
      ExpressionAttributeNames: { '#key': key },
      ExpressionAttributeValues: { ':tenant': `${tenantId}#` },
      ...(start && { ExclusiveStartKey: start }),
    });
    const output = await call(() => tables.client.send(command));
    items.push(...(output.Items ?? []));
    start = output.LastEvaluatedKey;
  } while (start);
  return items;
}
