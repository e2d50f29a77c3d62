import { makeToken } from '../../../lambda/tenants/token-format';
import { readRefusals } from '../../../operator/activity/refusals';
import { type Deployment, openDeployment } from '../../../operator/connection/open';
import { type LocalEndpoint, startLocal } from '../../cli/local-endpoint';

let endpoint: LocalEndpoint;
let deployment: Deployment;

beforeAll(async () => {
  endpoint = await startLocal({ authorizerCacheSeconds: 0 });
  deployment = await openDeployment({ stack: '', local: endpoint.data });
});

afterAll(async () => {
  deployment.close();
  await endpoint.close();
});

const send = async (baseUrl: string, token: string) => {
  const { status } = await fetch(`${baseUrl}/Users`, { headers: { Authorization: `Bearer ${token}` } });
  return status;
};

async function refusals(tenantId: string, since = new Date(0)) {
  const found = [];
  for await (const refusal of readRefusals(deployment, tenantId, since)) found.push(refusal);
  return found;
}

test('refused credentials of a tenant are read with their reason, and no other tenant sees them', async () => {
  const acme = await endpoint.createTenant({ label: 'acme' });
  const other = await endpoint.createTenant({ label: 'other' });
  const [, , credentialId = ''] = acme.token.split('_');
  expect(await send(acme.baseUrl, acme.token)).toBe(200);
  expect(await send(acme.baseUrl, makeToken({ tenantId: acme.tenantId, credentialId: 'a'.repeat(12) }))).toBe(401);
  expect(await send(acme.baseUrl, makeToken({ tenantId: acme.tenantId, credentialId }))).toBe(401);
  expect(await refusals(acme.tenantId)).toEqual([
    { time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/), reason: 'unknown', credential: 'a'.repeat(12) },
    { time: expect.any(String), reason: 'wrong secret', credential: credentialId },
  ]);
  expect(await refusals(acme.tenantId, new Date(Date.now() + 1000))).toEqual([]);
  expect(await refusals(other.tenantId)).toEqual([]);
});

test('more refusals than a page of the log holds are all read, in their order', async () => {
  const busy = await endpoint.createTenant({ label: 'busy' });
  for (let at = 0; at < 1_100; at++) {
    const credentialId = String(at).padStart(12, '0');
    process.stdout.write(
      `${JSON.stringify({ level: 'warn', message: 'unauthorized', reason: 'unknown', tenantId: busy.tenantId, credentialId })}\n`,
    );
  }
  const found = await refusals(busy.tenantId);
  expect(found.map(({ credential }) => Number(credential))).toEqual(Array.from({ length: 1_100 }, (_, at) => at));
});
