import { type Endpoint, startEndpoint, type TenantAccess } from '../../local/endpoint';
import { revokeInvitation } from '../../operator/invitations/invitations';
import { countAttempt, openInvitation, readInvitation } from '../../operator/store/invitations';
import { readPortalSession } from '../../operator/store/portal-sessions';
import { Browser } from './client';
import { endInvitation, invite, openSession, placeOf } from './set-up';

let endpoint: Endpoint;
let acme: TenantAccess;

beforeAll(async () => {
  jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  endpoint = await startEndpoint({ memory: true, profile: 'standard' });
  acme = await endpoint.createTenant({ label: 'acme' });
});
afterAll(async () => {
  await endpoint.close();
  jest.restoreAllMocks();
});

/** A PIN that differs from the right one. */
const wrongPin = (pin: string, at = 1) => String((Number(pin) + at) % 1_000_000).padStart(6, '0');

test('a link says whose it is before the PIN, and nothing of the directory', async () => {
  const { browser, code } = await invite(endpoint, acme.tenantId, { customer: 'Acme GmbH' });
  const { body, status } = await browser.call('invitation.get', { code });
  expect(status).toBe(200);
  expect(Object.keys(body).sort()).toEqual(['customer', 'expires', 'operatorName', 'productName', 'scope', 'state']);
  expect(body).toMatchObject({ customer: 'Acme GmbH', scope: 'setup', state: 'open' });
  expect(JSON.stringify(body)).not.toContain(acme.tenantId);
});

test('code and PIN open one session, whose cookie scripts cannot read', async () => {
  const { browser, code, pin } = await invite(endpoint, acme.tenantId);
  const opened = await browser.call('invitation.open', { code, pin: `${pin.slice(0, 3)} ${pin.slice(3)}` });
  expect(opened.status).toBe(200);
  const [cookie] = opened.headers.getSetCookie();
  // On this machine, without https, there is neither the prefix nor Secure.
  expect(cookie).toMatch(/^scim-portal=sps_\w+; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Strict$/);
  expect((await browser.call('session.get', {})).body).toMatchObject({ customer: 'acme', scope: 'setup' });
  const second = new Browser(browser.url);
  const again = await second.call('invitation.open', { code, pin });
  expect([again.status, again.body.error?.code]).toEqual([410, 'used']);
  expect(again.body.error?.message).toMatch(
    /^This link was opened on \d{4}-\d\d-\d\d at \d\d:\d\d UTC; it opens once\.$/,
  );
  expect((await second.call('invitation.get', { code })).body).toMatchObject({
    state: 'used',
    openedAt: expect.any(String),
  });
});

test('over https the cookie has the prefix of this host and Secure', async () => {
  const { browser, code, pin } = await invite(endpoint, acme.tenantId);
  const origin = browser.url.replace('http:', 'https:').replace(/\/prod.*$/, '');
  const headers = { 'X-Forwarded-Proto': 'https', Origin: origin };
  const { status, headers: answered } = await browser.send('invitation.open', { code, pin }, headers);
  expect(status).toBe(200);
  expect(answered.getSetCookie()[0]).toMatch(
    /^__Host-scim-portal=sps_\w+; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Strict; Secure$/,
  );
});

test('five wrong PINs end a link, and the right one does not open it any more', async () => {
  const { browser, code, pin } = await invite(endpoint, acme.tenantId);
  for (const left of ['4 attempts are left', '3 attempts are left', '2 attempts are left', 'One attempt is left']) {
    const { status, body } = await browser.call('invitation.open', { code, pin: wrongPin(pin) });
    expect([status, body.error?.code, body.error?.message]).toEqual([401, 'wrong-pin', expect.stringContaining(left)]);
  }
  const fifth = await browser.call('invitation.open', { code, pin: wrongPin(pin) });
  expect([fifth.status, fifth.body.error?.code]).toEqual([410, 'locked']);
  expect((await browser.call('invitation.open', { code, pin })).status).toBe(410);
  expect((await browser.call('invitation.get', { code })).body.state).toBe('locked');
});

test('of 50 wrong PINs at the same time at most five are compared', async () => {
  const { browser, code, pin, invitationId } = await invite(endpoint, acme.tenantId);
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, at) => browser.call('invitation.open', { code, pin: wrongPin(pin, at + 1) })),
  );
  const compared = answers.filter(
    ({ body }) => body.error?.code === 'wrong-pin' || body.error?.message?.includes('5 times'),
  );
  expect(answers.filter(({ body }) => body.error?.code === 'wrong-pin').length).toBeLessThanOrEqual(4);
  expect(compared.length).toBe(50);
  const stored = await readInvitation(placeOf(endpoint).tables, acme.tenantId, invitationId);
  expect(stored?.attempts).toBe(5);
  expect((await browser.call('invitation.open', { code, pin })).body.error?.code).toBe('locked');
});

test('of ten people who open a link with the right PIN at the same time one gets a session', async () => {
  const { browser, code, pin } = await invite(endpoint, acme.tenantId);
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => new Browser(browser.url).call('invitation.open', { code, pin })),
  );
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
});

test('a scanner that opens the link, runs the page and posts without the PIN leaves it to its person', async () => {
  const { browser, code, pin } = await invite(endpoint, acme.tenantId);
  const page = await fetch(browser.url);
  expect(page.status).toBe(200);
  const scripts = [...(await page.text()).matchAll(/(?:src|href)="(portal\/assets\/[^"]+)"/g)].map(
    ([, path = '']) => path,
  );
  expect(scripts.length).toBeGreaterThan(1);
  for (const path of scripts) expect((await fetch(new URL(path, browser.url))).status).toBe(200);
  await browser.call('invitation.get', { code });
  for (const body of [{ code }, { code, pin: '' }, { code, pin: 'abc' }]) await browser.send('invitation.open', body);
  await fetch(browser.url, { method: 'POST', body: `code=${code}` });
  await fetch(`${browser.url}/api/invitation.open`, { method: 'GET' });
  expect((await browser.call('invitation.get', { code })).body.state).toBe('open');
  expect((await browser.call('invitation.open', { code, pin })).status).toBe(200);
});

test('a revoked link says so, and what somebody made up is unknown', async () => {
  const { browser, code, pin, invitationId } = await invite(endpoint, acme.tenantId);
  await revokeInvitation(placeOf(endpoint), acme.tenantId, invitationId);
  expect((await browser.call('invitation.open', { code, pin })).body.error).toMatchObject({
    code: 'revoked',
    message: 'The operator has revoked this link.',
  });
  for (const made of ['', 'x', code.slice(0, -1), `${code}0`, code.replace('spi_', 'sst_')]) {
    expect((await browser.call('invitation.get', { code: made })).status).toBe(404);
  }
});

test('a link whose time has passed says when it ended, compares no PIN and opens nothing', async () => {
  const { browser, code, pin, invitationId } = await invite(endpoint, acme.tenantId);
  await endInvitation(endpoint, acme.tenantId, invitationId);
  expect((await browser.call('invitation.get', { code })).body.state).toBe('expired');
  for (const typed of [wrongPin(pin), pin]) {
    expect((await browser.call('invitation.open', { code, pin: typed })).body.error).toMatchObject({
      code: 'expired',
      message: expect.stringMatching(/^This link ended on \d{4}-\d\d-\d\d at \d\d:\d\d UTC\.$/),
    });
  }
  expect(browser.cookie).toBe('');
  expect((await readInvitation(placeOf(endpoint).tables, acme.tenantId, invitationId))?.attempts).toBe(0);
});

test('a link that ends while its PIN is compared opens nothing: the table refuses it', async () => {
  const { invitationId } = await invite(endpoint, acme.tenantId);
  await endInvitation(endpoint, acme.tenantId, invitationId);
  const { tables } = placeOf(endpoint);
  const now = new Date().toISOString();
  const name = { tenantId: acme.tenantId, invitationId };
  const session = { ...name, sessionId: 'abcdefghijkl', hash: '', created: now, used: now, until: now };
  expect(await countAttempt(tables, name, now)).toBeUndefined();
  expect(await openInvitation(tables, session)).toBe(false);
  expect(await readPortalSession(tables, acme.tenantId, session.sessionId)).toBeUndefined();
});

test('a session for another customer is not replaced before somebody confirms it', async () => {
  const other = await endpoint.createTenant({ label: 'other' });
  const browser = await openSession(endpoint, acme.tenantId, { customer: 'Acme' });
  const { code, pin } = await invite(endpoint, other.tenantId, { customer: 'Other' });
  expect((await browser.call('invitation.get', { code })).body.current).toEqual({ customer: 'Acme', isSame: false });
  const refused = await browser.call('invitation.open', { code, pin });
  expect([refused.status, refused.body.error?.message]).toEqual([
    409,
    'This browser has a session for Acme; this link is for Other.',
  ]);
  expect((await browser.get('session.get', {})).customer).toBe('Acme');
  const before = browser.cookie;
  await browser.get('invitation.open', { code, pin, replace: true });
  expect((await browser.get('session.get', {})).customer).toBe('Other');
  browser.cookie = before;
  expect((await browser.call('session.get', {})).status).toBe(401);
});

test('the logs have no code, PIN, secret or name', async () => {
  const { browser, code, pin } = await invite(endpoint, acme.tenantId, { customer: 'Secret Customer' });
  const logged: string[] = [];
  const spy = jest.spyOn(process.stdout, 'write').mockImplementation((text) => logged.push(String(text)) > 0);
  await browser.call('invitation.open', { code, pin: wrongPin(pin) });
  await browser.get('invitation.open', { code, pin });
  const { cookie } = browser;
  const made = await browser.get('credentials.create', { kind: 'client' });
  await browser.get('credentials.revoke', { id: made.id });
  spy.mockRestore();
  const log = logged.join('');
  expect(log).toContain('/portal/api/invitation.open');
  const secret = made.kind === 'client' ? made.clientSecret : '';
  for (const value of [code, `"${pin}"`, cookie.split('=')[1] ?? '', secret, 'Secret Customer']) {
    expect(log).not.toContain(value);
  }
});
