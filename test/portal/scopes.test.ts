import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSessionSecret } from '../../lambda/tenants/token-format';
import { type Endpoint, startEndpoint, type TenantAccess } from '../../local/endpoint';
import { revokeInvitation } from '../../operator/invitations/invitations';
import { readPortalSession, touchPortalSession } from '../../operator/store/portal-sessions';
import { userBody } from '../directory/requests';
import calls from './calls.json';
import { Browser } from './client';
import { endInvitation, invite, openSession, placeOf, scim } from './set-up';

let endpoint: Endpoint;
let acme: TenantAccess;
let other: TenantAccess;
let user: string;

beforeAll(async () => {
  jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  endpoint = await startEndpoint({ memory: true, profile: 'standard' });
  acme = await endpoint.createTenant({ label: 'acme' });
  other = await endpoint.createTenant({ label: 'other' });
  user = String((await scim(acme, 'POST', '/Users', userBody('anna'))).body.id);
});
afterAll(async () => {
  await endpoint.close();
  jest.restoreAllMocks();
});

/** What there is of acme: no call of another session may read or change it. */
async function everything() {
  const { tokens, clients } = (await placeOf(endpoint).services.tenants.get(acme.tenantId)) ?? {};
  const { body } = await scim(acme, 'GET', '/Users');
  return JSON.stringify([[...(tokens ?? [])].map(([id]) => id), [...(clients ?? [])].map(([id]) => id), body]);
}

/** The input of a call, about acme. */
function inputOf({ input }: (typeof calls)[number]): object {
  const credential = acme.token.split('_')[2] ?? '';
  return JSON.parse(JSON.stringify(input).replace('{credential}', credential).replace('{user}', user)) as object;
}

const sessionKey = (browser: Browser) => {
  const name = parseSessionSecret(browser.cookie.split('=')[1] ?? '');
  if (!name) throw new Error('There is no session.');
  return { tenantId: name.tenantId, sessionId: name.credentialId };
};

test('the table has every call of the portal that needs a session', () => {
  const source = readFileSync(join(__dirname, '../../lambda/portal/calls.ts'), 'utf8');
  const needing = [...source.matchAll(/'(\w+\.\w+)': \{ needs: '(setup|manage)'/g)].map(([, name, needs]) => ({
    name,
    needs,
  }));
  expect(calls.map(({ name, needs }) => ({ name, needs }))).toEqual(needing);
});

/** Sessions that must not be accepted. */
const refused: Readonly<Record<string, () => Promise<Browser>>> = {
  none: async () => new Browser((await invite(endpoint, acme.tenantId)).browser.url),
  invented: async () => {
    const browser = await openSession(endpoint, acme.tenantId, { scope: 'manage' });
    browser.cookie = `${browser.cookie.slice(0, -12)}AAAAAAAAAAAA`;
    return browser;
  },
  revoked: async () => {
    const { browser, code, pin, invitationId } = await invite(endpoint, acme.tenantId, { scope: 'manage' });
    await browser.get('invitation.open', { code, pin });
    await revokeInvitation(placeOf(endpoint), acme.tenantId, invitationId);
    return browser;
  },
  idle: async () => {
    const browser = await openSession(endpoint, acme.tenantId, { scope: 'manage' });
    const { tenantId, sessionId } = sessionKey(browser);
    const { tables } = placeOf(endpoint);
    const session = await readPortalSession(tables, tenantId, sessionId);
    if (!session) throw new Error('There is no session.');
    await touchPortalSession(tables, session, new Date(Date.now() - 25 * 3_600_000).toISOString());
    return browser;
  },
  expired: async () => {
    const { browser, code, pin, invitationId } = await invite(endpoint, acme.tenantId, { scope: 'manage' });
    await browser.get('invitation.open', { code, pin });
    await endInvitation(endpoint, acme.tenantId, invitationId);
    return browser;
  },
  ended: async () => {
    const browser = await openSession(endpoint, acme.tenantId, { scope: 'manage' });
    const { cookie } = browser;
    await browser.get('session.end', {});
    browser.cookie = cookie;
    return browser;
  },
};

describe.each(Object.keys(refused))('with a session that is %s', (kind) => {
  test('every call is refused with 401, and changes nothing', async () => {
    const before = await everything();
    for (const call of calls) {
      const browser = await refused[kind]?.();
      const { status, body } = (await browser?.send(call.name, inputOf(call))) ?? {};
      expect([call.name, status, body?.error?.code]).toEqual([call.name, 401, 'no-session']);
      expect(browser?.cookie).toBe('');
    }
    expect(await everything()).toBe(before);
  });
});

test('a session of scope setup is refused with 403 by every call about people', async () => {
  const browser = await openSession(endpoint, acme.tenantId);
  const before = await everything();
  for (const call of calls.filter(({ needs }) => needs === 'manage')) {
    const { status, body } = await browser.send(call.name, inputOf(call));
    expect([call.name, status, body.error?.code]).toEqual([call.name, 403, 'not-allowed']);
  }
  expect(await everything()).toBe(before);
});

test('a session of another tenant reaches nothing of this one, whatever ids it sends', async () => {
  const browser = await openSession(endpoint, other.tenantId, { scope: 'manage' });
  const before = await everything();
  for (const call of calls.filter(({ name }) => name !== 'session.end' && name !== 'test.run')) {
    const { body } = await browser.send(call.name, {
      ...inputOf(call),
      tenantId: acme.tenantId,
      tenant: acme.tenantId,
    });
    expect([call.name, JSON.stringify(body)]).toEqual([call.name, expect.not.stringContaining(acme.tenantId)]);
    expect(JSON.stringify(body)).not.toContain('anna@example.com');
  }
  const about = calls.filter(({ input }) => 'id' in input);
  for (const call of about) {
    const { status } = await browser.send(call.name, inputOf(call));
    expect([call.name, [404, 409].includes(status)]).toEqual([call.name, true]);
  }
  expect(await everything()).toBe(before);
});

test('deleting the tenant ends its sessions and its links at once', async () => {
  const gone = await endpoint.createTenant({ label: 'gone' });
  const browser = await openSession(endpoint, gone.tenantId);
  const { browser: second, code, pin } = await invite(endpoint, gone.tenantId);
  await placeOf(endpoint).services.tenants.markDeleted(gone.tenantId, new Date().toISOString());
  expect((await browser.call('session.get', {})).status).toBe(401);
  expect((await second.call('invitation.get', { code })).status).toBe(404);
  expect((await second.call('invitation.open', { code, pin })).status).toBe(404);
});
