import { randomUUID } from 'node:crypto';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { proxyEvent } from '../../bench/proxy-event';
import { resourceTypes } from '../../lambda/directory/resource-types';
import type { TenantState } from '../../lambda/directory/tenant-state';
import { resourceEndpoints } from '../../lambda/gateway/endpoints';
import { scimHandler } from '../../lambda/gateway/handler';
import { DynamoStore } from '../../lambda/store/dynamo-store';
import { tenantStateKey } from '../../lambda/store/keys';
import { cachedTenantStates, readTenantState, stateCacheTime } from '../../lambda/store/tenant-state';
import { DynamoTenantStore } from '../../operator/store/tenant-store';
import { servicesOver, userBody } from '../directory/requests';
import { type MeteredTables, meter } from './metering';
import { type OpenTables, openTables } from './open-tables';

let open: OpenTables;
let metered: MeteredTables;
let tenants = 0;
let users = 0;

beforeAll(async () => {
  open = await openTables();
  metered = meter(open.tables);
});

afterAll(() => open.close());

/** A process of its own, with a clock of ours, and a tenant. */
function setUp({ read }: { read?: (tenantId: string) => Promise<TenantState> } = {}) {
  const tenantId = `state${tenants++}`;
  let now = Date.now();
  const store = new DynamoStore(metered.tables);
  const lines: Readonly<Record<string, unknown>>[] = [];
  const handler = scimHandler(resourceTypes.flatMap(resourceEndpoints), servicesOver(store), {
    deployment: 'directory',
    function: 'users',
    log: (line) => lines.push(line),
    state: read ?? cachedTenantStates(metered.tables, () => new Date(now)),
    recordUse: async () => {},
    consumption: () => ({ readUnits: 0, writeUnits: 0, conflicts: 0 }),
  });
  const caller = { tenantId, credentialId: 'tokenaaaaaaa', scope: 'scim', profile: 'standard' } as const;
  const send = async (method: string, path: string, body?: object) => {
    const { statusCode, headers, body: text } = await handler(proxyEvent(caller, method, path, body ? { body } : {}));
    return { status: statusCode, headers, body: text === '' ? {} : JSON.parse(text) };
  };
  return {
    send,
    lines,
    tenantId,
    operator: new DynamoTenantStore(open.tables),
    create: () => send('POST', '/Users', userBody(`user${users++}`)),
    count: () => store.count({ tenantId, type: 'User' }),
    pass: (milliseconds: number) => {
      now += milliseconds;
    },
  };
}

const everyKind = [
  ['GET', '/Users'],
  ['GET', '/Users/unknown'],
  ['POST', '/Users', userBody('refused')],
  ['PUT', '/Users/unknown', userBody('refused')],
  ['DELETE', '/Groups/unknown'],
  ['GET', '/Nothing'],
  ['POST', '/Users', { userName: 7 }],
] as const;

test('every request of a deleted tenant gets 401, and nothing is written', async () => {
  const { send, count, operator, tenantId } = setUp();
  await operator.markDeleted(tenantId, new Date().toISOString());
  for (const [method, path, body] of everyKind) {
    const { status, headers } = await send(method, path, body);
    expect([method, path, status, headers?.['WWW-Authenticate']]).toEqual([method, path, 401, 'Bearer']);
  }
  expect(await count()).toBe(0);
});

test('every request of a paused tenant gets 503 with Retry-After, and nothing is written', async () => {
  const { send, count, operator, tenantId, create, pass, lines } = setUp();
  await operator.changeState(tenantId, { paused: '2026-11-27T10:00:00.000Z' });
  for (const [method, path, body] of everyKind) {
    const { status, headers, body: told } = await send(method, path, body);
    expect([method, path, status, headers?.['Retry-After']]).toEqual([method, path, 503, '300']);
    expect(told.detail).toMatch(/paused since 2026-11-27T10:00:00.000Z.*an operator.*Nothing was changed.*later/);
  }
  expect(lines).toHaveLength(everyKind.length);
  for (const line of lines) expect(line).toMatchObject({ level: 'info', ServerErrors: 0, ClientErrors: 0, Paused: 1 });
  expect(await count()).toBe(0);
  await operator.changeState(tenantId, { paused: undefined });
  pass(stateCacheTime);
  expect((await create()).status).toBe(201);
});

test('the state is read once in 5 seconds, and a change is noticed after that', async () => {
  const { create, count, operator, tenantId, pass, send } = setUp();
  const [, cold] = await metered.measure(() => send('GET', '/Users'));
  expect((await create()).status).toBe(201);
  await operator.changeState(tenantId, { paused: new Date().toISOString() });
  pass(stateCacheTime - 1);
  const [, warm] = await metered.measure(() => send('GET', '/Users'));
  expect((await create()).status).toBe(201);
  expect(cold.calls - warm.calls).toBe(1);
  pass(1);
  expect((await create()).status).toBe(503);
  expect(await count()).toBe(2);
});

test('a process that knows nothing reads the state in parallel with the first read: no round trip more', async () => {
  const id = randomUUID();
  const { send } = setUp();
  const [, cold] = await metered.measure(() => send('GET', `/Users/${id}`));
  const [, warm] = await metered.measure(() => send('GET', `/Users/${id}`));
  expect([cold.trips, warm.trips]).toEqual([1, 1]);
});

test('a request that begins with a write waits for the state first', async () => {
  const { create } = setUp();
  const [, cold] = await metered.measure(create);
  const [, warm] = await metered.measure(create);
  expect(cold.trips - warm.trips).toBe(1);
});

test('a request writes only when the state that it began with is open', async () => {
  // The pause ends while the request runs: it answers 503 and must not have written.
  const states = [{ paused: '2026-11-27T10:00:00.000Z' }, {}];
  const { create, count } = setUp({ read: async () => states.shift() ?? {} });
  expect((await create()).status).toBe(503);
  expect(await count()).toBe(0);
});

test('a state that cannot be read fails the request, changes nothing, and is read again by the next', async () => {
  let failing = true;
  const client = {
    send: ((command: unknown) =>
      failing
        ? Promise.reject(new Error('down'))
        : open.tables.client.send(command as never)) as (typeof open.tables.client)['send'],
  };
  const state = cachedTenantStates({ ...open.tables, client }, () => new Date());
  const { create, count, send } = setUp({ read: state });
  expect((await create()).status).toBe(500);
  expect(await count()).toBe(0);
  failing = false;
  expect((await create()).status).toBe(201);
  expect((await send('GET', '/Users')).body.totalResults).toBe(1);
});

test('fields are set and removed one by one; a deleted tenant has no more of them', async () => {
  const { operator, tenantId } = setUp();
  expect(await operator.readState(tenantId)).toEqual({});
  expect(await operator.changeState(tenantId, { brake: true })).toEqual({ brake: true });
  expect(await operator.changeState(tenantId, { localChanges: false })).toEqual({ brake: true, localChanges: false });
  expect(await operator.changeState(tenantId, { brake: undefined })).toEqual({ localChanges: false });
  const deleted = await operator.markDeleted(tenantId, '2026-11-27T10:00:00.000Z');
  expect(await operator.changeState(tenantId, { paused: '2026-11-27T10:00:01.000Z' })).toBeUndefined();
  expect(await operator.readState(tenantId)).toEqual({ localChanges: false, deleted });
});

test('a state that was edited by hand to something else is not misread', async () => {
  const { tenantId } = setUp();
  const Item = { ...tenantStateKey(tenantId), paused: true, format: 1 };
  await open.tables.client.send(new PutCommand({ TableName: open.tables.directory, Item }));
  await expect(readTenantState(open.tables, tenantId)).rejects.toThrow(/#STATE.*cannot be read/);
});
