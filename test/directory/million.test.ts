import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import { userType } from '../../lambda/directory/resource-types';
import { dispatch } from '../../lambda/gateway/dispatch';
import { resourceEndpoints } from '../../lambda/gateway/endpoints';
import { DynamoStore } from '../../lambda/store/dynamo-store';
import { type Item, resourceItem } from '../../lambda/store/items';
import { countKey, countLeaf } from '../../lambda/store/keys';
import { type MeteredTables, meter } from '../store/metering';
import { type OpenTables, openTables } from '../store/open-tables';
import { request, servicesOver } from './requests';

const tenantId = 'tenantmillio';
const users = { tenantId, type: 'User' } as const;
const endpoints = resourceEndpoints(userType);

/** Users spread evenly over the 4,096 leaves of ids, as random ids are; only the leaves that are read have theirs. */
const million = 1_000_000;
const leaves = 4096;
const before = (leaf: number) => Math.floor((leaf * million) / leaves);
const prefixOf = (leaf: number) => leaf.toString(16).padStart(3, '0');
const idOf = (leaf: number, at: number) => `${prefixOf(leaf)}00000-0000-4000-8000-${String(at).padStart(12, '0')}`;
const idAt = (offset: number) => {
  const leaf = Math.floor(((offset + 1) * leaves - 1) / million);
  return idOf(leaf, offset - before(leaf));
};

let open: OpenTables;
let metered: MeteredTables;

async function write(items: readonly Item[]): Promise<void> {
  for (let at = 0; at < items.length; at += 25) {
    const puts = items.slice(at, at + 25).map((Item) => ({ PutRequest: { Item } }));
    await open.tables.client.send(new BatchWriteCommand({ RequestItems: { [open.tables.directory]: puts } }));
  }
}

function countRow(row: number): Item {
  const counts = Array.from({ length: 16 }, (_, digit) => {
    const leaf = row * 16 + digit;
    return [countLeaf(digit.toString(16)), before(leaf + 1) - before(leaf)] as const;
  });
  const total = counts.reduce((sum, [, count]) => sum + count, 0);
  return { ...countKey(users, prefixOf(row * 16)), ...Object.fromEntries(counts), total, format: 1 };
}

function usersOf(leaf: number): readonly Item[] {
  const instant = '2026-11-24T07:00:00.000Z';
  return Array.from({ length: before(leaf + 1) - before(leaf) }, (_, at) => {
    const id = idOf(leaf, at);
    return resourceItem(users, { id, version: 1, created: instant, modified: instant, resource: { userName: id } });
  });
}

beforeAll(async () => {
  open = await openTables();
  metered = meter(open.tables);
  await write(Array.from({ length: 256 }, (_, row) => countRow(row)));
  for (const leaf of [0, 1, 2047, 2048, 2049, 4094, 4095]) await write(usersOf(leaf));
});
afterAll(() => open.close());

async function list(query: string) {
  const sent = request('GET', `/Users?${query}`, { tenantId });
  const services = servicesOver(new DynamoStore(metered.tables));
  const [{ body }, cost] = await metered.measure(async () => dispatch(endpoints, sent)(services, sent));
  const resources = (body?.Resources ?? []) as readonly { readonly id: string }[];
  return { total: body?.totalResults, ids: resources.map(({ id }) => id), next: body?.nextCursor, cost };
}

const stretch = (start: number, count: number) => Array.from({ length: count }, (_, at) => idAt(start - 1 + at));

test.each([
  [1, 200],
  [2, 200],
  [201, 200],
  [500_000, 200],
  [500_001, 1],
  [500_100, 200],
  [999_801, 200],
  [1_000_000, 200],
])(
  'of a million users, those from startIndex %i come with the exact total in two round trips',
  async (start, count) => {
    const { total, ids, cost } = await list(`startIndex=${start}&count=${count}`);
    expect(total).toBe(million);
    expect(ids).toEqual(stretch(start, Math.min(count, million - start + 1)));
    expect(cost.trips).toBeLessThanOrEqual(2);
    // The rows of counts, the page and one more, and what is before it in its leaf.
    expect(cost.itemsRead).toBeLessThanOrEqual(256 + count + 1 + Math.ceil(million / leaves));
  },
);

test('past the end there is an empty page with the exact total, in one round trip', async () => {
  const { total, ids, cost } = await list(`startIndex=${million + 1}`);
  expect([total, ids, cost.trips]).toEqual([million, [], 1]);
});

test('a page after a cursor is one round trip, wherever it is', async () => {
  const first = await list('cursor=&count=200');
  expect([first.ids, first.total, first.cost.trips]).toEqual([stretch(1, 200), million, 1]);
  const { ids, cost } = await list(`cursor=${encodeURIComponent(String(first.next))}&count=200`);
  expect([ids, cost.trips]).toEqual([stretch(201, 200), 1]);
});
