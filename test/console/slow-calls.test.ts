import { setTimeout as sleep } from 'node:timers/promises';
import { type LocalEndpoint, startLocal } from '../cli/local-endpoint';
import { callerOf } from './client';
import { openTenant } from './scim-tenant';

let endpoint: LocalEndpoint;
let call: ReturnType<typeof callerOf>;

beforeAll(async () => {
  endpoint = await startLocal({ console: true, events: true });
  call = callerOf(endpoint.console ?? '');
});

afterAll(() => endpoint.close());

test('a tenant is deleted with its users, when requests under way have ended', async () => {
  const tenant = await openTenant(endpoint, 'to-delete');
  await tenant.create('Users', { userName: 'gone@example.com' });
  const { notes } = await call('settings.deleteTenant', { tenant: tenant.tenantId, confirm: 'to-delete' });
  expect(notes[0]).toBe(`Tenant ${tenant.tenantId} (to-delete) is deleted.`);
  expect((await call('tenants.list', { search: 'to-delete' })).total).toBe(0);
}, 120_000);

test('a deleted user comes back with its groups', async () => {
  const tenant = await openTenant(endpoint, 'restored');
  const id = await tenant.create('Users', { userName: 'back@example.com' });
  await tenant.create('Groups', { displayName: 'Engineering', members: [{ value: id }] });
  expect(await tenant.send('DELETE', `/Users/${id}`)).toBe(204);
  await endpoint.settled();
  const restore = () => call('deleted.restore', { tenant: 'restored', type: 'User', id });
  let done = await restore().catch(() => undefined);
  for (let wait = 0; !done && wait < 30; wait++) {
    await sleep(5_000);
    done = await restore().catch(() => undefined);
  }
  expect(done?.notes[0]).toBe(`User ${id} (back@example.com) is restored, in 1 group.`);
  expect(await call('resources.get', { tenant: 'restored', type: 'User', id })).toMatchObject({
    name: 'back@example.com',
    groups: [{ name: 'Engineering' }],
    changedHere: { action: 'user restore' },
  });
}, 240_000);
