import { randomUUID } from 'node:crypto';
import { indexEntries } from '../lambda/directory/index-entries';
import { groupType, type ResourceType, userType } from '../lambda/directory/resource-types';
import type { Collection } from '../lambda/directory/store';
import type { Resource } from '../lambda/scim/resource/resource';
import { resourceView } from '../lambda/scim/schema/view';
import { type Item, resourceItem } from '../lambda/store/items';
import { countKey, countLeaf, entryKey } from '../lambda/store/keys';
import { membershipItem } from '../lambda/store/memberships';
import type { Tables } from '../lambda/store/tables';
import type { Engine } from '../local/engine/engine';
import { userBody } from '../test/directory/requests';

export const profile = 'standard';

/** Above this size only the count rows exist, and the users of pages at the start, in the middle and at the end. */
const wholeUpTo = 100_000;
const leaves = 4096;

/** A seeded tenant. User `at` is called `user<at>`. */
export interface SeededTenant {
  readonly tenantId: string;
  readonly size: number;
  /** The ids of users; the last ones are not in the group. */
  readonly users: readonly string[];
  readonly group: string;
}

/** How many users are in no group. */
export const outside = 20;

/** The names of the two tables. */
export type Names = Pick<Tables, 'directory' | 'memberships'>;

/** What takes the items: the engine, or a client of it. */
export type Sink = Pick<Engine, 'call'>;

/** Writes a tenant's items directly into the engine, without the SCIM methods and the SDK. */
export async function seedTenant(
  engine: Sink,
  names: Names,
  size: number,
  tenantId = `bench${size}`,
): Promise<SeededTenant> {
  const users: Collection = { tenantId, type: 'User' };
  const groups: Collection = { tenantId, type: 'Group' };
  const counted = leafCounts(size);
  const ids = size > wholeUpTo ? idsOfReadLeaves(counted) : idsOf(counted);
  const group = randomUUID();
  const items = [
    ...ids.flatMap((id, at) => itemsOf(userType, users, id, userBody(`user${at}`))),
    ...countRows(users, counted),
    ...itemsOf(groupType, groups, group, { displayName: 'Everyone' }),
    { ...countKey(groups, group), total: 1, [countLeaf(group.slice(2, 3))]: 1 },
  ];
  const members = ids.slice(0, -outside).map((value) => membershipItem(tenantId, group, { value }));
  await write(engine, names.directory, items);
  await write(engine, names.memberships, members);
  return { tenantId, size, users: ids, group };
}

/** How many users have ids with each three digits, spread evenly. */
function leafCounts(size: number): readonly number[] {
  return Array.from(
    { length: leaves },
    (_, at) => Math.floor(((at + 1) * size) / leaves) - Math.floor((at * size) / leaves),
  );
}

function idsOf(counted: readonly number[], wanted: (leaf: number) => boolean = () => true): readonly string[] {
  const ids = counted.flatMap((count, leaf) => (wanted(leaf) ? Array.from({ length: count }, () => idIn(leaf)) : []));
  // Not in the order of their ids, as they would come in.
  return ids
    .map((id) => [randomUUID(), id] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, id]) => id);
}

const prefixOf = (leaf: number) => leaf.toString(16).padStart(3, '0');
const idIn = (leaf: number) => prefixOf(leaf) + randomUUID().slice(3);

const idsOfReadLeaves = (counted: readonly number[]) =>
  idsOf(counted, (leaf) => [0, 1, leaves / 2 - 1, leaves / 2, leaves / 2 + 1, leaves - 2, leaves - 1].includes(leaf));

function countRows(users: Collection, counted: readonly number[]): readonly Item[] {
  const rows = new Map<string, Record<string, number>>();
  for (const [leaf, count] of counted.entries()) {
    if (count === 0) continue;
    const row = rows.get(prefixOf(leaf).slice(0, 2)) ?? { total: 0 };
    row.total = (row.total ?? 0) + count;
    row[countLeaf(prefixOf(leaf).slice(2))] = count;
    rows.set(prefixOf(leaf).slice(0, 2), row);
  }
  return [...rows].map(([prefix, row]) => ({ ...countKey(users, prefix), ...row }));
}

function itemsOf(type: ResourceType, collection: Collection, id: string, body: Resource): readonly Item[] {
  const { schemas: _, ...resource } = body;
  const now = new Date().toISOString();
  const entries = indexEntries(type, resourceView(profile, type.name), resource);
  return [
    resourceItem(collection, { id, version: 1, created: now, modified: now, resource }),
    ...entries.map((entry) => ({ ...entryKey(collection, entry, id), id })),
  ];
}

/** Writes items directly into the engine. */
export async function write(engine: Sink, table: string, items: readonly Item[]): Promise<void> {
  for (let at = 0; at < items.length; at += 25) {
    const requests = items.slice(at, at + 25).map((item) => ({ PutRequest: { Item: attributesOf(item) } }));
    const { status, body } = await engine.call('DynamoDB_20120810.BatchWriteItem', {
      RequestItems: { [table]: requests },
    });
    if (status !== 200) throw new Error(`The engine returned ${JSON.stringify(body)}`);
  }
}

const attributesOf = (item: object) =>
  Object.fromEntries(Object.entries(item).map(([name, value]) => [name, attributeOf(value)]));

function attributeOf(value: unknown): object {
  if (Array.isArray(value)) return { L: value.map(attributeOf) };
  if (typeof value === 'object') return { M: attributesOf(value ?? {}) };
  if (typeof value === 'number') return { N: String(value) };
  return typeof value === 'boolean' ? { BOOL: value } : { S: String(value) };
}
