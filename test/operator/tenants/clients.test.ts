import type { ClientRecord } from '../../../lambda/tenants/client';
import { alignSecret, createSecret } from '../../../operator/tenants/align-secret';
import { clientSecret } from '../../../operator/tenants/credential-secrets';
import { deleteTenant } from '../../../operator/tenants/delete-tenant';
import { noApiKeys } from '../../../operator/tenants/limits';
import { createTenant, findTenant, setTenantState } from '../../../operator/tenants/provision';
import type { TenantServices } from '../../../operator/tenants/tenant-services';
import { type OpenServices, openServices } from './open-services';

let open: OpenServices;
let services: TenantServices;

beforeAll(async () => {
  open = await openServices();
  services = { tenants: open.tenants, secrets: open.secrets, apiKeys: noApiKeys, clock: () => new Date() };
});

afterAll(() => open.close());

const clientId = 'clientaaaaaa';
const macKey = Buffer.alloc(32, 1).toString('base64url');
const client: ClientRecord = {
  label: 'entra',
  created: '2026-11-27T00:00:00.000Z',
  version: 1,
  scope: 'scim',
  accessTokenSeconds: 3600,
  secrets: [{ hash: '00', created: '2026-11-27T00:00:00.000Z', expires: '2028-11-27T00:00:00.000Z' }],
  keys: [],
  trusts: [],
};

async function tenantWithClient(label: string): Promise<string> {
  const { tenantId } = await createTenant(services, { label, profile: 'standard' });
  expect(await services.tenants.addClient(tenantId, clientId, client, 1)).toBe(true);
  const tenant = await findTenant(services, tenantId);
  await createSecret(services, tenantId, clientId, clientSecret(tenant, client, macKey));
  return tenantId;
}

const secretOf = async (tenantId: string) => {
  const reading = await services.secrets.read(tenantId, clientId);
  return reading.kind === 'found' ? reading.secret : reading.kind;
};

test('a tenant lists a client beside its tokens, and its secret repeats what the item says', async () => {
  const tenantId = await tenantWithClient('listed');
  const tenant = await findTenant(services, tenantId);
  expect(tenant.tokens.size).toBe(1);
  expect(tenant.clients).toEqual(new Map([[clientId, client]]));
  const { created: _, version: __, ...authentication } = client;
  expect(await secretOf(tenantId)).toEqual({
    kind: 'client',
    profile: 'standard',
    state: 'enabled',
    tier: 'standard',
    ...authentication,
    macKey,
  });
});

test('a tenant has no more clients than the limit, and no client twice', async () => {
  const tenantId = await tenantWithClient('limited');
  expect(await services.tenants.addClient(tenantId, 'another00000', client, 1)).toBe(false);
  expect(await services.tenants.addClient(tenantId, clientId, client, 5)).toBe(false);
  expect(await services.tenants.addClient('nosuchtenant', clientId, client, 5)).toBe(false);
});

test('a change of a client reaches its secret; of two changes at a time one is refused', async () => {
  const tenantId = await tenantWithClient('changed');
  const changes = [7200, 10_800].map((accessTokenSeconds) => ({ ...client, accessTokenSeconds }));
  const results = await Promise.all(
    changes.map((changed) => services.tenants.changeClient(tenantId, clientId, changed)),
  );
  expect(results.filter(Boolean)).toHaveLength(1);
  expect(await alignSecret(services, tenantId, clientId)).toBe(true);
  const winner = changes[results.indexOf(true)];
  expect(await secretOf(tenantId)).toMatchObject({
    accessTokenSeconds: winner?.accessTokenSeconds,
    macKey,
  });
});

test('disabling a tenant disables its clients', async () => {
  const tenantId = await tenantWithClient('disabled');
  await setTenantState(services, tenantId, 'disabled');
  expect(await secretOf(tenantId)).toMatchObject({ state: 'disabled' });
});

test('a client that was removed leaves no secret', async () => {
  const tenantId = await tenantWithClient('removed');
  expect(await services.tenants.removeClient(tenantId, clientId)).toBe(true);
  expect(await services.tenants.removeClient(tenantId, clientId)).toBe(false);
  expect(await alignSecret(services, tenantId, clientId)).toBe(false);
  expect(await secretOf(tenantId)).toBe('absent');
});

test('deleting a tenant deletes its clients', async () => {
  const tenantId = await tenantWithClient('deleted');
  await deleteTenant(services, tenantId, () => Promise.resolve(), { wait: false });
  expect(await open.tenants.get(tenantId)).toBeUndefined();
  expect(await secretOf(tenantId)).toBe('absent');
});
