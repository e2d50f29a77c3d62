import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Endpoint, startEndpoint, type TenantAccess } from '../../local/endpoint';
import type { LambdaFunction } from '../../local/invoke';
import { admin, adminJson } from '../cli/admin';

let endpoint: Endpoint;
let folder: string;
let invocations: Record<string, number> = {};

// The rate is so low that no machine is slow enough for it to fill the burst again during the test.
const rate = 0.001;
const burst = 5;

/** Stands in for the function of users, and counts which tenant reached it. */
const users: LambdaFunction = async (event) => {
  const { tenantId } = (event as { requestContext: { authorizer: { tenantId: string } } }).requestContext.authorizer;
  invocations[tenantId] = (invocations[tenantId] ?? 0) + 1;
  return { statusCode: 200, headers: {}, body: '{}' };
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'scim-limits-'));
  const plan = { rate, burst };
  endpoint = await startEndpoint({
    data: folder,
    handlers: { users },
    tenantLimits: { low: plan, standard: plan, high: { rate, burst: 50 } },
  });
});
beforeEach(() => {
  invocations = {};
});
afterAll(async () => {
  await endpoint.close();
  await rm(folder, { recursive: true });
});

const get = ({ baseUrl, token }: TenantAccess) =>
  fetch(`${baseUrl}/Users`, { headers: { Authorization: `Bearer ${token}` } });

async function send(tenant: TenantAccess, times: number): Promise<number[]> {
  const responses = await Promise.all(Array.from({ length: times }, () => get(tenant)));
  return responses.map(({ status }) => status);
}

const count = (statuses: readonly number[], status: number) => statuses.filter((each) => each === status).length;

test('while one tenant floods, another gets only successes, and the surplus never reaches a function', async () => {
  const noisy = await endpoint.createTenant({ label: 'noisy' });
  const quiet = await endpoint.createTenant({ label: 'quiet' });
  const [flood, others] = await Promise.all([send(noisy, 100), send(quiet, burst)]);
  expect([count(flood, 200), count(flood, 429)]).toEqual([burst, 100 - burst]);
  expect(others).toEqual(Array(burst).fill(200));
  expect(invocations).toEqual({ [noisy.tenantId]: burst, [quiet.tenantId]: burst });
});

test('the surplus is told when to come again, as a SCIM error', async () => {
  const tenant = await endpoint.createTenant({ label: 'surplus' });
  await send(tenant, burst);
  const response = await get(tenant);
  expect([response.status, response.headers.get('Retry-After')]).toEqual([429, '5']);
  expect(await response.json()).toMatchObject({
    schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
    status: '429',
  });
});

test('a header without the shape of a credential runs no function, not even the authorizer', async () => {
  const { baseUrl } = await endpoint.createTenant({ label: 'stranger' });
  const { status } = await get({ baseUrl, tenantId: '', token: 'sst_made_up' });
  expect(status).toBe(401);
});

test('an operator chooses the tier of a tenant, which holds for its tokens from then on', async () => {
  const local = ['--data', folder];
  const made = await adminJson<TenantAccess>('tenant', 'create', 'grows', ...local);
  expect(await adminJson('tenant', 'show', 'grows', ...local)).toMatchObject({ tier: 'standard' });
  expect((await admin(['tenant', 'limits', 'grows', 'high', ...local])).code).toBe(0);
  expect(await adminJson('tenant', 'show', 'grows', ...local)).toMatchObject({ tier: 'high' });
  expect(count(await send(made, 40), 200)).toBe(40);
});
