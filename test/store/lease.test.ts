import { randomUUID } from 'node:crypto';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { LostRace } from '../../lambda/directory/retry';
import { DynamoStore } from '../../lambda/store/dynamo-store';
import { resourceKey } from '../../lambda/store/keys';
import { patchBody, userBody } from '../directory/requests';
import { clientOf, endLeases } from './client';
import { type OpenTables, openTables } from './open-tables';
import { note } from './things';

const tenantId = 'tenantleases';
const groups = { tenantId, type: 'Group' } as const;

let open: OpenTables;
let store: DynamoStore;
let user: string;
let group: string;
const send = (method: string, path: string, body?: Parameters<typeof patchBody>[0]) =>
  clientOf(open.tables, tenantId, 'standard')(method, path, body);

beforeAll(async () => {
  open = await openTables();
  store = new DynamoStore(open.tables);
  user = String((await send('POST', '/Users', userBody('anna'))).body.id);
});
afterAll(() => open.close());
beforeEach(async () => {
  group = String((await send('POST', '/Groups', { displayName: randomUUID() })).body.id);
});

const addOne = () =>
  send('PATCH', `/Groups/${group}`, patchBody({ op: 'add', path: 'members', value: [{ value: user }] }));

async function hold() {
  const leased = await store.lease(groups, group, note);
  if (!leased) throw new Error('There is no such group.');
  return leased.lease;
}

describe('while a request holds the lease on a group', () => {
  const changes: readonly [string, () => ReturnType<typeof send>][] = [
    ['one member', addOne],
    ['all members', () => send('PUT', `/Groups/${group}`, { displayName: 'Staff', members: [{ value: user }] })],
    [
      'its name',
      () => send('PATCH', `/Groups/${group}`, patchBody({ op: 'replace', path: 'displayName', value: 'Crew' })),
    ],
  ];

  test.each(changes)('a change of %s waits, is refused with Retry-After and changes nothing', async (_what, change) => {
    await hold();
    const before = (await send('GET', `/Groups/${group}`)).body;
    const { status, headers } = await change();
    expect([status, headers['Retry-After']]).toEqual([429, expect.stringMatching(/^\d+$/)]);
    expect((await send('GET', `/Groups/${group}`)).body).toEqual(before);
  });

  test('a change is made as soon as it is given back', async () => {
    const lease = await hold();
    const [added] = await Promise.all([addOne(), store.release(groups, group, lease)]);
    expect(added.status).toBe(204);
  });

  test('a change is made when it has ended by itself', async () => {
    await hold();
    await endLeases(open.tables, tenantId);
    expect((await addOne()).status).toBe(204);
    expect((await send('PUT', `/Groups/${group}`, { displayName: randomUUID() })).status).toBe(200);
  });

  test('the group can be read and deleted, and then the request has lost it', async () => {
    const lease = await hold();
    expect((await send('GET', `/Groups/${group}`)).status).toBe(200);
    expect((await send('DELETE', `/Groups/${group}`)).status).toBe(204);
    await expect(store.release(groups, group, lease)).rejects.toThrow(LostRace);
  });
});

test('nothing is written under a lease that is about to end, or that another request has', async () => {
  const lease = await hold();
  const ending = { ...lease, until: Date.now() + 1000 };
  await expect(store.changeMembers(tenantId, group, [{ value: user }], [], ending)).rejects.toMatchObject({
    status: 429,
  });
  await open.tables.client.send(
    new UpdateCommand({
      TableName: open.tables.directory,
      Key: resourceKey(groups, group),
      UpdateExpression: 'SET lease.id = :other',
      ExpressionAttributeValues: { ':other': 'other' },
    }),
  );
  await expect(store.release(groups, group, lease, { modified: new Date().toISOString(), by: note })).rejects.toThrow(
    LostRace,
  );
});

test('a refused request gives the lease back', async () => {
  const unknown = { displayName: 'Staff', members: [{ value: randomUUID() }, { value: user }] };
  expect((await send('PUT', `/Groups/${group}`, unknown)).status).toBe(400);
  expect((await addOne()).status).toBe(204);
});
