import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { indexEntries } from '../../lambda/directory/index-entries';
import { resourceTypes } from '../../lambda/directory/resource-types';
import { resourceView } from '../../lambda/scim/schema/view';
import { check, confirm, type EntriesOf, repair } from '../../lambda/store/check';
import { DynamoStore } from '../../lambda/store/dynamo-store';
import { countKey, entryKey, membershipKey } from '../../lambda/store/keys';
import { recount } from './recount';
import { type OpenTables, openTables } from './tables';
import { group, groups, user, users } from './things';

const profile = 'identity-center';
const entriesOf: EntriesOf = ({ type }, resource) =>
  resourceTypes
    .filter(({ name }) => name === type)
    .flatMap((one) => indexEntries(one, resourceView(profile, type), resource));

let open: OpenTables;
const [anna, staff] = [user('anna', { externalId: 'ext-anna' }), group('staff')];

beforeAll(async () => {
  open = await openTables();
  const store = new DynamoStore(open.tables);
  await store.create(users, anna);
  await store.create(groups, staff, [{ value: anna.stored.id }]);
});
afterAll(() => open.close());

const run = () => check(open.tables, users.tenantId, entriesOf);

test('a tenant that is as its resources say shows no difference', async () => {
  expect(await run()).toEqual([]);
});

test('a claim that is gone, one left over, a wrong count and a dangling membership are found and repaired', async () => {
  const { directory, memberships, client } = open.tables;
  const [claim] = anna.entries;
  const ghost = user('ghost').stored.id;
  const entry = { index: 'userName', value: 'ghost', key: 'ghost', unique: true } as const;
  if (claim) await client.send(new DeleteCommand({ TableName: directory, Key: { ...entryKey(users, claim, '') } }));
  const leftover = { ...entryKey(users, entry, ghost), id: ghost };
  await client.send(new PutCommand({ TableName: directory, Item: leftover }));
  await client.send(new PutCommand({ TableName: directory, Item: { ...countKey(users, anna.stored.id), total: 7 } }));
  const edge = membershipKey(users.tenantId, staff.stored.id, ghost);
  await client.send(new PutCommand({ TableName: memberships, Item: { ...edge } }));

  const found = confirm(await run(), await run());
  expect([...new Set(found.map(({ problem }) => problem))].sort()).toEqual([
    'dangling membership',
    'leftover entry',
    'missing entry',
    'wrong count',
  ]);
  for (const difference of found) expect(await repair(open.tables, difference)).toBe(true);
  expect(await run()).toEqual([]);
  expect((await recount(open.tables, users.tenantId, profile)).differences).toEqual([]);
});

test('what changed since it was found is left as it is', async () => {
  const { directory, client } = open.tables;
  await client.send(new PutCommand({ TableName: directory, Item: { ...countKey(users, anna.stored.id), total: 5 } }));
  const [found] = await run();
  await client.send(new PutCommand({ TableName: directory, Item: { ...countKey(users, anna.stored.id), total: 6 } }));
  expect(found && (await repair(open.tables, found))).toBe(false);
});
