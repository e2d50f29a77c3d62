import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Endpoint, startEndpoint, type TenantAccess } from '../../local/endpoint';
import type { BusEvent } from '../../local/event-bus';
import { queryRows, rowsOfTenant } from '../../operator/store/activity';
import type { MadeCredential } from '../../web/api/portal';
import { eventChecker } from '../changes/schemas';
import { userBody } from '../directory/requests';
import { lastSweep } from '../last-sweep';
import { openSession, placeOf, scim, until } from './set-up';

let endpoint: Endpoint;
let acme: TenantAccess;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'portal-'));
  jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  endpoint = await startEndpoint({ data: folder, profile: 'standard' });
});
beforeEach(async () => {
  acme = await endpoint.createTenant({ label: `acme-${expect.getState().currentTestName?.length}-${Date.now()}` });
});
afterAll(async () => {
  await endpoint.close();
  rmSync(folder, { recursive: true });
  jest.restoreAllMocks();
});

const events = () =>
  readFileSync(join(folder, 'events.jsonl'), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as BusEvent)
    .filter(({ detail }) => (detail as { tenantId?: string }).tenantId === acme.tenantId);

async function rows() {
  const table = { client: placeOf(endpoint).tables.client, name: 'activity' };
  const found = [];
  const selection = { now: new Date(), order: 'oldest first' } as const;
  for await (const row of queryRows(table, rowsOfTenant(acme.tenantId), selection)) found.push(row);
  return found;
}

const tokenOf = (made: MadeCredential) => ({ baseUrl: acme.baseUrl, token: made.kind === 'token' ? made.token : '' });

test('opening a link and what the administrator does to credentials are rows and events, without anything secret', async () => {
  const browser = await openSession(endpoint, acme.tenantId, { customer: 'Acme' });
  await browser.get('credentials.revoke', { id: acme.token.split('_')[2] ?? '' });
  const made = await browser.get('credentials.create', { kind: 'token', label: 'Okta' });
  const next = await browser.get('credentials.rotate', { id: made.id, overlapDays: 3 });
  await browser.get('credentials.revoke', { id: made.id });
  const actions = (await rows()).filter(({ kind }) => kind === 'action');
  expect(actions.map(({ template, actor }) => [template, actor])).toEqual(
    ['invitationOpened', 'tokenRevoked', 'tokenCreated', 'tokenRotated', 'tokenRevoked'].map((template) => [
      template,
      { administrator: true },
    ]),
  );
  const types = [
    'Invitation Opened',
    'Credential Revoked',
    'Credential Created',
    'Credential Rotated',
    'Credential Revoked',
  ];
  const published = await until(
    async () => events(),
    (all) => all.length >= types.length,
  );
  expect(published.map((event) => event['detail-type'])).toEqual(types);
  const check = eventChecker();
  expect(published.map(check).filter(Boolean)).toEqual([]);
  const secrets = [tokenOf(made).token, tokenOf(next).token, browser.cookie.split('=')[1] ?? ''];
  for (const secret of secrets) expect(JSON.stringify([actions, published])).not.toContain(secret);
});

test('a credential that was made works, its successor works, and the one before until the day that was named', async () => {
  const browser = await openSession(endpoint, acme.tenantId);
  await browser.get('credentials.revoke', { id: acme.token.split('_')[2] ?? '' });
  const made = await browser.get('credentials.create', { kind: 'token' });
  const next = await browser.get('credentials.rotate', { id: made.id, overlapDays: 3 });
  for (const each of [made, next]) expect((await scim(tokenOf(each), 'GET', '/Users')).status).toBe(200);
  expect(Date.parse(next.previousEnds) - Date.now()).toBeLessThanOrEqual(3 * 24 * 3_600_000);
  const { credentials } = await browser.get('overview.get', {});
  expect(credentials.map(({ id, secrets }) => [id, secrets[0]?.expires])).toEqual([
    [made.id, next.previousEnds],
    [next.id, next.expires],
  ]);
  const third = await browser.call('credentials.create', { kind: 'token' });
  expect([third.status, third.body.error?.code]).toEqual([409, 'too-many']);
  expect(third.body.error?.remedy?.text).toMatch(/revoke one/);
});

test('a token too many is refused with the names of those that there are, the one of the operator among them', async () => {
  const { tenantId } = await endpoint.createTenant({ label: 'places' });
  const browser = await openSession(endpoint, tenantId);
  const made = await browser.get('credentials.create', { kind: 'token', label: 'Okta' });
  const { credentials } = await browser.get('overview.get', {});
  expect(credentials.map(({ label, isFirst }) => [label, isFirst])).toEqual([
    [undefined, true],
    ['Okta', undefined],
  ]);
  for (const refused of [
    await browser.call('credentials.create', { kind: 'token' }),
    await browser.call('credentials.rotate', { id: made.id }),
  ]) {
    expect([refused.status, refused.body.error?.code]).toEqual([409, 'too-many']);
    expect(refused.body.error?.message).toBe(
      'There are 2 API tokens already, and 2 may work at a time: the one that the operator made with this connection (never used) and “Okta” (never used).',
    );
    expect(refused.body.error?.remedy?.text).toMatch(/^On the page Credentials, revoke one that was never used/);
  }
});

test('a third secret of a client is refused with the day on which there is room', async () => {
  const { tenantId } = await endpoint.createTenant({ label: 'secrets' });
  const browser = await openSession(endpoint, tenantId);
  const { id } = await browser.get('credentials.create', { kind: 'client' });
  const { previousEnds } = await browser.get('credentials.rotate', { id, overlapDays: 5 });
  const { body } = await browser.call('credentials.rotate', { id });
  expect(body.error).toMatchObject({ code: 'too-many', message: expect.stringContaining(previousEnds.slice(0, 10)) });
});

test('a client gets the fields of the Entra page, and its secret cannot be read again', async () => {
  const browser = await openSession(endpoint, acme.tenantId);
  const made = await browser.get('credentials.create', { kind: 'client', label: 'Entra' });
  expect(made).toMatchObject({
    kind: 'client',
    tenantUrl: acme.baseUrl,
    tokenEndpoint: acme.baseUrl.replace('/scim/v2', '/oauth2/token'),
    clientSecret: expect.stringMatching(/^scs_/),
  });
  const secret = made.kind === 'client' ? made.clientSecret : '';
  expect(JSON.stringify(await browser.get('overview.get', {}))).not.toContain(secret);
});

test('the checklist turns green with what the identity provider does, and not with the self test', async () => {
  const browser = await openSession(endpoint, acme.tenantId);
  const test = await browser.get('test.run', {});
  expect(test.checks.filter(({ verdict }) => verdict === 'failed')).toEqual([]);
  expect([test.checks.length > 10, test.left, test.ended]).toEqual([true, 0, undefined]);
  const done = async () =>
    (await browser.get('checklist.get', {})).steps.flatMap((step) => (step.done ? [step.step] : []));
  expect(await done()).toEqual([]);
  await scim(acme, 'GET', '/Users?count=1');
  expect(await done()).toEqual(['testCall']);
  const { id } = (await scim(acme, 'POST', '/Users', userBody('anna'))).body;
  await scim(acme, 'POST', '/Groups', { displayName: 'Staff', members: [{ value: id }] });
  const patch = {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
    Operations: [{ op: 'replace', path: 'active', value: false }],
  };
  await scim(acme, 'PATCH', `/Users/${id}`, patch);
  await until(done, (steps) => steps.length === 5);
  const { steps } = await browser.get('checklist.get', {});
  expect(steps.map(({ done: seen }) => seen?.status)).toEqual([200, 201, 201, 201, 200]);
  expect(steps[1]?.done?.sentence).toBe('created user anna@example.com');
  expect((await browser.get('overview.get', {})).users).toBe(1);
});

test('a failure has its cause and what to do in plain words, and is solved by a change that succeeds', async () => {
  const browser = await openSession(endpoint, acme.tenantId);
  const { userName: _, ...unnamed } = userBody('bert') as Record<string, unknown>;
  expect((await scim(acme, 'POST', '/Users', { ...unnamed, userName: '' })).status).toBe(400);
  await scim(acme, 'POST', '/Users', userBody('carl'));
  await scim(acme, 'POST', '/Users', userBody('carl'));
  const failures = await until(
    async () => (await browser.get('failures.list', {})).failures,
    (all) => all.length === 2,
  );
  const taken = failures.find(({ status }) => status === 409);
  expect(taken).toMatchObject({
    cause: 'Somebody else here has the same value, such as the user name.',
    count: 1,
    state: 'open',
    // Somebody has the name, and nothing has helped since.
    subjects: [{ name: 'carl@example.com', type: 'User', isSolved: false }],
  });
  expect(JSON.stringify(failures)).not.toMatch(/tenant|arn:/i);
});

test('a wrong token is a refusal with what to do', async () => {
  const browser = await openSession(endpoint, acme.tenantId);
  const made = await browser.get('credentials.create', { kind: 'token', label: 'Okta' });
  await browser.get('credentials.revoke', { id: made.id });
  expect((await scim(tokenOf(made), 'GET', '/Users')).status).toBe(401);
  const { refusals } = await browser.get('refusals.list', {});
  expect(refusals).toMatchObject([{ count: 1, cause: expect.stringContaining('does not exist here') }]);
});

test('what was chosen is there for the next session', async () => {
  const first = await openSession(endpoint, acme.tenantId);
  const setup = { provider: 'okta', answers: { signIn: 'saml' }, done: ['app'], notes: 'Ask Bert.' } as const;
  await first.get('setup.save', setup);
  const second = await openSession(endpoint, acme.tenantId);
  expect((await second.get('session.get', {})).setup).toEqual(setup);
});

test('a person is found by each name, disabled, enabled, and restored after a deletion', async () => {
  const browser = await openSession(endpoint, acme.tenantId, { scope: 'manage' });
  const { id } = (await scim(acme, 'POST', '/Users', userBody('dora', { externalId: 'ext-4711' }))).body as {
    id: string;
  };
  for (const search of ['DORA@example.com', 'ext-4711']) {
    expect((await browser.get('users.list', { search })).users.map((user) => user.id)).toEqual([id]);
  }
  expect((await browser.get('users.list', {})).total).toBe(1);
  expect((await browser.get('users.disable', { id })).active).toBe(false);
  const details = await browser.get('users.get', { id });
  expect([details.active, details.isChangedHere]).toEqual([false, true]);
  expect((await browser.get('users.enable', { id })).active).toBe(true);
  await until(
    () => browser.get('users.get', { id }),
    ({ activity }) => activity.some(({ by }) => by === 'administrator'),
  );
  await scim(acme, 'DELETE', `/Users/${id}`);
  await endpoint.settled();
  const { users } = await browser.get('users.deleted', {});
  expect(users.map((user) => [user.id, user.isSweeping])).toEqual([[id, true]]);
  const early = await browser.call('users.restore', { id });
  expect([early.status, early.body.error?.message]).toEqual([409, expect.stringContaining('wait a minute')]);
  await lastSweep(endpoint, acme.tenantId, id);
  expect((await browser.get('users.deleted', {})).users[0]?.isSweeping).toBe(false);
  await browser.get('users.restore', { id });
  expect((await scim(acme, 'GET', `/Users/${id}`)).status).toBe(200);
});
