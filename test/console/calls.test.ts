import { stateCacheTime } from '../../lambda/store/tenant-state';
import { type LocalEndpoint, startLocal } from '../cli/local-endpoint';
import { lastSweep } from '../last-sweep';
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

describe('the session', () => {
  test('says what the console works on, and explains the profiles', async () => {
    const { place, profiles, activityKept, tiers } = await call('session.get', {});
    expect(place).toEqual({ local: { url: endpoint.url, folder: endpoint.data } });
    expect(profiles.map(({ name }) => name)).toEqual(['identity-center', 'standard', 'aws-scim-clients']);
    expect(activityKept).toBe(true);
    expect(tiers.map(({ name }) => name)).toEqual(['low', 'standard', 'high']);
  });
});

describe('tenants', () => {
  test('one is created with a token that works, and is recorded', async () => {
    const { tenant, token } = await call('tenants.create', { label: 'made', profile: 'standard', days: 30 });
    const headers = { Authorization: `Bearer ${token.token}` };
    expect((await fetch(`${tenant.baseUrl}/Users`, { headers })).status).toBe(200);
    expect(tenant).toMatchObject({ label: 'made', profile: 'standard', state: 'enabled' });
    expect(await sentences('made')).toContain('created the tenant made, profile standard');
  });

  test('a label that is taken is refused with the text of the command', async () => {
    await open('taken');
    await expect(call('tenants.create', { label: 'Taken', profile: 'standard' })).rejects.toMatchObject({
      status: 409,
      error: { code: 'refused', message: expect.stringMatching(/^A tenant with the label "Taken" exists already/) },
    });
  });

  test('the list has the counts, the last request, the failures and the days to the expiry', async () => {
    const tenant = await open('listed');
    await tenant.create('Users', { userName: 'one@example.com' });
    await tenant.create('Groups', { displayName: 'One' });
    expect(await tenant.send('POST', '/Users', { userName: 'x' })).toBe(400);
    await endpoint.settled();
    const { tenants, total } = await call('tenants.list', { search: 'LIST' });
    expect(total).toBe(1);
    expect(tenants).toEqual([
      {
        id: tenant.tenantId,
        label: 'listed',
        profile: 'identity-center',
        state: 'enabled',
        users: 1,
        groups: 1,
        lastRequest: expect.stringMatching(/Z$/),
        failures: { count: 1, more: false },
        expires: expect.stringMatching(/Z$/),
        daysToExpiry: 364,
      },
    ]);
    expect((await call('tenants.list', { search: tenant.tenantId })).tenants).toHaveLength(1);
  });

  test('the overview has the health, and what needs attention with the screen that helps', async () => {
    const tenant = await open('looked-over');
    await tenant.create('Users', { userName: 'seen@example.com' });
    for (let time = 0; time < 3; time++) await tenant.send('POST', '/Users', { userName: 'again@example.com' });
    await call('settings.setPaused', { tenant: tenant.tenantId, paused: true });
    await endpoint.settled();
    const overview = await call('tenant.overview', { tenant: 'looked-over' });
    expect(overview).toMatchObject({
      id: tenant.tenantId,
      state: 'paused',
      baseUrl: tenant.baseUrl,
      users: 1,
      groups: 0,
      credentials: { tokens: 1, clients: 0 },
      lastSuccess: { sentence: 'created user seen@example.com' },
      failures: [{ count: 3, status: 400 }],
    });
    const [paused, repeated] = overview.attention;
    expect(paused).toMatchObject({ remedy: { to: { screen: 'settings', tenant: 'looked-over' } } });
    expect(repeated).toMatchObject({
      sentence: expect.stringMatching(/^again@example\.com: 3 times /),
      remedy: { text: expect.stringContaining('Give the attribute a value'), docs: expect.any(String) },
    });
  });

  test('enabled and disabled users are counted', async () => {
    const tenant = await open('halves');
    await tenant.create('Users', { userName: 'on@example.com' });
    await tenant.create('Users', { userName: 'off@example.com', active: false });
    expect(await call('tenant.countUsers', { tenant: 'halves' })).toEqual({ enabled: 1, disabled: 1 });
  });

  test('refused credentials are counted, with what to do', async () => {
    const tenant = await open('locked-out');
    const headers = { Authorization: `Bearer ${tenant.token.slice(0, -1)}` };
    await fetch(`${tenant.baseUrl}/Users`, { headers });
    const { refusals } = await call('tenant.refusals', { tenant: 'locked-out' });
    for (const refusal of refusals)
      expect(refusal.remedy.to).toEqual({ screen: 'credentials', tenant: tenant.tenantId });
  });

  test('one that does not exist is refused, and the list of tenants is where to look', async () => {
    await expect(call('tenant.overview', { tenant: 'nobody' })).rejects.toMatchObject({
      error: { code: 'refused', remedy: { to: { screen: 'tenants' } } },
    });
  });
});

describe('users and groups', () => {
  test('a list has pages, and one user has its attributes, groups and activity', async () => {
    const tenant = await open('people');
    const id = await tenant.create('Users', { userName: 'anna@example.com', externalId: 'a-1' });
    await tenant.create('Groups', { displayName: 'Engineering', members: [{ value: id }] });
    for (let index = 0; index < 50; index++) await tenant.create('Users', { userName: `u${index}@example.com` });
    await endpoint.settled();

    const first = await call('resources.list', { tenant: 'people', type: 'User' });
    const second = await call('resources.list', { tenant: 'people', type: 'User', cursor: first.next ?? '-' });
    expect([first.resources.length, second.resources.length, first.total, second.next]).toEqual([50, 1, 51, undefined]);
    expect(new Set([...first.resources, ...second.resources].map((row) => row.id)).size).toBe(51);

    const user = await call('resources.get', { tenant: 'people', type: 'User', id });
    expect(user).toMatchObject({ name: 'anna@example.com', externalId: 'a-1', active: true });
    expect(user.groups).toEqual([{ id: expect.any(String), name: 'Engineering' }]);
    expect(user.activity.map(({ sentence }) => sentence)).toEqual([
      'added user anna@example.com to Engineering',
      'created user anna@example.com',
    ]);
    const [group] = user.groups;
    const { members, total } = await call('groups.members', { tenant: 'people', id: group?.id ?? '' });
    expect([members, total]).toEqual([[{ id, type: 'User', name: 'anna@example.com' }], 1]);
  });

  test('a user is disabled here, which the page shows and the activity has', async () => {
    const tenant = await open('switched');
    const id = await tenant.create('Users', { userName: 'switch@example.com' });
    const { notes } = await call('users.setActive', { tenant: 'switched', id, active: false });
    expect(notes[0]).toBe(`User ${id} (switch@example.com) is disabled.`);
    const user = await call('resources.get', { tenant: 'switched', type: 'User', id });
    expect(user).toMatchObject({ active: false, changedHere: { action: 'user disable' } });
    expect(await sentences('switched')).toContain('disabled user switch@example.com');
  });

  test('a deleted user is listed, restored and found again', async () => {
    const tenant = await open('restored');
    const id = await tenant.create('Users', { userName: 'back@example.com' });
    await tenant.create('Groups', { displayName: 'Engineering', members: [{ value: id }] });
    expect(await tenant.send('DELETE', `/Users/${id}`)).toBe(204);
    await endpoint.settled();
    const { deleted, total } = await call('deleted.list', { tenant: 'restored', type: 'User' });
    expect([deleted.map(({ name, isSweeping }) => [name, isSweeping]), total]).toEqual([
      [['back@example.com', true]],
      1,
    ]);
    const restore = () => call('deleted.restore', { tenant: 'restored', type: 'User', id });
    await expect(restore()).rejects.toMatchObject({
      error: { code: 'refused', message: expect.stringContaining('less than a minute ago') },
    });
    await lastSweep(endpoint, tenant.tenantId, id);
    expect((await call('deleted.list', { tenant: 'restored' })).deleted[0]?.isSweeping).toBe(false);
    expect((await restore()).notes[0]).toBe(`User ${id} (back@example.com) is restored, in 1 group.`);
    expect(await call('resources.get', { tenant: 'restored', type: 'User', id })).toMatchObject({
      name: 'back@example.com',
      groups: [{ name: 'Engineering' }],
      changedHere: { action: 'user restore' },
    });
  });

  test('an erasure needs the name typed, on the server too', async () => {
    const tenant = await open('erased');
    const id = await tenant.create('Users', { userName: 'gone@example.com' });
    const wanted = { tenant: 'erased', type: 'User', wanted: id } as const;
    const { word, sentence } = await call('resources.erasable', wanted);
    expect([word, sentence]).toEqual(['gone@example.com', expect.stringContaining('cannot be undone')]);
    await expect(call('resources.erase', { ...wanted, confirm: id })).rejects.toMatchObject({
      error: { code: 'refused', message: expect.stringContaining('Nothing was changed') },
    });
    expect(await tenant.send('GET', `/Users/${id}`)).toBe(200);
    await call('resources.erase', { ...wanted, confirm: word });
    expect(await tenant.send('GET', `/Users/${id}`)).toBe(404);
  });
});

describe('activity', () => {
  test('is paged, and a failure opens to its cause, remedy and command', async () => {
    const tenant = await open('busy');
    for (let index = 0; index < 55; index++) await tenant.create('Users', { userName: `b${index}@example.com` });
    await tenant.send('POST', '/Users', { userName: 'refused@example.com' });
    await endpoint.settled();
    const first = await call('activity.list', { tenant: 'busy' });
    const second = await call('activity.list', { tenant: 'busy', cursor: first.next ?? '-' });
    const times = [...first.rows, ...second.rows].map(({ time, id }) => `${time}#${id}`);
    expect(first.rows).toHaveLength(50);
    expect(second.next).toBeUndefined();
    expect(times).toEqual([...new Set(times)].sort().reverse());

    const { rows } = await call('activity.list', { tenant: 'busy', failed: true });
    const [failure] = rows;
    expect(failure).toMatchObject({ kind: 'failure', status: 400, resource: { name: 'refused@example.com' } });
    const shown = await call('activity.show', { tenant: 'busy', request: failure?.request ?? '' });
    expect(shown.rows[0]).toMatchObject({
      detail: expect.stringContaining('is required'),
      method: 'POST',
      path: '/Users',
    });
    expect(shown.curl).toContain(`-X POST '${tenant.baseUrl}/Users' -H "Authorization: Bearer $TOKEN"`);
    expect(shown.curl).not.toContain(tenant.token);
    expect(shown.curlNote).toContain('The body was not recorded');
  });

  test('new rows come by position, and none is missed', async () => {
    const tenant = await open('live');
    const { position } = await call('activity.list', { tenant: 'live' });
    await tenant.create('Users', { userName: 'new@example.com' });
    await endpoint.settled();
    const news = await call('activity.news', { tenant: 'live', position });
    expect(news.rows.map(({ sentence }) => sentence)).toContain('created user new@example.com');
    expect([news.more, news.position >= position]).toEqual([false, true]);
    const again = await call('activity.news', { tenant: 'live', position: news.position });
    expect(again.rows.map(({ id }) => id)).toEqual(news.rows.map(({ id }) => id));
  });

  test('recorded bodies are shown, and stand in the command', async () => {
    const tenant = await open('recorded');
    const { until } = await call('activity.record', { tenant: 'recorded', hours: 2 });
    expect(until).toMatch(/Z$/);
    await new Promise((resolve) => setTimeout(resolve, stateCacheTime + 100));
    await tenant.send('POST', '/Users', { userName: "o'neil@example.com" });
    await endpoint.settled();
    const [failure] = (await call('activity.list', { tenant: 'recorded', failed: true })).rows;
    const { sent, answered, curl, curlNote } = await call('activity.show', {
      tenant: 'recorded',
      request: failure?.request ?? '',
    });
    expect(JSON.parse(sent ?? '')).toMatchObject({ userName: "o'neil@example.com" });
    expect(answered).toContain('is required');
    expect(curl).toContain("o'\\''neil@example.com");
    expect(curlNote).toBeUndefined();
    expect((await call('activity.record', { tenant: 'recorded', hours: 0 })).until).toBeUndefined();
  });

  test('another tenant does not show a request', async () => {
    const tenant = await open('one-of-two');
    await open('other-of-two');
    await tenant.send('POST', '/Users', { userName: 'x' });
    await endpoint.settled();
    const [failure] = (await call('activity.list', { tenant: 'one-of-two', failed: true })).rows;
    const { rows } = await call('activity.show', { tenant: 'other-of-two', request: failure?.request ?? '' });
    expect(rows).toEqual([]);
  });
});
