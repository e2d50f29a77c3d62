import { createHash } from 'node:crypto';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { type Counter, countedFor } from '../../lambda/directory/hour-count';
import { DynamoStore } from '../../lambda/store/dynamo-store';
import { type CountedBy, charge, readHourCount, writeHourCount } from '../../lambda/store/hour-counts';
import { hourCountKey } from '../../lambda/store/keys';
import type { Tables } from '../../lambda/store/tables';
import { faults, faulty } from './faults';
import { itemSize } from './item-size';
import { type MeteredTables, meter } from './metering';
import { type OpenTables, openTables } from './open-tables';
import { user } from './things';

const start = Date.parse('2026-11-27T10:00:00Z');
let open: OpenTables;
let metered: MeteredTables;
let tenants = 0;

beforeAll(async () => {
  open = await openTables();
  metered = meter(open.tables);
});
afterAll(() => open.close());

function setUp(by: CountedBy = 'brake', counter: Counter = 'users') {
  const tenantId = `count${tenants++}`;
  return {
    tenantId,
    count: (key: string, { amount = 1, now = start, since = 0, tables = open.tables as Tables } = {}) =>
      charge(tables, tenantId, by, { counter, key, amount }, { now, since }),
    stored: async () => (await readHourCount(open.tables, tenantId, by, counter))?.count,
  };
}

const upTo = <T>(count: number, make: (at: number) => T) => Array.from({ length: count }, (_, at) => make(at));

test('of many at the same time exactly as many are allowed as the limit says', async () => {
  const { count, stored } = setUp();
  const answers = await Promise.all(upTo(120, (at) => count(`user ${at}`)));
  expect(answers.filter(({ within }) => within)).toHaveLength(20);
  expect(await stored()).toMatchObject({ limit: 20, held: start });
  expect((await stored())?.entries.size).toBe(20);
});

test('once the counter exists, counting is one conditional write', async () => {
  const { count } = setUp();
  await count('first');
  const [, cost] = await metered.measure(() => count('second', { tables: metered.tables }));
  expect(cost).toMatchObject({ trips: 1, calls: 1 });
});

test('the limit follows the number of users, which is counted again after an hour', async () => {
  const { tenantId, count, stored } = setUp();
  const store = new DynamoStore(open.tables);
  await count('first');
  for (let at = 0; at < 110; at++) await store.create({ tenantId, type: 'User' }, user(`${tenantId}-${at}`));
  await count('second', { now: start + countedFor - 1 });
  expect(await stored()).toMatchObject({ users: 0, limit: 20 });
  await count('third', { now: start + countedFor });
  expect(await stored()).toMatchObject({ users: 110, limit: 22 });
});

test('what is an hour old no longer counts; the hour slides', async () => {
  const { count } = setUp('alarm');
  await count('early', { amount: 15 });
  expect(await count('middle', { amount: 5, now: start + countedFor / 2 })).toEqual({ within: true, left: 0 });
  expect(await count('too many', { now: start + countedFor - 1 })).toEqual({ within: false, left: 0 });
  expect(await count('late', { amount: 15, now: start + countedFor })).toEqual({ within: true, left: 0 });
});

test('the alarm’s counter never holds, the brake’s does until it is released', async () => {
  const alarm = setUp('alarm');
  expect((await alarm.count('all', { amount: 21 })).within).toBe(false);
  expect((await alarm.count('one')).within).toBe(true);
  const brake = setUp('brake');
  expect((await brake.count('all', { amount: 21 })).within).toBe(false);
  expect((await brake.count('one', { now: start + 3 * countedFor })).within).toBe(false);
  expect((await brake.count('one', { now: start + 3, since: start + 2 })).within).toBe(true);
});

test('the same key counts once, and a larger amount of it only by the difference', async () => {
  const { count } = setUp();
  expect(await count('group', { amount: 8 })).toEqual({ within: true, left: 12 });
  expect(await count('group', { amount: 3 })).toEqual({ within: true, left: 12 });
  expect(await count('group', { amount: 10 })).toEqual({ within: true, left: 10 });
  expect((await count('other', { amount: 11 })).within).toBe(false);
  // What was counted before everything was held may still be done: its request may have been cut off.
  expect((await count('group', { amount: 10 })).within).toBe(true);
  expect((await count('group', { amount: 11 })).within).toBe(false);
});

describe.each(faults)('when a call has the fault "%s"', (fault) => {
  test.each([1, 2, 3, 4])('at call %d, the change repeated counts once', async (call) => {
    const { count, stored } = setUp();
    const broken = faulty(open.tables, fault, call);
    await count('a', { tables: broken.tables }).catch(() => undefined);
    const second = faulty(open.tables, fault, 1);
    await count('b', { tables: second.tables }).catch(() => undefined);
    for (const key of ['a', 'b', 'a', 'b']) expect((await count(key)).within).toBe(true);
    expect([...((await stored())?.entries.keys() ?? [])].sort()).toEqual(['a', 'b']);
    expect(await count('c')).toEqual({ within: true, left: 17 });
  });

  test.each([1, 2, 3])('at call %d, what is past the limit is never allowed', async (call) => {
    const { count } = setUp();
    await count('all', { amount: 20 });
    const broken = faulty(open.tables, fault, call);
    const answer = await count('more', { tables: broken.tables }).catch(() => undefined);
    expect(answer?.within).not.toBe(true);
    expect((await count('more')).within).toBe(false);
  });
});

test.each([
  ['users', 500, 15],
  ['members', 1_000, 30],
] as const)('a full counter of %s, with %d entries, takes at most %d write units', async (counter, most, units) => {
  const { tenantId } = setUp('brake', counter);
  const key = (at: number) => createHash('sha256').update(String(at)).digest('base64url').slice(0, 11);
  const entries = new Map(upTo(most, (at) => [key(at), [1, start] as const] as const));
  const count = { limit: most, users: 100_000, counted: start, entries, released: new Set<string>() };
  await writeHourCount(open.tables, tenantId, 'brake', counter, count, undefined);
  const { Item = {} } = await open.tables.client.send(
    new GetCommand({ TableName: open.tables.directory, Key: hourCountKey(tenantId, 'brake', counter) }),
  );
  expect(Math.ceil(itemSize(Item) / 1024)).toBeLessThanOrEqual(units);
});

test('a counter that was edited by hand to something else is not misread', async () => {
  const { tenantId, count } = setUp();
  const Item = { ...hourCountKey(tenantId, 'brake', 'users'), left: 'many', format: 1 };
  await open.tables.client.send(new PutCommand({ TableName: open.tables.directory, Item }));
  await expect(count('a')).rejects.toThrow(/#BRAKE.*cannot be read/);
});
