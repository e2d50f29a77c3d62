import type { ScimResponse } from '../../lambda/directory/request';
import type { TenantState } from '../../lambda/directory/tenant-state';
import type { Json, JsonObject } from '../../lambda/scim/json';
import { readHourCount } from '../../lambda/store/hour-counts';
import { type MeteredTables, meter } from '../store/metering';
import { type OpenTables, openTables } from '../store/open-tables';
import kinds from './brake.json';
import { brakedTenant, membersLimit, usersLimit } from './braked-tenant';
import { patchBody, userBody } from './requests';

let open: OpenTables;
let metered: MeteredTables;

beforeAll(async () => {
  open = await openTables();
  metered = meter(open.tables);
});
afterAll(() => open.close());

const setUp = (state?: TenantState) => brakedTenant(metered.tables, state);

/** How many members the brake has counted. */
async function countedMembers(tenantId: string): Promise<number> {
  const { count } = (await readHourCount(open.tables, tenantId, 'brake', 'members')) ?? {};
  return [...(count?.entries.values() ?? [])].reduce((sum, [amount]) => sum + amount, 0);
}

/** A tenant whose brake holds disables and deletes. */
async function holding(state?: TenantState) {
  const tenant = setUp(state);
  const users = await tenant.createUsers(usersLimit + 2, 'held');
  const [spare = '', other = '', ...rest] = users;
  for (const id of rest) expect((await tenant.disable(id)).status).toBe(200);
  expect((await tenant.disable(spare)).status).toBe(429);
  return { ...tenant, spare, other, rest };
}

describe('past the limit', () => {
  let held: Awaited<ReturnType<typeof holding>>;
  beforeAll(async () => {
    held = await holding();
  });

  test.each(kinds)('$request is held and changes nothing', async ({ method, body }) => {
    const { send, spare } = held;
    const before = (await send('GET', `/Users/${spare}`)).body;
    const full = method === 'PUT' ? { ...userBody('held0'), ...body } : body;
    const { status, headers, body: told } = await send(method, `/Users/${spare}`, full as Json | undefined);
    expect([status, headers?.['Retry-After']]).toEqual([429, '600']);
    expect(told?.detail).toMatch(/^Held by the brake: .*Nothing was changed\..*operator.*release the tenant.*later\.$/);
    expect((await send('GET', `/Users/${spare}`)).body).toEqual(before);
  });

  test('an operation of a bulk request is held, and the others are done', async () => {
    const { send, spare } = held;
    const { status, body } = await send('POST', '/Bulk', {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'],
      Operations: [
        { method: 'PATCH', path: `/Users/${spare}`, data: patchBody({ op: 'replace', path: 'active', value: false }) },
        { method: 'POST', path: '/Users', bulkId: 'new', data: userBody('from-bulk') },
      ],
    });
    expect(status).toBe(200);
    expect((body as { Operations: readonly JsonObject[] }).Operations.map((operation) => operation.status)).toEqual([
      '429',
      '201',
    ]);
  });

  test('what the doctor made is never held', async () => {
    const { create, createGroup, send, disable, rest } = held;
    const id = await create('/Users', { ...userBody('tested'), userName: 'tested@doctor.invalid' });
    expect((await disable(id)).status).toBe(200);
    expect((await send('DELETE', `/Users/${id}`)).status).toBe(204);
    const group = await createGroup('Tested.doctor.invalid', rest.slice(0, 3));
    expect((await send('PATCH', `/Groups/${group}`, patchBody({ op: 'remove', path: 'members' }))).status).toBe(204);
    expect((await send('DELETE', `/Groups/${group}`)).status).toBe(204);
  });

  test('a user or group that takes a name of the doctor counts as deleted', async () => {
    const { send, patch, createGroup, spare, other, rest } = held;
    const name = { op: 'replace', path: 'userName', value: 'anna@doctor.invalid' };
    expect((await patch(`/Users/${spare}`, name)).status).toBe(429);
    expect((await send('PUT', `/Users/${other}`, { ...userBody('bob'), userName: 'bob@doctor.invalid' })).status).toBe(
      429,
    );
    expect((await send('GET', '/Users?filter=userName ew "doctor.invalid"')).body?.totalResults).toBe(0);
    const group = await createGroup('Real', rest);
    expect(
      (await patch(`/Groups/${group}`, { op: 'replace', path: 'displayName', value: 'X.doctor.invalid' })).status,
    ).toBe(204);
    const whole = await createGroup('Whole', rest);
    const members = rest.map((value) => ({ value }));
    expect((await send('PUT', `/Groups/${whole}`, { displayName: 'Y.doctor.invalid', members })).status).toBe(200);
    expect(await countedMembers(held.tenantId)).toBe(2 * rest.length);
  });

  test('enabling, changing and creating users are never held, nor is what is already done', async () => {
    const { send, patch, disable, enable, spare, rest } = held;
    const [first = '', second = ''] = rest;
    expect((await disable(first)).status).toBe(200);
    expect((await enable(first)).status).toBe(200);
    expect((await patch(`/Users/${spare}`, { op: 'replace', path: 'title', value: 'CEO' })).status).toBe(200);
    expect((await send('POST', '/Users', userBody('new'))).status).toBe(201);
    // It was counted when it was disabled.
    expect((await send('DELETE', `/Users/${second}`)).status).toBe(204);
    expect((await send('DELETE', `/Users/${second}`)).status).toBe(404);
  });

  test('members of groups have a limit of their own', async () => {
    const { createGroup, patch, members, spare, other } = held;
    const group = await createGroup('Two', [spare, other]);
    expect((await patch(`/Groups/${group}`, { op: 'remove', path: 'members' })).status).toBe(204);
    expect(await members(group)).toBe(0);
  });
});

test('without the brake, and while it is released, nothing is held or counted', async () => {
  for (const state of [{}, { brake: false }, { brake: true, releasedUntil: '2999-01-01T00:00:00.000Z' }]) {
    const { createUsers, disable } = setUp(state);
    const users = await createUsers(usersLimit + 2, 'free');
    for (const id of users) expect((await disable(id)).status).toBe(200);
    const [, cost] = await metered.measure(() => disable(users[0] ?? ''));
    expect(cost.itemsWritten).toBe(0);
  }
});

test('the brake costs disables, deletes and bulk removals one write, and other requests nothing', async () => {
  const [free, braked] = [setUp({}), setUp()];
  const costs = await Promise.all(
    [free, braked].map(async ({ createUsers, createGroup, disable, enable, send, patch }, index) => {
      if (index === 1) await new Promise((resolve) => setTimeout(resolve, 0));
      const users = await createUsers(6, 'cost');
      const [warm = '', user = '', doomed = '', ...others] = users;
      const groups = [await createGroup('Warm', others), await createGroup('Cold', others)];
      const [warmGroup = '', group = ''] = groups;
      return { disable, enable, send, patch, warm, user, doomed, others, warmGroup, group };
    }),
  );
  const measured = [];
  for (const { disable, enable, send, patch, warm, user, doomed, others, warmGroup, group } of costs) {
    await disable(warm);
    await patch(`/Groups/${warmGroup}`, { op: 'remove', path: 'members' });
    const [first = ''] = others;
    const steps: readonly (() => Promise<ScimResponse>)[] = [
      () => disable(user),
      () => send('DELETE', `/Users/${doomed}`),
      () => enable(user),
      () => send('GET', `/Users/${user}`),
      () => patch(`/Groups/${group}`, { op: 'remove', path: `members[value eq "${first}"]` }),
      () => patch(`/Groups/${group}`, { op: 'add', path: 'members', value: [{ value: first }] }),
      () => patch(`/Groups/${group}`, { op: 'replace', path: 'members', value: [] }),
    ];
    const trips = [];
    for (const step of steps) {
      const [{ status }, cost] = await metered.measure(step);
      expect(status).toBeLessThan(300);
      trips.push(cost.trips);
    }
    measured.push(trips);
  }
  const [before = [], after = []] = measured;
  expect(after.map((trips, at) => trips - (before[at] ?? 0))).toEqual([1, 1, 0, 0, 0, 0, 1]);
});

describe('members removed in bulk', () => {
  async function withMembers(count: number, state?: TenantState) {
    const tenant = setUp(state);
    const users = await tenant.createUsers(count, 'member');
    return { ...tenant, users, group: await tenant.createGroup('Full', users) };
  }
  const put = (displayName: string, members: readonly string[] | undefined) => ({
    displayName,
    ...(members && { members: members.map((value) => ({ value })) }),
  });
  const tooMany = membersLimit + 3;

  test('PUT without members, replace, remove and DELETE of the group are held, and change nothing', async () => {
    const { send, patch, members, users, group } = await withMembers(tooMany);
    const before = await send('GET', `/Groups/${group}?excludedAttributes=members`);
    const filter = { op: 'remove', path: 'members[value pr]' };
    const some = { op: 'remove', path: 'members', value: users.slice(1).map((value) => ({ value })) };
    const refused = [
      await send('PUT', `/Groups/${group}`, put('Renamed', undefined)),
      await send('PUT', `/Groups/${group}`, put('Renamed', users.slice(0, 2))),
      await patch(`/Groups/${group}`, { op: 'replace', path: 'members', value: [] }),
      await patch(`/Groups/${group}`, { op: 'remove', path: 'members' }),
      await patch(`/Groups/${group}`, filter),
      await patch(`/Groups/${group}`, some),
      await send('DELETE', `/Groups/${group}`),
    ];
    expect(refused.map(({ status }) => status)).toEqual(refused.map(() => 429));
    for (const { headers, body } of refused) {
      expect(headers?.['Retry-After']).toBe('600');
      expect(body?.detail).toMatch(/members that may be removed from groups in bulk/);
    }
    expect(await send('GET', `/Groups/${group}?excludedAttributes=members`)).toEqual(before);
    expect(await members(group)).toBe(tooMany);
  });

  test('one member is never held, nor is adding, nor a group that stays as it is', async () => {
    const { send, patch, create, users, group } = await withMembers(tooMany);
    expect((await send('DELETE', `/Groups/${group}`)).status).toBe(429);
    const [first = '', second = ''] = users;
    expect((await patch(`/Groups/${group}`, { op: 'remove', path: `members[value eq "${first}"]` })).status).toBe(204);
    expect((await patch(`/Groups/${group}`, { op: 'add', path: 'members', value: [{ value: first }] })).status).toBe(
      204,
    );
    expect((await send('PUT', `/Groups/${group}`, put('Full', users))).status).toBe(200);
    expect((await send('DELETE', `/Users/${second}`)).status).toBe(204);
    expect(await create('/Groups', { displayName: 'New' })).not.toBe('undefined');
  });

  test('an empty group counts as one member when it is deleted', async () => {
    const { send, createGroup, group, patch } = await withMembers(membersLimit - 1);
    expect((await patch(`/Groups/${group}`, { op: 'remove', path: 'members' })).status).toBe(204);
    const [one, two] = [await createGroup('One', []), await createGroup('Two', [])];
    expect((await send('DELETE', `/Groups/${one}`)).status).toBe(204);
    expect((await send('DELETE', `/Groups/${two}`)).status).toBe(429);
  });
});

test('under concurrency exactly as many are done as the limit allows', async () => {
  const { createUsers, disable, send } = setUp();
  const users = await createUsers(3 * usersLimit, 'crowd');
  const statuses = await Promise.all(
    users.map(async (id, at) => (at % 2 ? disable(id) : send('DELETE', `/Users/${id}`)).then(({ status }) => status)),
  );
  expect(statuses.filter((status) => status < 300)).toHaveLength(usersLimit);
  expect(statuses.filter((status) => status === 429)).toHaveLength(2 * usersLimit);
  const { body } = await send('GET', '/Users?filter=active eq true&count=1');
  expect(body?.totalResults).toBe(2 * usersLimit);
});
