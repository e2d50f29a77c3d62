import { setTimeout as sleep } from 'node:timers/promises';
import { stateCacheTime } from '../../lambda/store/tenant-state';
import { admin, adminJson } from './admin';
import { type LocalEndpoint, startLocal } from './local-endpoint';

let endpoint: LocalEndpoint;
const run = (...args: readonly string[]) => admin([...args, '--data', endpoint.data]);
const json = <Data>(...args: readonly string[]) => adminJson<Data>(...args, '--data', endpoint.data);

interface Made {
  readonly tenantId: string;
  readonly token: string;
  readonly baseUrl: string;
}

beforeAll(async () => {
  endpoint = await startLocal({ authorizerCacheSeconds: 0 });
});

afterAll(() => endpoint.close());

const get = ({ baseUrl, token }: Made, path: string) =>
  fetch(baseUrl + path, { headers: { Authorization: `Bearer ${token}` } });

test('a paused tenant answers 503 on every path, lists say so, and resuming ends it within seconds', async () => {
  const made = await json<Made>('tenant', 'create', 'paused');
  const { out, err } = await run('tenant', 'pause', 'paused');
  expect(out).toMatch(/^Tenant \w{12} \(paused\) is paused since \d{4}-\d\d-\d\d \d\d:\d\d UTC: its requests get 503,/);
  expect(err).toContain(`Run "npx scim-admin tenant resume paused --data ${endpoint.data}"`);
  for (const path of ['/Users', '/Groups', '/ServiceProviderConfig', '/Me', '/Nothing', '?filter=id+pr']) {
    const response = await get(made, path);
    expect([path, response.status, response.headers.get('Retry-After')]).toEqual([path, 503, '300']);
    expect((await response.json()) as object).toMatchObject({ detail: expect.stringContaining('is paused since') });
  }
  expect((await run('tenant', 'list')).out).toMatch(/paused +identity-center +enabled, paused since \S+ \S+ /);
  expect((await run('tenant', 'show', 'paused')).out).toMatch(/^State +enabled, paused since /m);
  const { paused } = await json<{ paused: string }>('tenant', 'show', 'paused');
  expect(await json('tenant', 'pause', 'paused')).toMatchObject({ paused });

  expect((await run('tenant', 'resume', 'paused')).out).toContain('accepts requests again, within 5 seconds');
  expect(await json('tenant', 'show', 'paused')).not.toHaveProperty('paused');
  const end = Date.now() + stateCacheTime;
  while (Date.now() < end && (await get(made, '/Users')).status === 503) await sleep(100);
  expect((await get(made, '/Users')).status).toBe(200);
});

test('other tenants go on while one is paused', async () => {
  const other = await json<Made>('tenant', 'create', 'other');
  await json('tenant', 'create', 'stopped');
  await run('tenant', 'pause', 'stopped');
  expect((await get(other, '/Users')).status).toBe(200);
});
