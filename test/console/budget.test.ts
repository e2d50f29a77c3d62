import { answerCall } from '../../console/answer';
import { sourceOf } from '../../console/source';
import { type Deployment, openDeployment } from '../../operator/connection/open';
import { type LocalEndpoint, startLocal } from '../cli/local-endpoint';
import { openTenant } from './scim-tenant';

let endpoint: LocalEndpoint;
let deployment: Deployment;
let tenantId = '';

beforeAll(async () => {
  endpoint = await startLocal();
  deployment = await openDeployment({ stack: '', local: endpoint.data });
});

afterAll(async () => {
  deployment.close();
  await endpoint.close();
});

/** Answers a call, and counts the calls to DynamoDB that it takes, and how many of them were under way at once. */
async function measure(name: string, input: object) {
  const { client } = deployment.tables;
  const send = client.send.bind(client);
  const count = { calls: 0, atOnce: 0 };
  let underWay = 0;
  const counting = jest.spyOn(client, 'send').mockImplementation((async (command: Parameters<typeof send>[0]) => {
    count.calls += 1;
    underWay += 1;
    count.atOnce = Math.max(count.atOnce, underWay);
    return await send(command).finally(() => {
      underWay -= 1;
    });
  }) as typeof client.send);
  const source = sourceOf({ local: { url: endpoint.url } }, async () => deployment);
  const { status, body } = await answerCall(source, name, JSON.stringify(input), (failure) => {
    throw failure;
  });
  counting.mockRestore();
  expect(status).toBe(200);
  return { ...count, body: body as Record<string, unknown> };
}

test('the list of tenants reads what it shows: five calls for each tenant of the page, eight tenants at once', async () => {
  for (let index = 0; index < 60; index++) await endpoint.createTenant({ label: `many-${index}` });
  const { calls, atOnce, body } = await measure('tenants.list', { search: 'many' });
  expect(body).toMatchObject({ total: 60, next: expect.any(String) });
  expect(calls).toBe(1 + 50 * 5);
  expect(atOnce).toBeGreaterThan(8);
  expect(atOnce).toBeLessThanOrEqual(8 * 4);

  const rest = await measure('tenants.list', { search: 'many', cursor: body.next });
  expect(rest.body.tenants).toHaveLength(10);
  expect(rest.calls).toBe(1 + 10 * 5);
});

test('a page of users takes as many calls, however many there are', async () => {
  const tenant = await openTenant(endpoint, 'pages');
  tenantId = tenant.tenantId;
  for (let index = 0; index < 120; index++) await tenant.create('Users', { userName: `user${index}@example.com` });
  const first = await measure('resources.list', { tenant: tenant.tenantId, type: 'User' });
  const second = await measure('resources.list', { tenant: tenant.tenantId, type: 'User', cursor: first.body.next });
  expect([first.body.total, first.calls, second.calls]).toEqual([120, 4, 4]);
});

test.each([
  ['resources.find', { type: 'User', text: 'user1@example.com' }, 12],
  ['resources.find', { type: 'User', text: 'nobody' }, 11],
  ['tenant.overview', {}, 7],
  ['activity.list', {}, 3],
  ['settings.get', {}, 3],
] as const)('%s %j takes %i calls', async (name, input, calls) => {
  expect((await measure(name, { tenant: tenantId, ...input })).calls).toBe(calls);
});
