import { randomUUID } from 'node:crypto';
import { charge } from '../../../../lambda/store/hour-counts';
import { deletionKey, hourCountKey, resourceKey } from '../../../../lambda/store/keys';
import { type OpenTables, openTables } from '../../../store/open-tables';
import { recount } from '../../../store/recount';
import { damages } from './damages';
import {
  byHand,
  differences,
  find as findIn,
  type Hand,
  makeTenant,
  now,
  problems,
  profile,
  type Tenant,
  tombstone,
  tombstoneBody,
} from './tenant';

let open: OpenTables;
let hand: Hand;
beforeAll(async () => {
  open = await openTables();
  hand = byHand(open.tables);
});
afterAll(() => open.close());

const find = (...tenants: readonly Tenant[]) => findIn(open.tables, ...tenants);
const [missingClaim] = damages.filter(({ problem }) => problem === 'missing entry');
const [wrongTotal] = damages.filter(({ problem }) => problem === 'wrong count');

const whole = { names: ['Inner', 'Staff', 'anna@example.com', 'bert@example.com'], hidden: 0, differences: [] };

test('a tenant that is as its resources say shows no difference', async () => {
  expect(await find(await makeTenant(open.tables))).toEqual([]);
});

test.each(damages.map((damage, at) => [damage.problem, at, damage] as const))(
  '%s (%i) is found, and repaired',
  async (_, __, { problem, detail, make }) => {
    const tenant = await makeTenant(open.tables);
    await make(hand, tenant);
    const found = await find(tenant);
    expect(found).toMatchObject([{ tenantId: tenant.tenantId, problem, detail: expect.stringMatching(detail) }]);
    for (const { repair } of found) expect(await repair?.()).toBe(true);
    expect(await find(tenant)).toEqual([]);
    const after = await recount(open.tables, tenant.tenantId, profile);
    expect(after).toEqual({ ...whole, memberships: ['Staff>Inner', 'Staff>anna@example.com'] });
  },
);

test('a mark that is younger than a day, and what it hides, is not a difference', async () => {
  const tenant = await makeTenant(open.tables);
  const gone = randomUUID();
  await hand.put(tenant.membership(tenant.staff, gone));
  await hand.put({ ...deletionKey(tenant.tenantId, gone), deleted: now.toISOString() });
  expect(await find(tenant)).toEqual([]);
});

test('the counters of the brake are no difference, except one that cannot be read', async () => {
  const tenant = await makeTenant(open.tables);
  const { tenantId } = tenant;
  await charge(open.tables, tenantId, 'brake', { counter: 'users', key: 'anna', amount: 1 }, { now: now.getTime() });
  expect(await find(tenant)).toEqual([]);
  await hand.put({ ...hourCountKey(tenantId, 'brake', 'users'), left: 7, format: 1 });
  expect(await find(tenant)).toMatchObject([{ tenantId, detail: expect.stringContaining('#BRAKE') }]);
});

test.each([300, 0, -6])('a tombstone, or its body, that expires in %i days is not a difference', async (days) => {
  const tenant = await makeTenant(open.tables);
  await hand.put(tombstone(tenant.tenantId, randomUUID(), days));
  await hand.put(tombstoneBody(tenant.tenantId, randomUUID(), days));
  expect(await find(tenant)).toEqual([]);
});

test('a unique value of two resources is reported and not repaired', async () => {
  const tenant = await makeTenant(open.tables);
  const item = await hand.read(resourceKey(tenant.users, tenant.bert));
  await hand.put({ ...item, resource: { ...(item?.resource as object), userName: 'anna@example.com' } });
  await hand.put({ ...tenant.claim('bert@example.com'), id: randomUUID() });
  const found = await find(tenant);
  expect(problems(found)).toEqual(['leftover entry', 'doubled value']);
  expect(found[1]?.detail).toMatch(new RegExp(`id=${tenant.bert} as well as id=${tenant.anna}$`));
  expect(found[1]).not.toHaveProperty('repair');
});

test('a value that something unreal holds goes back to its resource in one pass', async () => {
  const tenant = await makeTenant(open.tables);
  await hand.put({ ...tenant.claim('anna@example.com'), id: randomUUID() });
  const seen: string[] = [];
  for await (const { problem, repair } of differences(open.tables, tenant)) {
    seen.push(problem);
    expect(await repair?.()).toBe(true);
  }
  expect(seen).toEqual(['leftover entry', 'missing entry']);
  expect(await hand.read(tenant.claim('anna@example.com'))).toMatchObject({ id: tenant.anna });
});

test('every unreadable item is reported by its key and not changed, and the others are still checked', async () => {
  const tenant = await makeTenant(open.tables);
  const { tenantId, users, groups, anna, staff } = tenant;
  await hand.change(resourceKey(users, anna), 'format', 2);
  await hand.change(resourceKey(groups, staff), 'resource', 'nonsense');
  await hand.put({ pk: `${tenantId}#NEW-KIND#x`, sk: 'CLAIM', id: anna });
  await hand.put({ group: `${tenantId}#${staff}`, member: `another#${anna}` });
  await hand.put({ ...tenant.membership(staff, anna), format: 2 });
  await hand.put({ ...tenant.claim('ghost'), id: anna, format: 2 });
  await hand.put({ ...tombstone(tenantId, anna, 300), expires: 'soon' });
  await hand.put({ ...tombstoneBody(tenantId, anna, 300), resource: 'text' });
  await wrongTotal?.make(hand, { ...tenant, anna: tenant.bert });
  const found = await find(tenant);
  expect(problems(found).sort()).toEqual([...Array(8).fill('unreadable item'), 'wrong count']);
  const unreadable = found.filter(({ problem }) => problem === 'unreadable item');
  expect(unreadable.map(({ detail }) => detail).sort()).toEqual([
    `group=${tenantId}#${staff} member=another#${anna}`,
    `group=${tenantId}#${staff} member=${tenantId}#${anna}`,
    `pk=${tenantId}#GROUP sk=${staff}`,
    `pk=${tenantId}#NEW-KIND#x sk=CLAIM`,
    `pk=${tenantId}#TOMBSTONE sk=${anna}`,
    `pk=${tenantId}#TOMBSTONE-BODY sk=${anna}`,
    `pk=${tenantId}#USER sk=${anna}`,
    `pk=${tenant.claim('ghost').pk} sk=CLAIM`,
  ]);
  for (const difference of unreadable) expect(difference).not.toHaveProperty('repair');
});

test('tenants are checked in one pass, and only the requested ones', async () => {
  const [one, other, third] = [
    await makeTenant(open.tables),
    await makeTenant(open.tables),
    await makeTenant(open.tables),
  ];
  for (const tenant of [one, other, third]) await missingClaim?.make(hand, tenant);
  expect((await find(one, other)).map(({ tenantId }) => tenantId).sort()).toEqual(
    [one.tenantId, other.tenantId].sort(),
  );
  expect((await find(third)).map(({ tenantId }) => tenantId)).toEqual([third.tenantId]);
});
