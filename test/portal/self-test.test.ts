import { testLabel } from '../../lambda/portal/test-label';
import { type Endpoint, startEndpoint, type TenantAccess } from '../../local/endpoint';
import { createToken } from '../../operator/tenants/tokens';
import type { Browser } from './client';
import { openSession, placeOf, until } from './set-up';

let endpoint: Endpoint;
let acme: TenantAccess;
let browser: Browser;
let count = 0;

beforeAll(async () => {
  jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  endpoint = await startEndpoint({ memory: true, profile: 'standard' });
});
beforeEach(async () => {
  count += 1;
  acme = await endpoint.createTenant({ label: `acme-${count}` });
  browser = await openSession(endpoint, acme.tenantId);
  // The administrator has room for one token more, also while a test runs.
  await browser.get('credentials.revoke', { id: acme.token.split('_')[2] ?? '' });
});
afterAll(async () => {
  await endpoint.close();
  jest.restoreAllMocks();
});

const ofTests = async () =>
  (await browser.get('overview.get', {})).credentials.filter(({ label }) => label === testLabel);

/** A token that an interrupted test left, made so many milliseconds ago. */
const left = (ago: number) =>
  createToken({ ...placeOf(endpoint).services, clock: () => new Date(Date.now() - ago) }, acme.tenantId, {
    tokenLabel: testLabel,
    life: 3_600_000,
  });

test('of tests at the same time one runs, with one token, which is gone at the end', async () => {
  const running = [1, 2, 3, 4].map(() => browser.call('test.run', {}));
  expect(await until(ofTests, (found) => found.length > 0)).toHaveLength(1);
  const codes = (await Promise.all(running)).map(({ status, body }) => `${status} ${body.error?.code}`);
  expect(codes.sort()).toEqual(['200 undefined', ...Array(3).fill('409 test-running')]);
  expect(await ofTests()).toEqual([]);
});

test('the token of a test cannot be rotated into one that outlives it', async () => {
  const { tokenId } = await left(0);
  const { status, body } = await browser.call('credentials.rotate', { id: tokenId });
  expect([status, body.error?.message]).toEqual([409, 'This token belongs to the test and ends with it.']);
  expect((await ofTests()).map(({ id }) => id)).toEqual([tokenId]);
});

test('no credential gets the name by which the requests of a test are told from those of the identity provider', async () => {
  for (const kind of ['token', 'client'] as const) {
    const { status, body } = await browser.call('credentials.create', { kind, label: ` ${testLabel} ` });
    expect([status, body.error?.code]).toEqual([400, 'invalid']);
  }
  expect(await ofTests()).toEqual([]);
});

test('a token that an interrupted test left is revoked by the next test', async () => {
  const { tokenId } = await left(120_000);
  const { secrets } = placeOf(endpoint).services;
  expect((await secrets.read(acme.tenantId, tokenId)).kind).toBe('found');
  expect((await browser.call('test.run', {})).status).toBe(200);
  expect((await secrets.read(acme.tenantId, tokenId)).kind).toBe('absent');
  expect(await ofTests()).toEqual([]);
});
