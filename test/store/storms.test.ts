import type { JsonObject } from '../../lambda/scim/json';
import type { ProfileName } from '../../lambda/scim/schema/profile';
import { DynamoStore } from '../../lambda/store/dynamo-store';
import { finishSweep, sweep } from '../../lambda/store/sweep';
import { scheduled, seededIds } from '../consistency/scheduler';
import { patchBody, userBody } from '../directory/requests';
import { type ClientResponse, clientOf, sweepAll } from './client';
import { type OpenTables, openTables } from './open-tables';
import { recount } from './recount';

const standard: ProfileName = 'standard';

let open: OpenTables;
beforeAll(async () => {
  open = await openTables();
});
afterAll(() => open.close());

const client = (tenantId: string, profile: ProfileName) => clientOf(open.tables, tenantId, profile);

const times = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, at) => make(at));
const add = (value: string) => patchBody({ op: 'add', path: 'members', value: [{ value }] });
const remove = (value: string) => patchBody({ op: 'remove', path: `members[value eq "${value}"]` });
const rename = (userName: string) => patchBody({ op: 'replace', path: 'userName', value: userName });

describe('64 concurrent creates of one value that the profile keeps unique: one succeeds, 63 are refused', () => {
  const cases: readonly [string, ProfileName, string, (at: number) => JsonObject][] = [
    ['userName', standard, '/Users', (at) => userBody(`name${at}`, { userName: 'one' })],
    ['externalId', 'identity-center', '/Users', (at) => userBody(`ext${at}`, { externalId: 'one' })],
    [
      'primary email',
      'identity-center',
      '/Users',
      (at) => userBody(`mail${at}`, { emails: [{ value: 'one@example.com', type: 'work', primary: true }] }),
    ],
    ['displayName of a group', 'identity-center', '/Groups', () => ({ displayName: 'One' })],
  ];

  test.each(cases)('%s', async (name, profile, path, body) => {
    const tenantId = `tenant${name.replace(/ /g, '').slice(0, 6)}`;
    const send = client(tenantId, profile);
    const answers = await Promise.all(times(64, (at) => send('POST', path, body(at))));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...times(63, () => 409)]);
    const { names, differences } = await recount(open.tables, tenantId, profile);
    expect([names.length, differences]).toEqual([1, []]);
  });
});

test('20 parallel PATCHes that add and remove different members end in exactly their union', async () => {
  const send = client('tenantunion1', standard);
  const ids = await Promise.all(
    times(20, async (at) => String((await send('POST', '/Users', userBody(`user${at}`))).body.id)),
  );
  const [present, absent] = [ids.slice(0, 10), ids.slice(10)];
  const members = present.map((value) => ({ value }));
  const group = `/Groups/${(await send('POST', '/Groups', { displayName: 'Union', members })).body.id}`;
  const answers = await Promise.all([
    ...absent.map((id) => send('PATCH', group, add(id))),
    ...present.map((id) => send('PATCH', group, remove(id))),
  ]);
  expect(answers.map(({ status }) => status)).toEqual(times(20, () => 204));
  const { body } = await send('GET', group);
  expect((body.members as JsonObject[]).map(({ value }) => value)).toEqual([...absent].sort());
});

test('8 concurrent creates of one large group: one succeeds, 7 are refused, and nothing of them stays', async () => {
  const tenantId = 'tenantlarges';
  const send = client(tenantId, 'identity-center');
  const ids = await Promise.all(
    times(100, async (at) => String((await send('POST', '/Users', userBody(`user${at}`))).body.id)),
  );
  const body = { displayName: 'Large', members: ids.map((value) => ({ value })) };
  const answers = await Promise.all(times(8, () => send('POST', '/Groups', body)));
  expect(answers.map(({ status }) => status).sort()).toEqual([201, ...times(7, () => 409)]);
  const between = await recount(open.tables, tenantId, 'identity-center');
  expect([between.memberships.length, between.differences]).toEqual([100, []]);
  await sweepAll(open.tables, tenantId);
  expect(await recount(open.tables, tenantId, 'identity-center')).toEqual({ ...between, hidden: 0 });
});

/** The result of a storm: its responses in order of arrival, and the expected number of resources. */
interface Storm {
  readonly responses: readonly string[];
  readonly deleted: readonly string[];
  readonly left: number;
}

/** Rounds of 25 requests at once. The seed decides the requests, the ids, the order of the calls to the tables and the pauses. */
function storm(seed: number, tenantId: string, rounds: number): Promise<Storm> {
  return scheduled(seed, async (scheduler, random) => {
    const newId = seededIds(random);
    const setUp = clientOf(open.tables, tenantId, standard, newId);
    const groups: string[] = [];
    for (const displayName of ['one', 'two', 'three']) {
      groups.push(String((await setUp('POST', '/Groups', { displayName })).body.id));
    }
    const users: string[] = [];
    const deleted: string[] = [];
    const responses: string[] = [];
    const pick = (below: number) => Math.floor(random() * below);
    const any = (ids: readonly string[]): string => ids[pick(ids.length)] ?? 'nobody';
    const client = clientOf(scheduler.wrap(open.tables), tenantId, standard, newId);
    const send = async (method: string, path: string, body?: JsonObject): Promise<ClientResponse> => {
      const response = await client(method, path, body);
      responses.push(`${method} ${path} ${response.status}`);
      return response;
    };
    const actions: readonly (() => Promise<unknown>)[] = [
      async () => {
        const { status, body } = await send('POST', '/Users', userBody(`user${pick(30)}`));
        if (status === 201) users.push(String(body.id));
      },
      () => send('PATCH', `/Users/${any(users)}`, rename(`user${pick(30)}@example.com`)),
      () => send('PATCH', `/Groups/${any(groups)}`, add(any(users))),
      () => send('PATCH', `/Groups/${any(groups)}`, remove(any(users))),
      async () => {
        const id = any(users);
        if ((await send('DELETE', `/Users/${id}`)).status === 204) deleted.push(id);
      },
    ];
    for (let round = 0; round < rounds; round++) {
      const chosen = times(25, () => actions[pick(actions.length)]);
      await scheduler.run(
        chosen.map((action) => async () => {
          await action?.();
        }),
      );
    }
    return { responses, deleted, left: users.length - deleted.length + groups.length };
  });
}

// SCIM_TEST_SEED selects another storm.
const seeds = process.env.SCIM_TEST_SEED === undefined ? [1, 2, 3] : [Number(process.env.SCIM_TEST_SEED)];

test.each(seeds)('a storm of creates, renames, deletes and member changes adds up (seed %i)', async (seed) => {
  const tenantId = `tenantstorm${seed}`;
  const { responses, deleted, left } = await storm(seed, tenantId, 8);
  const expected = / (?:200|201|204|400|404|409|429)$/;
  expect(responses.filter((response) => !expected.test(response))).toEqual([]);
  for (const id of deleted) await finishSweep(open.tables, { tenantId, type: 'User' }, id);
  const counted = await recount(open.tables, tenantId, standard);
  expect(counted.differences).toEqual([]);
  expect(counted.names.length).toBe(left);
});

test('the same seed plays the same storm: the same responses in the same order', async () => {
  const first = await storm(7, 'tenantagain1', 3);
  expect(first.responses).toHaveLength(75);
  expect(await storm(7, 'tenantagain2', 3)).toEqual(first);
});

test('a group of 3,000 goes at once for every reader, and in full by sweeps that repeat in any order', async () => {
  const tenantId = 'tenantlarge1';
  const send = client(tenantId, standard);
  const store = new DynamoStore(open.tables);
  const groups = { tenantId, type: 'Group' } as const;
  const user = String((await send('POST', '/Users', userBody('anna'))).body.id);
  const id = String((await send('POST', '/Groups', { displayName: 'Large' })).body.id);
  const others = times(2999, (at) => ({ value: `00000000-0000-4000-8000-${String(at).padStart(12, '0')}` }));
  await store.changeMembers(tenantId, id, [{ value: user }, ...others], []);

  expect((await send('DELETE', `/Groups/${id}`)).status).toBe(204);
  expect((await recount(open.tables, tenantId, standard)).hidden).toBe(3000);
  expect((await send('GET', `/Groups/${id}`)).status).toBe(404);
  expect((await send('GET', `/Users/${user}`)).body.groups).toBeUndefined();
  expect((await send('GET', `/Users?filter=groups.value%20eq%20%22${id}%22`)).body.totalResults).toBe(0);

  await Promise.all([sweep(open.tables, groups, id), sweep(open.tables, groups, id)]);
  await finishSweep(open.tables, groups, id);
  await sweep(open.tables, groups, id);
  await finishSweep(open.tables, groups, id);
  expect(await recount(open.tables, tenantId, standard)).toEqual({
    names: ['anna@example.com'],
    memberships: [],
    hidden: 0,
    differences: [],
  });
});
