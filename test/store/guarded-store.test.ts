import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { DynamoStore } from '../../lambda/store/dynamo-store';
import { GuardedStore } from '../../lambda/store/guarded-store';
import { tenantStateKey } from '../../lambda/store/keys';
import { refuseDeleted, stateCacheTime } from '../../lambda/store/tenant-state';
import { type OpenTables, openTables } from './open-tables';
import { user } from './things';

let open: OpenTables;
let tenants = 0;
let users = 0;

beforeAll(async () => {
  open = await openTables();
});

afterAll(() => open.close());

const reads = [
  'get',
  'getMany',
  'getToChange',
  'page',
  'count',
  'deletions',
  'query',
  'find',
  'findModified',
  'existing',
  'members',
  'memberships',
  'groupsOf',
];

function setUp() {
  const tenantId = `guarded${tenants++}`;
  let now = Date.now();
  const calls: string[] = [];
  const client = {
    send: ((command: { readonly constructor: { readonly name: string } }) => {
      calls.push(command.constructor.name);
      return open.tables.client.send(command as never);
    }) as (typeof open.tables.client)['send'],
  };
  const store = new GuardedStore(
    open.tables,
    refuseDeleted({ ...open.tables, client }, () => new Date(now)),
  );
  const collection = { tenantId, type: 'User' } as const;
  return {
    calls,
    collection,
    create: () => store.create(collection, user(`user${users++}`)),
    count: () => store.count(collection),
    pass: (milliseconds: number) => {
      now += milliseconds;
    },
    markDeleted: () =>
      open.tables.client.send(
        new UpdateCommand({
          TableName: open.tables.directory,
          Key: tenantStateKey(tenantId),
          UpdateExpression: 'SET deleted = :now',
          ExpressionAttributeValues: { ':now': new Date(now).toISOString() },
        }),
      ),
  };
}

test('every method of the store either reads or asks first whether the tenant may write', () => {
  const all = Object.getOwnPropertyNames(DynamoStore.prototype).filter((name) => name !== 'constructor');
  const guarded = Object.getOwnPropertyNames(GuardedStore.prototype);
  expect(all.filter((name) => !guarded.includes(name)).sort()).toEqual([...reads].sort());
});

test('a deleted tenant is refused with 401 and nothing is written', async () => {
  const { create, count, markDeleted } = setUp();
  await markDeleted();
  await expect(create()).rejects.toMatchObject({ status: 401, headers: { 'WWW-Authenticate': 'Bearer' } });
  expect(await count()).toBe(0);
});

test('a tenant’s state is read once in 5 seconds, and a deletion is noticed after that', async () => {
  const { calls, create, count, markDeleted, pass } = setUp();
  await create();
  await markDeleted();
  pass(stateCacheTime - 1);
  await create();
  expect(calls).toEqual(['GetCommand']);
  pass(1);
  await expect(create()).rejects.toMatchObject({ status: 401 });
  expect(calls).toEqual(['GetCommand', 'GetCommand']);
  expect(await count()).toBe(2);
});

test('a state that cannot be read fails the write, and is read again by the next', async () => {
  let failing = true;
  const client = {
    send: ((command: unknown) =>
      failing
        ? Promise.reject(new Error('down'))
        : open.tables.client.send(command as never)) as (typeof open.tables.client)['send'],
  };
  const store = new GuardedStore(
    open.tables,
    refuseDeleted({ ...open.tables, client }, () => new Date()),
  );
  const collection = { tenantId: 'unknown', type: 'User' } as const;
  await expect(store.create(collection, user(`user${users++}`))).rejects.toThrow('down');
  failing = false;
  await store.create(collection, user(`user${users++}`));
  expect(await store.count(collection)).toBe(1);
});
