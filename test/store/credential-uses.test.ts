import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { recordUse } from '../../lambda/store/credential-uses';
import { credentialUseKey } from '../../lambda/store/keys';
import { noApiKeys } from '../../operator/tenants/limits';
import { createTenant, findTenant } from '../../operator/tenants/provision';
import { revokeToken } from '../../operator/tenants/tokens';
import { type OpenServices, openServices } from '../operator/tenants/open-services';

const at = (time: string) => `2120-01-02T${time}:00:00.000Z`;
let open: OpenServices;

beforeAll(async () => {
  open = await openServices();
});

afterAll(() => open.close());

async function setUp(label: string) {
  const services = { tenants: open.tenants, secrets: open.secrets, apiKeys: noApiKeys, clock: () => new Date() };
  const created = await createTenant(services, { label, profile: 'standard' });
  const { tenantId, tokenId } = created;
  return {
    tenantId,
    tokenId,
    record: (hour: string) => recordUse(open.tables, { tenantId, credentialId: tokenId }, hour),
    revoke: async () => revokeToken(services, await findTenant(services, tenantId), tokenId),
    read: () => findTenant(services, tenantId),
  };
}

test('last use only moves forward, however many write it', async () => {
  const { tokenId, record, read } = await setUp('forward');
  await Promise.all(['05', '09', '07', '08', '06', '09', '05'].map((time) => record(at(time))));
  expect((await read()).tokens.get(tokenId)?.lastUse).toBe(at('09'));
});

test('a token is not used before it is created, although its first use is recorded as the hour of it', async () => {
  const { tokenId, record, read } = await setUp('early');
  await record('2020-01-02T05:00:00.000Z');
  const { created, lastUse } = (await read()).tokens.get(tokenId) ?? {};
  expect(lastUse).toBe(created);
});

test('the use of a token is deleted with the token, and one recorded late creates no token', async () => {
  const { tokenId, tenantId, record, revoke, read } = await setUp('gone');
  await record(at('04'));
  await revoke();
  const { Item } = await open.tables.client.send(
    new GetCommand({ TableName: open.tables.directory, Key: credentialUseKey(tenantId, tokenId) }),
  );
  expect(Item).toBeUndefined();
  await record(at('05'));
  await recordUse(open.tables, { tenantId: 'nosuchtenant', credentialId: tokenId }, at('05'));
  expect((await read()).tokens.size).toBe(0);
  expect(await open.tenants.get('nosuchtenant')).toBeUndefined();
});

test('a failure to write is thrown', async () => {
  const tables = { ...open.tables, directory: 'no-such-table' };
  await expect(recordUse(tables, { tenantId: 'tenant', credentialId: 'token' }, at('05'))).rejects.toThrow();
});
