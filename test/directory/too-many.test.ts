import { BatchWriteCommand, DeleteCommand } from '@aws-sdk/lib-dynamodb';
import type { Collection } from '../../lambda/directory/store';
import { type Item, resourceItem } from '../../lambda/store/items';
import { resourceKey } from '../../lambda/store/keys';
import { membershipItem } from '../../lambda/store/memberships';
import { inParallel } from '../../lambda/store/tables';
import { clientOf } from '../store/client';
import { type OpenTables, openTables } from '../store/open-tables';

const tenantId = 'tenantmanyes';
const users: Collection = { tenantId, type: 'User' };
const groups: Collection = { tenantId, type: 'Group' };
const instant = '2026-11-24T07:00:00.000Z';
const idOf = (at: number) => `${(at % 16).toString(16)}0000000-0000-4000-8000-${String(at).padStart(12, '0')}`;

/** One more than is examined: of resources, and of groups with all of their members. */
const tooManyUsers = 10_001;
const tooManyGroups = 1001;

let open: OpenTables;

async function write(table: string, items: readonly Item[]): Promise<void> {
  const batches = Array.from({ length: Math.ceil(items.length / 25) }, (_, at) => items.slice(at * 25, at * 25 + 25));
  await inParallel(batches, (batch) =>
    open.tables.client.send(
      new BatchWriteCommand({ RequestItems: { [table]: batch.map((Item) => ({ PutRequest: { Item } })) } }),
    ),
  );
}

const itemsOf = (collection: Collection, count: number) =>
  Array.from({ length: count }, (_, at) =>
    resourceItem(collection, {
      id: idOf(at),
      version: 1,
      created: instant,
      modified: instant,
      resource: { userName: `user${at}`, displayName: `name${at}` },
    }),
  );

beforeAll(async () => {
  open = await openTables();
  await write(open.tables.directory, [...itemsOf(users, tooManyUsers), ...itemsOf(groups, tooManyGroups)]);
  await write(
    open.tables.memberships,
    Array.from({ length: tooManyUsers }, (_, at) => membershipItem(tenantId, idOf(0), { value: idOf(at) })),
  );
});
afterAll(() => open.close());

async function search(path: string, query: Readonly<Record<string, string>>) {
  const send = clientOf(open.tables, tenantId, 'standard');
  const { status, body } = await send('GET', `/${path}?${new URLSearchParams({ count: '1', ...query })}`);
  return { status, found: body.totalResults };
}

const group = idOf(0);
const questions: readonly [string, string, Readonly<Record<string, string>>, Collection][] = [
  ['a filter that no index serves', 'Users', { filter: 'displayName sw "name"' }, users],
  ['an order', 'Users', { sortBy: 'displayName' }, users],
  ['a time', 'Users', { filter: `meta.lastModified ge "${instant}"` }, users],
  ['whole memberships', 'Groups', { filter: 'members pr', excludedAttributes: 'members' }, groups],
];

test('who is in a group is paged, also past 10,000; with more to it, at most 10,000 are examined', async () => {
  expect(await search('Users', { filter: `groups.value eq "${group}"` })).toEqual({ status: 200, found: tooManyUsers });
  expect(await search('Users', { filter: `groups.value eq "${group}" and active pr` })).toEqual({ status: 400 });
});

test.each(questions)(
  '%s that examines one resource too many is refused, never answered in part',
  async (_, path, query) => {
    expect(await search(path, query)).toEqual({ status: 400 });
  },
);

test.each(questions)('%s that examines as many as are allowed succeeds', async (_, path, query, collection) => {
  const last = resourceKey(collection, idOf((collection === users ? tooManyUsers : tooManyGroups) - 1));
  await open.tables.client.send(new DeleteCommand({ TableName: open.tables.directory, Key: { ...last } }));
  expect(await search(path, query)).toMatchObject({ status: 200 });
});
