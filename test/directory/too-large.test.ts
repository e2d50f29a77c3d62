import { listHandler } from '../../lambda/directory/list';
import { answered, searched } from '../../lambda/directory/membership-bounds';
import { groupType, userType } from '../../lambda/directory/resource-types';
import type { Collection, StoredResource } from '../../lambda/directory/store';
import { maxReadBytes } from '../../lambda/scim/message/limits';
import { batchWrite } from '../../lambda/store/batches';
import { DynamoStore } from '../../lambda/store/dynamo-store';
import { resourceItem } from '../../lambda/store/items';
import { membershipItem } from '../../lambda/store/memberships';
import { meter } from '../store/metering';
import { type OpenTables, openTables } from '../store/open-tables';
import { request, servicesOver } from './requests';

const tenantId = 'tenantlarges';
const users: Collection = { tenantId, type: 'User' };
const instant = '2026-11-24T07:00:00.000Z';
const idOf = (at: number) => `${(at % 16).toString(16)}0000000-0000-4000-8000-${String(at).padStart(12, '0')}`;

/** Users of 290 KB, more than one request may read. */
const count = 40;
const large = (at: number): StoredResource => ({
  id: idOf(at),
  version: 1,
  created: instant,
  modified: instant,
  resource: {
    userName: `user${at}`,
    roles: Array.from({ length: 36 }, (_, index) => ({ value: `${index}${'x'.repeat(8000)}` })),
  },
});

let open: OpenTables;
beforeAll(async () => {
  open = await openTables();
  await batchWrite(
    open.tables,
    open.tables.directory,
    Array.from({ length: count }, (_, at) => ({ put: resourceItem(users, large(at)) })),
  );
  await batchWrite(
    open.tables,
    open.tables.memberships,
    Array.from({ length: count }, (_, at) => ({ put: membershipItem(tenantId, idOf(1000), { value: idOf(at) }) })),
  );
});
afterAll(() => open.close());

const list = async (path: string) =>
  listHandler(userType)(
    servicesOver(new DynamoStore(open.tables)),
    request('GET', path, { tenantId, profile: 'standard' }),
  );

test.each([
  ['a filter that no index serves', 'roles.value sw "1"'],
  ['a filter whose index leads to too much', `groups.value eq "${idOf(1000)}" and active pr`],
  ['a time', `meta.lastModified ge "${instant}"`],
])('%s reads no more than 8 MB, and says which filters are indexed', async (_, filter) => {
  const error = await list(`/Users?count=1&${new URLSearchParams({ filter })}`).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ status: 400, scimType: 'tooMany' });
  expect(String(error)).toContain(`more than ${maxReadBytes} bytes`);
  expect(String(error)).toContain('a filter that an index serves: id, userName');
});

test('a page reads no more than 8 MB, and a smaller one is answered', async () => {
  await expect(list('/Users?count=40')).rejects.toMatchObject({ status: 400, scimType: 'tooMany' });
  const { body } = await list('/Users?count=20&attributes=userName');
  expect(body?.Resources).toHaveLength(20);
});

test('what is refused was not read to its end', async () => {
  const metered = meter(open.tables);
  const [error, { itemsRead }] = await metered.measure(() =>
    new DynamoStore(metered.tables)
      .getMany(
        users,
        Array.from({ length: count }, (_, at) => idOf(at)),
        2_000_000,
      )
      .catch((thrown: unknown) => thrown),
  );
  expect(error).toMatchObject({ status: 400 });
  expect(itemsRead).toBeLessThan(12);
});

test.each([
  ['a time', 10, (store: DynamoStore) => store.findModified(users, { from: instant }, 10)],
  ['a group', 10, (store: DynamoStore) => store.members(tenantId, [idOf(1000)], { ...answered(groupType), most: 10 })],
  [
    'several groups',
    16,
    (store: DynamoStore) => store.members(tenantId, [idOf(1000), idOf(1001)], { ...searched, most: 16 }),
  ],
])('what leads to too much is not read to its end: %s', async (_, most, read) => {
  const metered = meter(open.tables);
  const [error, { itemsRead }] = await metered.measure(() =>
    read(new DynamoStore(metered.tables)).catch((thrown: unknown) => thrown),
  );
  expect(error).toMatchObject({ status: 400, scimType: 'tooMany' });
  expect(itemsRead).toBeLessThanOrEqual(2 * most + 16);
  expect(itemsRead).toBeLessThan(count);
});

test('memberships of a page are read as far as an answer can hold them', async () => {
  const store = new DynamoStore(open.tables);
  const groups = [idOf(1000), idOf(1001)];
  const bound = (most: number) => ({ ...answered(groupType), most });
  expect((await store.members(tenantId, groups, bound(count))).get(idOf(1000))).toHaveLength(count);
  await expect(store.members(tenantId, groups, bound(count - 1))).rejects.toMatchObject({
    status: 400,
    scimType: 'tooMany',
    detail: expect.stringContaining('excludedAttributes=members'),
  });
});
