import { setTimeout as sleep } from 'node:timers/promises';
import { stateCacheTime } from '../../lambda/store/tenant-state';
import { patchBody, userBody } from '../directory/requests';
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
  expect((await run('tenant', 'resume', 'paused')).out).toContain('is not paused: nothing was changed.');
  expect(await json('tenant', 'resume', 'paused')).toMatchObject({ resumed: false });
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

test('the brake is off until it is turned on, and a release needs something to release', async () => {
  await json('tenant', 'create', 'braked');
  expect((await run('tenant', 'show', 'braked')).out).toMatch(/^Brake +off$/m);
  expect((await run('tenant', 'release', 'braked')).err).toBe(
    `scim-admin: The brake of tenant braked is off: it holds nothing. Run "npx scim-admin tenant brake braked on --data ${endpoint.data}" to turn it on.\n`,
  );
  expect((await run('tenant', 'brake', 'braked', 'on')).out).toMatch(
    /is on, within 5 seconds: .* get 429 until they are/,
  );
  expect(await json('tenant', 'show', 'braked')).toMatchObject({ brake: true });
  expect((await run('tenant', 'show', 'braked')).out).toMatch(/^Brake +on$/m);
  expect((await run('tenant', 'release', 'braked')).err).toBe(
    `scim-admin: The brake of tenant braked holds nothing. To let a planned change through, say for how long. Run "npx scim-admin tenant release braked --for 2h --data ${endpoint.data}".\n`,
  );
  expect((await run('tenant', 'release', 'braked', '--for', '2h')).out).toMatch(
    /is held until .* Then counting begins/,
  );
  expect((await run('tenant', 'show', 'braked')).out).toMatch(/^Brake +on, holds nothing until \S+ \S+ UTC$/m);
  expect((await run('tenant', 'brake', 'braked', 'off')).out).toContain('is off');
  expect(await json('tenant', 'show', 'braked')).not.toHaveProperty('brake');
});

test.each([
  [['--for', '0m'], 'Use a time from 1m to 7d, such as 2h.'],
  [['--for', '8d'], 'Use a time from 1m to 7d, such as 2h.'],
  [['--for', '2h', '--user', 'anna'], "cannot be used with option '--for <time>'"],
])('release %p is a usage error', async (options, message) => {
  expect(await run('tenant', 'release', 'acme', ...options)).toMatchObject({
    code: 2,
    err: expect.stringContaining(message),
  });
});

test('what the brake holds is released one user at a time, or altogether, and shown until then', async () => {
  const made = await json<Made>('tenant', 'create', 'held', '--profile', 'standard');
  await run('tenant', 'brake', 'held', 'on');
  const send = async (method: string, path: string, body: object) => {
    const headers = { Authorization: `Bearer ${made.token}`, 'Content-Type': 'application/scim+json' };
    const response = await fetch(made.baseUrl + path, { method, headers, body: JSON.stringify(body) });
    return { status: response.status, body: (await response.json()) as { id: string } };
  };
  const disable = async (id: string) =>
    (await send('PATCH', `/Users/${id}`, patchBody({ op: 'replace', path: 'active', value: false }))).status;
  const users: string[] = [];
  for (let at = 0; at < 23; at++) users.push((await send('POST', '/Users', userBody(`h${at}`))).body.id);
  const [first = '', second = '', third = '', ...others] = users;
  for (const id of others) expect(await disable(id)).toBe(200);
  expect([await disable(first), await disable(second)]).toEqual([429, 429]);
  expect(await json('tenant', 'show', 'held')).toMatchObject({
    brake: true,
    holds: [{ counter: 'users', counted: 20, limit: 20 }],
  });
  expect((await run('tenant', 'list')).out).toMatch(/held +standard +enabled, held by the brake /);
  expect((await run('tenant', 'release', 'held', '--user', 'nobody')).err).toContain(
    'has no User with the id or userName',
  );
  expect((await run('tenant', 'release', 'held', '--user', 'h0@example.com')).code).toBe(0);
  expect([await disable(first), await disable(second)]).toEqual([200, 429]);
  expect((await run('tenant', 'release', 'held')).code).toBe(0);
  expect(await json('tenant', 'show', 'held')).not.toHaveProperty('holds');
  expect([await disable(second), await disable(third)]).toEqual([200, 200]);
});
