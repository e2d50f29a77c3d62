import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { type Load, mergeLoads, operations, type Partition } from '../../bench/cost-operations';
import type { StoredResource } from '../../lambda/directory/store';
import type { JsonObject } from '../../lambda/scim/json';
import { notFound } from '../../lambda/scim/message/error';
import { DynamoStore } from '../../lambda/store/dynamo-store';
import { resourceItem } from '../../lambda/store/items';
import { countPartition } from '../../lambda/store/keys';
import { type Leftovers, membershipItem } from '../../lambda/store/memberships';
import { readNames } from '../../lambda/store/names';
import { finishSweep, sweep } from '../../lambda/store/sweep';
import type { Tables } from '../../lambda/store/tables';
import { fillBody } from '../../lambda/store/tombstone-bodies';
import { patchBody, userBody } from '../directory/requests';
import { clientOf } from '../store/client';
import { itemSize } from '../store/item-size';
import { type OpenTables, openTables } from '../store/open-tables';
import { type Consumed, meterUnits, type UnitMeter } from '../store/unit-meter';
import { recordChange, recordRequest } from './record-rows';

const tenantId = 'tenantcosts1';
/** What the body of a tombstone has besides the item of the user: when it was deleted, its expiry, the id of one group. */
const deletionBytes = 118;
const users = { tenantId, type: 'User' } as const;
const groups = { tenantId, type: 'Group' } as const;

let open: OpenTables;
let meter: UnitMeter;
let model: ReturnType<typeof operations>;
let people: readonly string[];
let [doomed, staff, large] = ['', '', ''];
let [gone, anybody, crew]: (StoredResource | undefined)[] = [];

/** Later than all that was made before. */
let clock = Date.now() + 3_600_000;
const now = () => new Date(clock);

const sendSoon = (method: string, path: string, body?: JsonObject) =>
  clientOf(meter.tables, tenantId, 'identity-center', undefined, now)(method, path, body);
/** Sends a request ten seconds after the one before. */
const send = (...sent: Parameters<typeof sendSoon>) => {
  clock += 10_000;
  return sendSoon(...sent);
};
const seed = (method: string, path: string, body?: JsonObject) =>
  clientOf(open.tables, tenantId, 'identity-center')(method, path, body);
const ok = async (answer: ReturnType<typeof send>): Promise<void> => expect((await answer).status).toBeLessThan(300);
const create = async (path: string, body: JsonObject) => String((await seed('POST', path, body)).body.id);
const memberOf = (ids: readonly string[]) => ids.map((value) => ({ value }));
const person = (name: string) => userBody(name, { title: 'x'.repeat(400) });
const rename = (path: string, value: string) => patchBody({ op: 'replace', path, value });
const removal = (id: string) => patchBody({ op: 'remove', path: `members[value eq "${id}"]` });
const add = (ids: readonly string[]) => patchBody({ op: 'add', path: 'members', value: memberOf(ids) });

const activity = () => ({ client: meter.tables.client, name: open.activity.name, days: 90 });

function found<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('It is not there.');
  return value;
}

async function countRows() {
  const { Items = [] } = await open.tables.client.send(
    new QueryCommand({
      TableName: open.tables.directory,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': countPartition(users) },
    }),
  );
  return Items;
}

beforeAll(async () => {
  open = await openTables();
  meter = meterUnits(open.tables);
  const names = Array.from({ length: 200 }, (_, at) => `person${String(at).padStart(3, '0')}`);
  people = await Promise.all(names.map((name) => create('/Users', person(name))));
  doomed = await create('/Users', person('doomed000'));
  staff = await create('/Groups', { displayName: 'Staff', members: memberOf([doomed]) });
  large = await create('/Groups', { displayName: 'Large', members: memberOf(people) });

  const store = new DynamoStore(open.tables);
  [anybody, crew] = [await store.get(users, people[0] ?? ''), await store.get(groups, staff)];
  gone = await store.get(users, doomed);
  const rows = await countRows();
  model = operations({
    user: itemSize(resourceItem(users, found(anybody))),
    // One more item like it, with another note and the group.
    deletedUser: itemSize(resourceItem(users, found(gone))) + deletionBytes,
    group: itemSize(resourceItem(groups, found(crew))),
    membership: itemSize(membershipItem(tenantId, staff, { value: doomed })),
    countRow: rows.reduce((sum, row) => sum + itemSize(row), 0) / rows.length,
    countRows: rows.length,
    row: 1024,
  });
});
afterAll(() => open.close());

/** The partitions that a tenant has once. */
const singlePartitions: ReadonlySet<string> = new Set([
  'USER',
  'GROUP',
  'DELETED',
  'TOMBSTONE',
  'TOMBSTONE-BODY',
  'ACTIVITY',
  'MEMBER',
  'READ',
]);

/** The part of the model's names that a partition key has. */
function partitionOf({ index, key }: Consumed): Partition {
  if (index === 'modified') return 'index modified of <shard>';
  if (index === 'inverse') return 'index inverse of <member>';
  if (index === 'subject') return 'index subject of <resource>';
  if (index === 'failures') return 'index failures of <tenant>';
  if (index === 'requests') return 'index requests of <request>';
  const [, name = '', ...rest] = key.split('#');
  if (rest.length === 0 && singlePartitions.has(name)) return `<tenant>#${name}` as Partition;
  if (name === 'COUNT') return `<tenant>#COUNT#${rest[0]}` as Partition;
  return rest.length === 0 ? 'memberships of <group>' : '<tenant>#<name>#<value>';
}

/** What was consumed, in the units of the model. */
function loads(consumed: readonly Consumed[]): readonly Load[] {
  const keys = new Map<Partition, Set<string>>();
  for (const one of consumed) {
    const partition = partitionOf(one);
    keys.set(partition, (keys.get(partition) ?? new Set()).add(one.key));
  }
  return mergeLoads(
    consumed.map((one) => {
      const partition = partitionOf(one);
      return { partition, keys: keys.get(partition)?.size ?? 0, reads: one.reads, writes: one.writes };
    }),
  );
}

/** Keeps the deleted user for 30 days, as the function `changes` does. */
async function keepIt(tables: Tables, leftovers: Leftovers): Promise<void> {
  await fillBody(tables, users, found(gone), leftovers, Date.now() + 30 * 24 * 3600 * 1000);
}

const sorted = (list: readonly Load[]) => [...list].sort((a, b) => (a.partition < b.partition ? -1 : 1));

describe('each operation consumes in each partition what the model says', () => {
  const first = () => people[0] ?? '';
  const cases: Readonly<Record<string, () => Promise<void>>> = {
    'create a user': () => ok(send('POST', '/Users', person('newcomer0'))),
    'get a user with its groups': () => ok(send('GET', `/Users/${first()}`)),
    'userName eq: miss': () => ok(send('GET', '/Users?filter=userName eq "nobody@example.com"')),
    'userName eq: hit': () => ok(send('GET', '/Users?filter=userName eq "person001@example.com"')),
    'list, a page of 100': () => ok(send('GET', '/Users?count=100')),
    'PATCH active': () =>
      ok(send('PATCH', `/Users/${first()}`, patchBody({ op: 'replace', path: 'active', value: false }))),
    'PATCH userName': () => ok(send('PATCH', `/Users/${first()}`, rename('userName', 'renamed00@example.com'))),
    'delete a user in one group': () => ok(send('DELETE', `/Users/${doomed}`)),
    'sweeps after deleting a user': async () => {
      await sweep(meter.tables, users, doomed, (leftovers) => keepIt(meter.tables, leftovers));
      await finishSweep(meter.tables, users, doomed);
    },
    'create a group': () => ok(send('POST', '/Groups', { displayName: 'Crew' })),
    'create a group of 200': () => ok(send('POST', '/Groups', { displayName: 'Huge', members: memberOf(people) })),
    'add one member': () => ok(send('PATCH', `/Groups/${staff}`, add([first()]))),
    'add another one within 10 seconds': () => ok(sendSoon('PATCH', `/Groups/${staff}`, add([people[1] ?? '']))),
    'add a member who is there': () => ok(send('PATCH', `/Groups/${staff}`, add([first()]))),
    'remove one member': () => ok(send('PATCH', `/Groups/${staff}`, removal(first()))),
    'remove a member who is not there': () => ok(send('PATCH', `/Groups/${staff}`, removal(first()))),
    'add 100 members': () => ok(send('PATCH', `/Groups/${staff}`, add(people.slice(100)))),
    'the event of one member': async () => {
      await readNames(meter.tables, [
        { collection: groups, id: staff },
        { collection: users, id: first() },
      ]);
    },
    'the row of a change': () => recordChange(meter.tables, activity(), users, { after: found(anybody) }),
    'the rows of one member': () => {
      const before = found(crew);
      const members = { added: 1, removed: 0, ids: { added: [first()], removed: [] } };
      const by = { ...found(before.by), members };
      return recordChange(meter.tables, activity(), groups, {
        before,
        after: { ...before, version: before.version + 1, by },
      });
    },
    'the row of a failure': () => recordRequest(activity(), tenantId, notFound('The user was not found.')),
    'the row of a first read': () => recordRequest(activity(), tenantId),
    'group without its members': () => ok(send('GET', `/Groups/${staff}?excludedAttributes=members`)),
    'group of 200 with its members': () => ok(send('GET', `/Groups/${large}`)),
  };

  test.each(Object.keys(cases))('%s', async (name) => {
    const consumed = await meter.measure(cases[name] ?? (() => Promise.resolve()));
    expect(sorted(loads(consumed))).toEqual(sorted(model.get(name) ?? []));
  });

  test('nothing that the model has is left out, but for a group too large to make here', () => {
    expect([...model.keys()].filter((name) => !(name in cases))).toEqual(['group of 100,000 with its members']);
  });
});
