import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { limitOf } from '../../lambda/directory/hour-count';
import { stateCacheTime } from '../../lambda/store/tenant-state';
import { type Endpoint, startEndpoint, type TenantAccess } from '../../local/endpoint';
import { patchBody, userBody } from '../directory/requests';
import { type AwsStandIn, stackOf, startAws } from './aws-stand-in';
import { linkCheckout, typeGuide } from './guide';

const limit = limitOf('users', 0);
let endpoint: Endpoint;
let aws: AwsStandIn;
let folder: string;
let acme: TenantAccess;
const ids = new Map<string, string>();

async function send(method: string, path: string, body?: object) {
  const response = await fetch(acme.baseUrl + path, {
    method,
    headers: { Authorization: `Bearer ${acme.token}`, 'Content-Type': 'application/scim+json' },
    ...(body && { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: JSON.parse((await response.text()) || '{}') };
}
const disable = async (name: string) =>
  (await send('PATCH', `/Users/${ids.get(name)}`, patchBody({ op: 'replace', path: 'active', value: false }))).status;

/** Waits until the functions follow a change of the tenant's state. */
async function until(expected: number, attempt: () => Promise<number>): Promise<void> {
  for (const end = Date.now() + 2 * stateCacheTime; Date.now() < end && (await attempt()) !== expected; ) {
    await sleep(100);
  }
  expect(await attempt()).toBe(expected);
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'scim-brake-guide-'));
  await linkCheckout(folder);
  endpoint = await startEndpoint({ data: join(folder, '.scim') });
  aws = await startAws();
  aws.answer = stackOf(endpoint);
  acme = await endpoint.createTenant({ label: 'acme', profile: 'standard' });
  for (const name of ['anna', ...Array.from({ length: limit + 3 }, (_, at) => `user${at}`)]) {
    ids.set(name, (await send('POST', '/Users', userBody(name))).body.id);
  }
});

afterAll(async () => {
  await aws.close();
  await endpoint.close();
  await rm(folder, { recursive: true });
});

const type = (mark: string) =>
  typeGuide(mark, { folder, document: 'docs/brake.md', env: { AWS_ENDPOINT_URL_CLOUDFORMATION: aws.url } });

test('the commands of the guide: turn the brake on, look, release one, release all, pause, resume', async () => {
  expect(await type('brake-on')).toContain('is on, within 5 seconds');
  await sleep(stateCacheTime);
  for (let at = 0; at < limit; at++) expect(await disable(`user${at}`)).toBe(200);
  expect([await disable('anna'), await disable(`user${limit}`)]).toEqual([429, 429]);

  expect(await type('show')).toMatch(
    /^State +enabled, held by the brake\nBrake +on, holds since \S+ \S+ UTC: 20 users disabled or deleted within an hour, limit 20$/m,
  );
  expect(await type('release-user')).toMatch(/^User anna@example\.com \(\S+\) may be disabled or deleted;/);
  expect([await disable('anna'), await disable(`user${limit}`)]).toEqual([200, 429]);

  expect(await type('release')).toMatch(/is held until \d{4}-\d\d-\d\d \d\d:\d\d UTC, within 5 seconds/);
  expect(await disable(`user${limit}`)).toBe(200);
  expect(await type('show')).toMatch(/^State +enabled\nBrake +on, holds nothing until /m);
  expect(await type('release-for')).toContain('is held until');

  const get = async () => (await send('GET', '/Users')).status;
  expect(await type('pause')).toContain('is paused since');
  await until(503, get);
  expect(await type('resume')).toContain('accepts requests again');
  await until(200, get);
});
