import { randomUUID } from 'node:crypto';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { DynamoStore } from '../../../../lambda/store/dynamo-store';
import { countKey, deletionKey, resourceKey } from '../../../../lambda/store/keys';
import type { Tables } from '../../../../lambda/store/tables';
import type { Difference } from '../../../../operator/store/check/difference';
import { patchBody, userBody } from '../../../directory/requests';
import { alwaysInConflict } from '../../../store/faults';
import { type OpenTables, openTables } from '../../../store/open-tables';
import { recount } from '../../../store/recount';
import { deletion, user } from '../../../store/things';
import { damages } from './damages';
import {
  byHand,
  differences,
  find,
  type Hand,
  makeTenant,
  now,
  problems,
  profile,
  type Tenant,
  tombstone,
} from './tenant';

let open: OpenTables;
let hand: Hand;
beforeAll(async () => {
  open = await openTables();
  hand = byHand(open.tables);
});
afterAll(() => open.close());

/** Tables where another change happens once, before the first call that matches. */
function meanwhile(tables: Tables, fits: (command: unknown) => boolean, happens: () => Promise<unknown>): Tables {
  let waiting = true;
  const send = async (command: unknown) => {
    if (waiting && fits(command)) {
      waiting = false;
      await happens();
    }
    return await (tables.client.send as (command: unknown) => Promise<unknown>)(command);
  };
  return { ...tables, client: { send: send as Tables['client']['send'] } };
}

test('a user who comes and one who goes while a row is written are both counted', async () => {
  const tenant = await makeTenant(open.tables);
  const { users, anna } = tenant;
  await hand.change(countKey(users, anna), 'total', 7);
  const isCount = (command: unknown) =>
    command instanceof PutCommand && command.input.Item?.pk === countKey(users, anna).pk;
  const prefix = anna.slice(0, 2);
  const store = new DynamoStore(open.tables);
  const like = (name: string) => user(name, { id: `${prefix}${randomUUID().slice(2)}` });
  const [comes, goes] = [like('comes'), like('goes')];
  await store.create(users, goes);
  const tables = meanwhile(open.tables, isCount, async () => {
    await store.create(users, comes);
    await store.remove(users, goes, { ...deletion, deleted: now.toISOString() });
  });
  const found = (await find(tables, tenant)).find(({ problem }) => problem === 'wrong count');
  expect(await found?.repair?.()).toBe(true);
  const { differences: left } = await recount(open.tables, tenant.tenantId, profile);
  expect(left.filter((one) => one.startsWith('count'))).toEqual([]);
});

test('a repair that other transactions keep out is left for the next time', async () => {
  const tenant = await makeTenant(open.tables);
  await hand.remove(tenant.claim('anna@example.com'));
  const [found] = await find(alwaysInConflict(open.tables), tenant);
  expect(await found?.repair?.()).toBe(false);
  expect(await (await find(open.tables, tenant))[0]?.repair?.()).toBe(true);
});

describe('a repair that comes too late changes nothing', () => {
  /**
   * Finds a difference, makes a change, repairs, and returns the result of the repair and the tenant's remaining items.
   */
  async function late(at: number, happens: (tenant: Tenant, found: Difference) => Promise<unknown>) {
    const tenant = await makeTenant(open.tables);
    await damages[at]?.make(hand, tenant);
    const [found] = await find(open.tables, tenant);
    if (!found) throw new Error('nothing was found');
    await happens(tenant, found);
    const repaired = await found.repair?.();
    return { tenant, repaired };
  }
  const at = (wanted: string, after = 0) =>
    damages.findIndex(({ problem }, index) => problem === wanted && index >= after);
  const ref = (detail: string, name: string, before = '\\w+#') =>
    new RegExp(`${name}=${before}(\\S+)`).exec(detail)?.[1] ?? '';

  test('missing entry: the user was renamed', async () => {
    const { tenant, repaired } = await late(at('missing entry'), ({ send, anna }) =>
      send('PATCH', `/Users/${anna}`, patchBody({ op: 'replace', path: 'userName', value: 'renamed' })),
    );
    expect(repaired).toBe(false);
    expect(await find(open.tables, tenant)).toEqual([]);
  });

  test('missing entry: another user took the value', async () => {
    const { tenant, repaired } = await late(at('missing entry'), ({ make }) =>
      make('/Users', userBody('other', { userName: 'anna@example.com' })),
    );
    expect(repaired).toBe(false);
    expect(problems(await find(open.tables, tenant))).toEqual(['doubled value']);
  });

  test('leftover entry: its resource came', async () => {
    const { tenant, repaired } = await late(at('leftover entry'), async ({ users, bert }, { detail }) => {
      const id = / id=(\S+)$/.exec(detail)?.[1] ?? '';
      const item = await hand.read(resourceKey(users, bert));
      await hand.put({ ...item, sk: id, resource: { userName: 'ghost' } });
      await hand.put({ ...countKey(users, id), total: 1, [`leaf${id[2]}`]: 1, version: 1 });
    });
    expect(repaired).toBe(false);
    expect(problems(await find(open.tables, tenant))).not.toContain('missing entry');
  });

  test('dangling membership: its member came', async () => {
    const { tenant, repaired } = await late(at('dangling membership'), async ({ users, bert }, { detail }) => {
      const item = await hand.read(resourceKey(users, bert));
      await hand.put({ ...item, sk: ref(detail, 'member') });
    });
    expect(repaired).toBe(false);
    expect(problems(await find(open.tables, tenant))).not.toContain('dangling membership');
  });

  test('dangling membership: a creation that writes its members first is under way', async () => {
    const { tenant, repaired } = await late(
      at('dangling membership', at('dangling membership') + 1),
      ({ tenantId }, { detail }) =>
        hand.put({ ...deletionKey(tenantId, ref(detail, 'group')), creating: now.toISOString(), type: 'Group' }),
    );
    expect(repaired).toBe(false);
    expect((await recount(open.tables, tenant.tenantId, profile)).hidden).toBe(1);
  });

  test('expired tombstone: its id came again, and was deleted again', async () => {
    const again = now.toISOString();
    const { tenant, repaired } = await late(at('expired tombstone'), ({ tenantId }, { detail }) =>
      hand.put({ ...tombstone(tenantId, ref(detail, 'sk', ''), 365), deleted: again }),
    );
    expect(repaired).toBe(false);
    expect(await find(open.tables, tenant)).toEqual([]);
  });

  test('wrong member type: the membership went', async () => {
    const { tenant, repaired } = await late(at('wrong member type'), (one) =>
      hand.remove(one.membership(one.staff, one.anna)),
    );
    expect(repaired).toBe(false);
    expect(await hand.read(tenant.membership(tenant.staff, tenant.anna))).toBeUndefined();
  });

  test('wrong count: resources created during the check are counted', async () => {
    const { tenant, repaired } = await late(at('wrong count'), ({ make }) => make('/Users', userBody('new')));
    expect(repaired).toBe(true);
    expect(await find(open.tables, tenant)).toEqual([]);
  });
});

test('repairs while the endpoint writes lose nothing', async () => {
  const tenant = await makeTenant(open.tables);
  const { send, make, staff, anna } = tenant;
  for (const { make: damage, problem } of damages) {
    if (problem !== 'mark on a living resource') await damage(hand, tenant);
  }
  const kept = new Set(['anna@example.com', 'bert@example.com', 'Inner', 'Staff']);
  const memberships = new Set(['Staff>anna@example.com', 'Staff>Inner']);
  let writers = 4;
  const write = async (writer: number) => {
    for (let at = 0; at < 15; at++) {
      const name = `w${writer}n${at}`;
      const id = await make('/Users', userBody(name));
      await send('PATCH', `/Groups/${staff}`, patchBody({ op: 'add', path: 'members', value: [{ value: id }] }));
      if (at % 3 === 0) await send('DELETE', `/Users/${id}`);
      else {
        await send('PATCH', `/Users/${id}`, patchBody({ op: 'replace', path: 'userName', value: `${name}-renamed` }));
        kept.add(`${name}-renamed`);
        memberships.add(`Staff>${name}-renamed`);
      }
    }
    writers--;
  };
  let rounds = 0;
  const repairAll = async () => {
    for await (const { repair } of differences(open.tables, tenant)) await repair?.();
    rounds++;
  };
  const repairing = async () => {
    while (writers > 0) await repairAll();
  };
  await Promise.all([write(1), write(2), write(3), write(4), repairing()]);
  await repairAll();
  const after = await recount(open.tables, tenant.tenantId, profile);
  expect(after).toMatchObject({
    names: [...kept].sort(),
    memberships: [...memberships].sort(),
    differences: [],
  });
  expect(await send('GET', `/Users?filter=userName eq "anna@example.com"`)).toMatchObject({ totalResults: 1 });
  expect((await send('GET', `/Users/${anna}`)).groups).toHaveLength(1);
  expect(rounds).toBeGreaterThan(1);
});
