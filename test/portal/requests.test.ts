import fc from 'fast-check';
import { type Endpoint, startEndpoint, type TenantAccess } from '../../local/endpoint';
import { send } from '../console/client';
import calls from './calls.json';
import { Browser } from './client';
import cases from './requests.json';
import { openSession } from './set-up';

let endpoint: Endpoint;
let acme: TenantAccess;
let browser: Browser;

beforeAll(async () => {
  jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  endpoint = await startEndpoint({ memory: true, profile: 'standard' });
  acme = await endpoint.createTenant({ label: 'acme' });
  browser = await openSession(endpoint, acme.tenantId, { scope: 'manage' });
});
afterAll(async () => {
  await endpoint.close();
  jest.restoreAllMocks();
});

test.each(cases)('$name: $status', async ({ headers, body, status }) => {
  const origin = new URL(browser.url).origin;
  const sent = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      value === null ? undefined : value.replace('{origin}', origin),
    ]),
  );
  const large = body === 'large' ? JSON.stringify({ notes: 'x'.repeat(40_000) }) : body;
  const answered = await browser.send('setup.save', large, sent);
  expect(answered.status).toBe(status);
  if (status !== 200)
    expect(answered.body.error).toMatchObject({ code: expect.any(String), message: expect.any(String) });
});

test('an unknown call is 404, also with the name of what every object has', async () => {
  for (const name of ['', 'nothing', 'constructor', '__proto__', 'toString', 'session.get/x', '../brand.get']) {
    expect([name, (await browser.send(name, {})).status]).toEqual([name, 404]);
  }
});

test('every answer has the headers that keep the page closed, and may not be kept', async () => {
  const responses = [
    await fetch(browser.url),
    await fetch(`${browser.url}/nothing`),
    await fetch(`${browser.url}/api/session.get`, { method: 'POST', body: '{}' }),
  ];
  for (const { headers } of responses) {
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('content-security-policy')).not.toContain('unsafe');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('strict-transport-security')).toMatch(/^max-age=\d+$/);
    expect(headers.get('access-control-allow-origin')).toBeNull();
  }
});

test('the files of the page are named by their content and kept for a year, the page itself is not', async () => {
  const page = await fetch(browser.url);
  const html = await page.text();
  expect(html).not.toMatch(/<script(?![^>]* src=)|<style|style=|https?:\/\/(?!www\.w3\.org)/);
  const [, path = ''] = /src="(portal\/assets\/[^"]+\.js)"/.exec(html) ?? [];
  const script = await fetch(new URL(path, browser.url));
  expect(script.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  expect(script.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
  for (const name of ['assets/none.js', 'assets/../portal.html', 'portal.html', 'page.json', 'settings.json']) {
    expect([name, (await fetch(`${browser.url}/${name}`)).status]).toEqual([name, 404]);
  }
});

test.each([
  'x/y',
  'portal',
  'assets/x/y.js',
  'assets/%2e%2e/page.json',
  '/evil.example/',
  'evil/portal',
  'evil/portal/',
  'evil/portal/assets/x.js',
])('a path below that is none of its files is 404: portal/%s', async (path) => {
  const { status, headers } = await send(`${browser.url}/${path}`);
  expect([status, headers.location]).toEqual([404, undefined]);
});

test('a call below another path is 404, so that no link leads to a page that names another Base URL', async () => {
  const below = new Browser(`${browser.url}/evil/portal`);
  expect((await below.send('brand.get', {})).status).toBe(404);
});

test('a slash at the end leads to the address without it, from which the files are found', async () => {
  const response = await fetch(`${browser.url}/`, { redirect: 'manual' });
  expect([response.status, response.headers.get('location')]).toEqual([302, browser.url]);
});

test('whatever a body has, a call answers without a fault', async () => {
  const names = calls
    .map(({ name }) => name)
    .filter((name) => !['session.end', 'test.run', 'credentials.create'].includes(name));
  const word = fc.constantFrom(
    'code',
    'pin',
    'id',
    'kind',
    'label',
    'search',
    'cursor',
    'provider',
    'answers',
    'done',
    'notes',
    'overlapDays',
    '__proto__',
  );
  const input = fc.oneof(fc.dictionary(word, fc.jsonValue()), fc.jsonValue());
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...names, 'invitation.get', 'invitation.open'), input, async (name, body) => {
      const { status } = await browser.send(name, body);
      expect([name, status < 500]).toEqual([name, true]);
    }),
    { numRuns: 60 },
  );
});
