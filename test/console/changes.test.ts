import { generateKeyPairSync } from 'node:crypto';
import { calls } from '../../console/calls';
import { stateCacheTime } from '../../lambda/store/tenant-state';
import { type LocalEndpoint, startLocal } from '../cli/local-endpoint';
import { callerOf } from './client';
import { openTenant, type ScimTenant } from './scim-tenant';

let endpoint: LocalEndpoint;
let call: ReturnType<typeof callerOf>;

beforeAll(async () => {
  endpoint = await startLocal({ console: true, events: true });
  call = callerOf(endpoint.console ?? '');
});

afterAll(() => endpoint.close());

const open = (label: string): Promise<ScimTenant> => openTenant(endpoint, label);

/** The sentences of a tenant's activity, the newest first. */
async function sentences(tenant: string): Promise<readonly string[]> {
  await endpoint.settled();
  return (await call('activity.list', { tenant })).rows.map(({ sentence }) => sentence);
}

describe('credentials', () => {
  test('tokens are created, rotated and revoked, with the id typed', async () => {
    const tenant = await open('keys');
    const { token } = await call('tokens.create', { tenant: 'keys', label: 'okta', readOnly: true, days: 10 });
    await expect(call('tokens.create', { tenant: 'keys' })).rejects.toMatchObject({
      error: { remedy: { to: { screen: 'credentials' } } },
    });
    await expect(call('tokens.revoke', { tenant: 'keys', id: token.id, confirm: 'keys' })).rejects.toMatchObject({
      error: { code: 'refused' },
    });
    const rotated = await call('tokens.rotate', { tenant: 'keys', id: token.id, overlapHours: 24, limit: 3 });
    expect(Date.parse(rotated.oldExpires) - Date.now()).toBeLessThan(25 * 3_600_000);
    await call('tokens.revoke', { tenant: 'keys', id: token.id, confirm: token.id });
    const { tokens, baseUrl } = await call('credentials.list', { tenant: 'keys' });
    expect(baseUrl).toBe(tenant.baseUrl);
    expect(tokens.map(({ label, scope, state }) => [label, scope, state])).toEqual([
      [undefined, 'scim', 'live'],
      ['okta', 'scim:read', 'live'],
    ]);
    const told = await sentences('keys');
    expect(told).toEqual(
      expect.arrayContaining([
        `created token ${token.id} (okta)`,
        `created token ${rotated.token.id} (okta) in place of ${token.id}`,
        `revoked token ${token.id} (okta)`,
      ]),
    );
    expect(JSON.stringify(await call('credentials.list', { tenant: 'keys' }))).not.toContain('hash');
  });

  test('clients are created, rotated and revoked, part by part', async () => {
    await open('clients');
    const { client } = await call('clients.create', { tenant: 'clients', label: 'entra' });
    expect(client.tokenEndpoint).toMatch(/\/oauth2\/token$/);
    const body = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: client.id,
      client_secret: client.secret ?? '',
    });
    expect((await fetch(client.tokenEndpoint, { method: 'POST', body })).status).toBe(200);
    const { before } = await call('clients.rotate', { tenant: 'clients', id: client.id, overlapHours: 1 });
    const [old] = before;
    const part = old?.id ?? '';
    await call('clients.revoke', { tenant: 'clients', id: client.id, part, confirm: part });
    const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const key = publicKey.export({ type: 'spki', format: 'pem' }).toString();
    await call('clients.addKey', { tenant: 'clients', id: client.id, key });
    const workload = { issuer: 'https://issuer.example/v2.0', subject: 'sub', audience: 'aud' };
    await call('clients.addWorkload', { tenant: 'clients', id: client.id, workload });
    const { clients } = await call('credentials.list', { tenant: 'clients' });
    expect(clients[0]?.parts.map(({ kind, state }) => [kind, state])).toEqual([
      ['secret', 'live'],
      ['key', 'live'],
      ['trust', 'live'],
    ]);
    await call('clients.revoke', { tenant: 'clients', id: client.id, confirm: client.id });
    expect((await call('credentials.list', { tenant: 'clients' })).clients).toEqual([]);
    expect(await sentences('clients')).toContain(`gave client ${client.id} (entra) another secret`);
  });
});

describe('invitations', () => {
  test('one is created with link and PIN, listed and revoked', async () => {
    await open('invited');
    const made = await call('invitations.create', {
      tenant: 'invited',
      scope: 'manage',
      days: 2,
      customer: 'Acme GmbH',
    });
    expect(made).toMatchObject({ pin: expect.stringMatching(/^\d{6}$/), link: expect.stringMatching(/\/portal#./) });
    const { invitations } = await call('invitations.list', { tenant: 'invited' });
    expect(invitations).toEqual([
      {
        id: made.id,
        scope: 'manage',
        customer: 'Acme GmbH',
        state: 'open',
        created: expect.any(String),
        expires: made.expires,
        wrongPins: 0,
      },
    ]);
    expect(JSON.stringify(invitations)).not.toContain(made.pin);
    await call('invitations.revoke', { tenant: 'invited', id: made.id });
    expect((await call('invitations.list', { tenant: 'invited' })).invitations[0]?.state).toBe('revoked');
    await expect(call('invitations.revoke', { tenant: 'invited', id: made.id })).rejects.toMatchObject({
      error: { code: 'refused', remedy: { to: { screen: 'credentials', tenant: 'invited' } } },
    });
    const told = await sentences('invited');
    expect(told).toContain(`revoked invitation ${made.id} to the portal`);
    expect(told).toContain(`invited the administrator to the portal, scope manage, invitation ${made.id}`);
  });
});

describe('settings', () => {
  test('each is changed, shown and recorded', async () => {
    const { tenantId: tenant } = await open('before');
    await call('settings.rename', { tenant, label: 'after' });
    await call('settings.setLimits', { tenant, tier: 'high' });
    await call('settings.setBrake', { tenant, on: true });
    await call('settings.setLocalChanges', { tenant, allowed: false });
    await call('settings.setPaused', { tenant, paused: true });
    await call('settings.setEnabled', { tenant, enabled: false });
    expect(await call('settings.get', { tenant })).toMatchObject({
      label: 'after',
      state: 'disabled',
      enabled: false,
      paused: expect.stringMatching(/Z$/),
      limits: { tier: 'high', shared: false },
      brake: { on: true, holds: [] },
      localChanges: false,
    });
    await call('settings.setEnabled', { tenant, enabled: true });
    await call('settings.setPaused', { tenant, paused: false });
    const { notes } = await call('settings.setPaused', { tenant, paused: false });
    expect(notes).toEqual(['The tenant is not paused: nothing was changed.']);
    await expect(call('settings.release', { tenant })).rejects.toMatchObject({ error: { code: 'refused' } });
    const { until } = await call('settings.release', { tenant, hours: 2 });
    expect((await call('settings.get', { tenant })).brake.releasedUntil).toBe(until);
    expect(await sentences(tenant)).toEqual(
      expect.arrayContaining([
        'renamed the tenant before to after',
        'gave the tenant the limits of tier high',
        'turned the brake on',
        'refused operators to change users and groups',
        'paused the tenant',
        'disabled the tenant',
        'enabled the tenant',
        'resumed the tenant',
        `released what the brake held, until ${until}`,
      ]),
    );
  });

  test('what the brake holds is shown, and released for one user and for all', async () => {
    const tenant = await open('braked');
    const ids: string[] = [];
    for (let user = 0; user < 22; user++) {
      ids.push(await tenant.create('Users', { userName: `braked${user}@example.com` }));
    }
    await call('settings.setBrake', { tenant: 'braked', on: true });
    // By then requests follow the switch.
    await new Promise((resolve) => setTimeout(resolve, stateCacheTime + 100));
    const statuses = [];
    for (const id of ids) statuses.push(await tenant.send('DELETE', `/Users/${id}`));
    expect(statuses.filter((status) => status === 429)).toHaveLength(2);

    expect((await call('tenants.list', { search: 'braked' })).tenants[0]?.state).toBe('held');
    const { brake, state } = await call('settings.get', { tenant: 'braked' });
    expect([state, brake]).toMatchObject([
      'held',
      {
        on: true,
        holds: [{ what: 'users', limit: 20, sentence: expect.stringContaining('20 users disabled or deleted') }],
      },
    ]);
    const { attention } = await call('tenant.overview', { tenant: 'braked' });
    expect(attention.map(({ sentence }) => sentence)).toContainEqual(expect.stringMatching(/^The brake holds since/));

    const [first = '', second = ''] = ids.slice(20);
    await call('settings.releaseUser', { tenant: 'braked', user: 'braked20@example.com' });
    expect([await tenant.send('DELETE', `/Users/${first}`), await tenant.send('DELETE', `/Users/${second}`)]).toEqual([
      204, 429,
    ]);
    const { until } = await call('settings.release', { tenant: 'braked' });
    expect(Date.parse(until)).toBeGreaterThan(Date.now());
    expect((await call('settings.get', { tenant: 'braked' })).brake.holds).toEqual([]);
    expect(await sentences('braked')).toContain('let the change of user braked20@example.com through the brake');
  });

  test('a tenant is deleted only with its label typed', async () => {
    await open('to-delete');
    await expect(call('settings.deleteTenant', { tenant: 'to-delete', confirm: 'delete' })).rejects.toMatchObject({
      error: { code: 'refused', message: expect.stringContaining('"to-delete" confirms it') },
    });
    expect((await call('tenants.list', { search: 'to-delete' })).total).toBe(1);
  });
});

test('every call refuses an input that it does not take', async () => {
  for (const name of Object.keys(calls) as (keyof typeof calls)[]) {
    const input = { unknown: true } as never;
    await expect(call(name, input)).rejects.toMatchObject({ status: 400, error: { code: 'invalid' } });
  }
});
