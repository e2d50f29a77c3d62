import { limitOf } from '../../lambda/directory/hour-count';
import type { JsonObject } from '../../lambda/scim/json';
import { readHourCount } from '../../lambda/store/hour-counts';
import { DynamoTenantStore } from '../../operator/store/tenant-store';
import { patchBody, userBody } from '../directory/requests';
import { playHold } from './scenario';
import { eventChecker } from './schemas';
import { openStage, type Stage } from './stage';

let stage: Stage;
let tenants = 0;
const lines: JsonObject[] = [];
const limit = limitOf('users', 0);

beforeAll(async () => {
  stage = await openStage();
  jest.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    for (const line of String(chunk).split('\n').filter(Boolean)) lines.push(JSON.parse(line));
    return true;
  });
});
beforeEach(() => {
  lines.length = 0;
  stage.events.length = 0;
  stage.take();
});
afterAll(async () => {
  jest.restoreAllMocks();
  await stage.close();
});

function setUp() {
  const tenantId = `mass${tenants++}`;
  const send = (method: string, path: string, body?: JsonObject) => stage.send(tenantId, method, path, body);
  return {
    tenantId,
    send,
    createUsers: (count: number) =>
      Promise.all(
        Array.from({ length: count }, async (_, at) => String((await send('POST', '/Users', userBody(`u${at}`))).id)),
      ),
    disable: (id: string) => send('PATCH', `/Users/${id}`, patchBody({ op: 'replace', path: 'active', value: false })),
  };
}

/** Delivers everything that is new, in batches. */
async function deliver(batch = 7): Promise<void> {
  const { directory, memberships } = stage.take();
  for (const records of [directory, memberships]) {
    for (let at = 0; at < records.length; at += batch) {
      expect(await stage.handle(records.slice(at, at + batch))).toEqual([]);
    }
  }
}

const alarms = () => lines.filter(({ MassChanges }) => MassChanges === 1);
const counted = async (tenantId: string, counter: 'users' | 'members' = 'users') => {
  const count = (await readHourCount(stage.tables, tenantId, 'alarm', counter))?.count;
  return count && [...count.entries.values()].reduce((sum, [amount]) => sum + amount, 0);
};

test('users that the doctor made do not count', async () => {
  const { tenantId, send } = setUp();
  for (let at = 0; at < 3; at++) {
    const user = { ...userBody(`t${at}`), userName: `t${at}@doctor.invalid` };
    await send('DELETE', `/Users/${String((await send('POST', '/Users', user)).id)}`);
  }
  await deliver();
  expect(await counted(tenantId)).toBeUndefined();
});

test('a user that is renamed to a name of the doctor counts, and its event is no test', async () => {
  const { tenantId, createUsers, send } = setUp();
  const [id = ''] = await createUsers(1);
  const rename = patchBody({ op: 'replace', path: 'userName', value: 'u0@doctor.invalid' });
  await send('PATCH', `/Users/${id}`, rename);
  await deliver();
  expect(await counted(tenantId)).toBe(1);
  const updated = stage.events.filter((event) => event['detail-type'] === 'User Updated');
  expect(updated.map(({ detail }) => detail.test ?? false)).toEqual([false]);
});

test('the alarm rings from a fifth of the users on, not before', async () => {
  const { tenantId, createUsers, disable, send } = setUp();
  const [last = '', ...users] = await createUsers(limit);
  for (const [at, id] of users.entries()) await (at % 2 ? disable(id) : send('DELETE', `/Users/${id}`));
  await deliver();
  expect(alarms()).toEqual([]);
  await disable(last);
  await deliver();
  expect(alarms()).toMatchObject([
    { level: 'info', tenantId, counter: 'users', DirectoryTable: 'directory', MassChanges: 1 },
  ]);
});

test('enabling, changing and creating users do not count', async () => {
  const { tenantId, createUsers, send } = setUp();
  for (const id of await createUsers(3)) {
    await send('PATCH', `/Users/${id}`, patchBody({ op: 'replace', path: 'title', value: 'CEO' }));
    await send('PATCH', `/Users/${id}`, patchBody({ op: 'replace', path: 'active', value: true }));
  }
  await deliver();
  expect(await counted(tenantId)).toBeUndefined();
});

test('a batch that is delivered again counts once, also when a later consumer failed', async () => {
  const { tenantId, createUsers, disable } = setUp();
  const users = await createUsers(4);
  await deliver();
  for (const id of users) await disable(id);
  const { directory } = stage.take();
  stage.fault = (operation) => (operation === 'PutEvents' ? 'down' : undefined);
  expect(await stage.handle(directory)).toHaveLength(4);
  expect(await counted(tenantId)).toBeUndefined();
  stage.fault = () => undefined;
  for (let time = 0; time < 2; time++) expect(await stage.handle(directory)).toEqual([]);
  expect(await counted(tenantId)).toBe(4);
});

test('members that are removed count, but not those that leave a group because they were deleted', async () => {
  const { tenantId, createUsers, send } = setUp();
  const users = await createUsers(8);
  const members = users.map((value) => ({ value }));
  const [first = '', second = ''] = users;
  const kept = String((await send('POST', '/Groups', { displayName: 'Kept', members })).id);
  const doomed = String((await send('POST', '/Groups', { displayName: 'Doomed', members: members.slice(4) })).id);
  await deliver();
  await send('DELETE', `/Users/${first}`);
  await deliver();
  await deliver();
  expect(await counted(tenantId, 'members')).toBeUndefined();
  await send('PATCH', `/Groups/${kept}`, patchBody({ op: 'remove', path: `members[value eq "${second}"]` }));
  await deliver();
  expect(await counted(tenantId, 'members')).toBe(1);
  await send('PUT', `/Groups/${kept}`, { displayName: 'Kept' });
  await deliver();
  expect(await counted(tenantId, 'members')).toBe(1 + 6);
  await send('DELETE', `/Groups/${doomed}`);
  await deliver();
  await deliver();
  expect(await counted(tenantId, 'members')).toBe(1 + 6 + 4);
});

test('the deletion of a tenant rings no alarm', async () => {
  const { tenantId, createUsers, send } = setUp();
  const users = await createUsers(limit);
  await new DynamoTenantStore(stage.tables).markDeleted(tenantId, new Date().toISOString());
  for (const id of users) await send('DELETE', `/Users/${id}`);
  await deliver();
  expect(alarms()).toEqual([]);
});

test('a hold is an event, its release another, and other changes of the counter are none', async () => {
  const { tenantId } = setUp();
  const check = eventChecker();
  const now = Date.parse('2026-11-27T10:00:00.000Z');
  await playHold(stage, tenantId, now);
  await deliver();
  const detail = { tenantId, counter: 'users', since: '2026-11-27T10:00:00.000Z', limit, users: 0 };
  expect(stage.events).toMatchObject([
    { 'detail-type': 'Tenant Held', detail },
    { 'detail-type': 'Tenant Released', detail },
  ]);
  expect(stage.events.map(check).filter(Boolean)).toEqual([]);
});
