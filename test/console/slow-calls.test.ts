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
});
