import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { indexEntries } from '../../lambda/directory/index-entries';
import { resourceTypes } from '../../lambda/directory/resource-types';
import type { Collection } from '../../lambda/directory/store';
import type { ProfileName } from '../../lambda/scim/schema/profile';
import { resourceView } from '../../lambda/scim/schema/view';
import { type Item, toStoredResource } from '../../lambda/store/items';
import {
  countLeaf,
  deletionPartition,
  entryKey,
  parseResourceKey,
  tenantStateKey,
  tombstoneBodyPartition,
  tombstonePartition,
} from '../../lambda/store/keys';
import type { Tables } from '../../lambda/store/tables';

/** The content of a tenant's items, from a full read of both tables. */
export interface Recount {
  /** Resources by type, each as `name:` and the value that names it, in order. */
  readonly names: readonly string[];
  /** Memberships whose group and member exist, as `group>member` in names. */
  readonly memberships: readonly string[];
  /** Memberships that a deletion left, hidden by its mark. */
  readonly hidden: number;
  /** Where claims, entries, counts, memberships or tombstones differ from the resources. */
  readonly differences: readonly string[];
}

/** Recounts a tenant by scanning both tables, and compares the result with its counts and claims. */
export async function recount(tables: Tables, tenantId: string, profile: ProfileName): Promise<Recount> {
  const [directory, memberships] = await Promise.all([
    scan(tables, tables.directory).then((items) => items.filter(({ pk }) => String(pk).startsWith(`${tenantId}#`))),
    scan(tables, tables.memberships).then((items) =>
      items.filter(({ group }) => String(group).startsWith(`${tenantId}#`)),
    ),
  ]);
  const { names, expected, counted } = readResources(directory, profile);
  const { found, said, marked, tombstones } = readRest(directory, tenantId);

  const refs = memberships.map(({ group, member }) => [group, member].map((ref) => String(ref).split('#')[1] ?? ''));
  const hidden = refs.filter((ids) => ids.some((id) => marked.has(id)));
  const shown = refs.filter((ids) => !ids.some((id) => marked.has(id)));
  return {
    names: [...names.values()].sort(),
    memberships: shown.map((ids) => ids.map((id) => names.get(id)).join('>')).sort(),
    hidden: hidden.length,
    differences: [
      ...[...expected].filter((entry) => !found.has(entry)).map((entry) => `missing: ${entry}`),
      ...[...found].filter((entry) => !expected.has(entry)).map((entry) => `left over: ${entry}`),
      ...[...new Set([...counted.keys(), ...said.keys()])]
        .filter((row) => counted.get(row) !== said.get(row))
        .map((row) => `count ${row}: ${said.get(row)} instead of ${counted.get(row)}`),
      ...[...tombstones].filter((id) => names.has(id)).map((id) => `tombstone of ${id}, which exists`),
      ...shown.filter((ids) => ids.some((id) => !names.has(id))).map((ids) => `dangling: ${ids.join('>')}`),
    ],
  };
}

/** The facts from the resources: their names, the entries that they must have, their numbers by row and leaf. */
function readResources(directory: readonly Item[], profile: ProfileName) {
  const names = new Map<string, string>();
  const expected = new Set<string>();
  const counted = new Map<string, number>();
  for (const item of directory) {
    const { collection, id } = parseResourceKey({ pk: String(item.pk), sk: String(item.sk) }) ?? {};
    if (!collection || !id) continue;
    const { resource } = toStoredResource(item);
    names.set(id, String(resource.userName ?? resource.displayName));
    for (const entry of entriesOf(collection, profile, resource)) {
      expected.add(`${Object.values(entryKey(collection, entry, id)).join(' ')} → ${id}`);
    }
    const row = `${collection.type} ${id.slice(0, 2)}`;
    for (const name of ['total', countLeaf(id.slice(2, 3))]) add(counted, `${row} ${name}`);
  }
  return { names, expected, counted };
}

interface Row {
  readonly pk: string;
  readonly sk: string;
  readonly id?: string;
  readonly version?: number;
  readonly format?: number;
}

/**
 * The facts from the other items: the existing entries, the counts other than zero, the marked deletions, the
 * tombstones.
 */
function readRest(directory: readonly Item[], tenantId: string) {
  const found = new Set<string>();
  const said = new Map<string, number>();
  const marked = new Set<string>();
  const tombstones = new Set<string>();
  for (const { pk, sk, version, format, ...values } of directory as unknown as readonly Row[]) {
    if (parseResourceKey({ pk, sk }) || pk === tenantStateKey(tenantId).pk) continue;
    if (pk === deletionPartition(tenantId)) marked.add(sk);
    else if (pk === tombstonePartition(tenantId) || pk === tombstoneBodyPartition(tenantId)) tombstones.add(sk);
    else if (pk.includes('#COUNT#')) readCounts(said, pk.endsWith('#USER') ? 'User' : 'Group', sk, values);
    else found.add(`${pk} ${sk} → ${values.id}`);
  }
  return { found, said, marked, tombstones };
}

function readCounts(said: Map<string, number>, type: string, row: string, values: Item): void {
  for (const [name, value] of Object.entries(values)) {
    if (value !== 0) said.set(`${type} ${row} ${name}`, Number(value));
  }
}

function entriesOf({ type }: Collection, profile: ProfileName, resource: Parameters<typeof indexEntries>[2]) {
  const resourceType = resourceTypes.find(({ name }) => name === type);
  return resourceType ? indexEntries(resourceType, resourceView(profile, type), resource) : [];
}

function add(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

async function scan(tables: Tables, TableName: string): Promise<readonly Item[]> {
  const items: Item[] = [];
  let start: Item | undefined;
  do {
    const command = new ScanCommand({ TableName, ConsistentRead: true, ...(start && { ExclusiveStartKey: start }) });
    const output = await tables.client.send(command);
    items.push(...(output.Items ?? []));
    start = output.LastEvaluatedKey;
  } while (start);
  return items;
}
