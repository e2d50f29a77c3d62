import { DeleteCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { openDirectory } from 'serverless-scim/directory';
import {
  type ActivityEntry,
  openTenants,
  RefusedError,
  type Tenants,
  UnknownTenantError,
} from 'serverless-scim/tenants';
import { type LocalScim, startLocal } from 'serverless-scim/testing';
import { deletionKey } from '../../../lambda/store/keys';

const unrecorded: string[] = [];
let local: LocalScim;
let tenants: Tenants;

beforeAll(async () => {
  local = await startLocal();
  tenants = openTenants({
    ...local,
    actor: 'application billing',
    onUnrecorded: (message) => unrecorded.push(message),
  });
});

afterAll(async () => {
  tenants.close();
  await local.stop();
  expect(unrecorded).toEqual([]);
});

async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const found: Item[] = [];
  for await (const item of items) found.push(item);
  return found;
}

async function createUser(baseUrl: string, token: string, userName: string): Promise<Response> {
  const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/scim+json' };
  const body = { userName, displayName: 'A', name: { givenName: 'A', familyName: 'B' } };
  return fetch(`${baseUrl}/Users`, { method: 'POST', headers, body: JSON.stringify(body) });
}

const sentences = (entries: readonly ActivityEntry[]) => entries.map(({ sentence }) => sentence);

test('a tenant is created, its token works, and its state can be changed and read', async () => {
  const made = await tenants.create({ label: 'acme', profile: 'standard', tokenLabel: 'Okta', tokenDays: 30 });
  expect((await createUser(made.baseUrl, made.token.token, 'anna')).status).toBe(201);
  const { tenantId } = made;
  await tenants.rename(tenantId, 'acme-inc');
  await tenants.setLimits(tenantId, 'high');
  const since = await tenants.pause(tenantId);
  await tenants.setLocalChanges(tenantId, false);
  await tenants.brake.turnOn(tenantId);
  const expected = {
    tenantId,
    label: 'acme-inc',
    profile: 'standard',
    state: 'enabled',
    tier: 'high',
    baseUrl: made.baseUrl,
  };
  const details = { ...expected, paused: since, brake: true, holds: [], localChanges: false };
  expect(await tenants.get(tenantId)).toEqual({ ...details, created: expect.any(String) });
  expect(await tenants.findByLabel('ACME-inc')).toEqual(await tenants.get(tenantId));
  await tenants.resume(tenantId);
  await tenants.disable(tenantId);
  expect(await tenants.get(tenantId)).toMatchObject({ state: 'disabled' });
  await tenants.enable(tenantId);
  await tenants.brake.turnOff(tenantId);
  const all = await collect(tenants.list());
  expect(all.map(({ label }) => label).sort()).toEqual(['acme-inc', 'local']);
  expect(all).toContainEqual({ ...expected, created: expect.any(String) });
});

test('what the application does is in the activity of the tenant, with who did it', async () => {
  const { tenantId } = await tenants.create({ label: 'recorded' });
  const token = await tenants.tokens.create(tenantId, { label: 'Okta' });
  await tenants.tokens.revoke(tenantId, token.tokenId);
  const entries = await collect(tenants.activity.list(tenantId));
  expect(sentences(entries)).toEqual([
    `revoked token ${token.tokenId} (Okta)`,
    `created token ${token.tokenId} (Okta)`,
    'created the tenant recorded, profile identity-center',
  ]);
  for (const entry of entries) expect(entry).toMatchObject({ kind: 'action', identity: 'application billing' });
});

test('tokens are created, listed, rotated and revoked', async () => {
  const { tenantId, baseUrl, token } = await tenants.create({ label: 'tokens' });
  const next = await tenants.tokens.rotate(tenantId, token.tokenId, { overlapHours: 24, days: 10 });
  expect((await createUser(baseUrl, next.token, 'anna')).status).toBe(201);
  const listed = await tenants.tokens.list(tenantId);
  expect(listed.map(({ tokenId, state }) => [tokenId, state])).toEqual([
    [token.tokenId, 'live'],
    [next.tokenId, 'live'],
  ]);
  expect(JSON.stringify(listed)).not.toContain(token.token);
  await expect(tenants.tokens.create(tenantId)).rejects.toThrow(
    /has 2 live tokens, the most allowed: .* Revoke one first, or allow more\. Call tokens\.revoke\(tenantId, tokenId\), or pass limit: 3\.$/,
  );
  await tenants.tokens.create(tenantId, { limit: 3, scope: 'scim:read' });
  await tenants.tokens.revoke(tenantId, token.tokenId);
  expect(await tenants.tokens.list(tenantId)).toHaveLength(2);
  await expect(tenants.tokens.revoke(tenantId, 'abcdefghijkl')).rejects.toThrow(
    /has no token "abcdefghijkl": .* tokens\.list\(tenantId\) returns them\.$/,
  );
});

test('clients are created, listed, rotated and revoked, with their keys and trusts', async () => {
  const { tenantId, baseUrl } = await tenants.create({ label: 'clients' });
  const made = await tenants.clients.create(tenantId, { label: 'Entra', days: 400, accessTokenHours: 2 });
  expect(made).toMatchObject({ tokenUrl: baseUrl.replace('/scim/v2', '/oauth2/token'), secret: expect.any(String) });
  await tenants.clients.rotate(tenantId, made.clientId, { overlapHours: 1 });
  const trust = { issuer: 'https://login.microsoftonline.com/x/v2.0', subject: 'a', audience: 'b' };
  await tenants.clients.addTrust(tenantId, made.clientId, trust);
  const [client] = await tenants.clients.list(tenantId);
  expect(client).toMatchObject({ label: 'Entra', state: 'live', accessTokenSeconds: 7200, trusts: [trust] });
  expect(client?.secrets).toHaveLength(2);
  expect(JSON.stringify(client)).not.toContain('hash');
  await tenants.clients.revokePart(tenantId, made.clientId, client?.trusts[0]?.id ?? '');
  await tenants.clients.revoke(tenantId, made.clientId);
  expect(await tenants.clients.list(tenantId)).toEqual([]);
});

test('an administrator is invited, and the invitation is listed and revoked', async () => {
  const { tenantId } = await tenants.create({ label: 'inviting' });
  const made = await tenants.invitations.create(tenantId, { customer: 'Acme', days: 1 });
  expect(made).toMatchObject({
    scope: 'setup',
    url: expect.stringContaining('/portal'),
    pin: expect.stringMatching(/^\d{6}$/),
  });
  const [listed] = await tenants.invitations.list(tenantId);
  expect(listed).toMatchObject({ invitationId: made.invitationId, customer: 'Acme', state: 'open', wrongPins: 0 });
  expect(JSON.stringify(listed)).not.toContain(made.pin);
  await tenants.invitations.revoke(tenantId, made.invitationId);
  expect(await tenants.invitations.list(tenantId)).toMatchObject([{ state: 'revoked' }]);
  await expect(tenants.invitations.revoke(tenantId, made.invitationId)).rejects.toThrow(
    /invitations\.list\(tenantId\) returns them\.$/,
  );
});

test('a refused label, an unknown tenant and a deleted one have typed errors', async () => {
  await tenants.create({ label: 'taken' });
  await expect(tenants.create({ label: 'Taken' })).rejects.toThrow(RefusedError);
  await expect(tenants.create({ label: 'a b' })).rejects.toThrow(/The label "a b" is not valid/);
  expect(await tenants.get('abcdefghijkl')).toBeUndefined();
  expect(await tenants.findByLabel('nobody')).toBeUndefined();
  for (const tenantId of ['abcdefghijkl', 'taken', '', 'TENANT', '../x']) {
    await expect(tenants.disable(tenantId)).rejects.toThrow(UnknownTenantError);
    await expect(tenants.tokens.list(tenantId)).rejects.toThrow(UnknownTenantError);
    await expect(collect(tenants.activity.list(tenantId))).rejects.toThrow(UnknownTenantError);
  }
});

test('a program without types gets an error for a value that could not be read again, and nothing is stored', async () => {
  const { tenantId } = await tenants.create({ label: 'untyped' });
  const before = JSON.stringify([await tenants.get(tenantId), await tenants.tokens.list(tenantId)]);
  const wrong = 'huge' as never;
  const calls = [
    () => tenants.create({ label: undefined as never }),
    () => tenants.create({ label: 'untyped-2', profile: wrong }),
    () => tenants.create({ label: 'untyped-3', tokenLabel: 5 as never }),
    () => tenants.create({ label: 'untyped-4', tokenDays: -1 }),
    () => tenants.rename(tenantId, undefined as never),
    () => tenants.setLimits(tenantId, wrong),
    () => tenants.tokens.create(tenantId, { scope: wrong }),
    () => tenants.tokens.create(tenantId, { label: 5 as never }),
    () => tenants.tokens.create(tenantId, { days: -1 }),
    () => tenants.tokens.create(tenantId, { days: Number.NaN }),
    () => tenants.clients.create(tenantId, { scope: wrong }),
    () => tenants.clients.create(tenantId, { label: 5 as never }),
    () => tenants.clients.create(tenantId, { days: Number.NaN }),
    () => tenants.invitations.create(tenantId, { scope: wrong }),
    () => tenants.brake.release(tenantId, { hours: -1 }),
    () => tenants.deleted.restore(tenantId, 'user' as never, 'x'),
    () => tenants.roles.set(tenantId, undefined as never),
    () => tenants.tokens.create(tenantId, { limit: Number.NaN }),
    () => tenants.tokens.create(tenantId, { limit: 'x' as never }),
    () => tenants.clients.create(tenantId, { limit: 0.5 }),
    () => tenants.deleted.list(tenantId, { type: 'user' as never }),
    ...['', '../x', '__proto__', 'x'.repeat(10_240)].flatMap((id) => [
      () => tenants.rename(tenantId, id),
      () => tenants.tokens.revoke(tenantId, id),
      () => tenants.clients.revoke(tenantId, id),
      () => tenants.clients.addKey(tenantId, id, id),
      () => tenants.invitations.revoke(tenantId, id),
      () => tenants.deleted.restore(tenantId, 'User', id),
      () => tenants.brake.releaseUser(tenantId, id),
    ]),
  ];
  for (const call of calls) await expect(call()).rejects.toThrow(RefusedError);
  expect(JSON.stringify([await tenants.get(tenantId), await tenants.tokens.list(tenantId)])).toBe(before);
  expect(await tenants.clients.list(tenantId)).toEqual([]);
  expect(await tenants.roles.get(tenantId)).toBeUndefined();
  for (const label of ['undefined', 'untyped-2', 'untyped-3', 'untyped-4']) {
    expect(await tenants.findByLabel(label)).toBeUndefined();
  }
});

test('a name that no tenant can have finds none, and a date that is none is named', async () => {
  for (const label of ['', '__proto__', 'a b', 'x'.repeat(10_240)]) {
    expect([await tenants.findByLabel(label), await tenants.get(label)]).toEqual([undefined, undefined]);
  }
  const never = new Date(Number.NaN);
  await expect(tenants.deleted.list(local.tenantId, { since: never })).rejects.toThrow(RangeError);
  await expect(tenants.deleted.list(local.tenantId, { count: Number.NaN })).rejects.toThrow(RangeError);
  await expect(collect(tenants.activity.list(local.tenantId, { since: never }))).rejects.toThrow(/is no date/);
  await expect(collect(tenants.activity.refusals(local.tenantId, never))).rejects.toThrow(/is no date/);
});

test('without a deployment it says which grant and which options name one', () => {
  expect(() => openTenants()).toThrow(/call grantManageTenants\(\) .* or pass deployment or stackName\.$/);
});

test('a deleted user is listed and restored', async () => {
  const { tenantId, baseUrl, token } = await tenants.create({ label: 'restoring' });
  const { id } = (await (await createUser(baseUrl, token.token, 'anna')).json()) as { id: string };
  const headers = { Authorization: `Bearer ${token.token}` };
  await fetch(`${baseUrl}/Users/${id}`, { method: 'DELETE', headers });
  await local.settled();
  const { found, total } = await tenants.deleted.list(tenantId, { type: 'User' });
  // It cannot be restored yet, and the list says so.
  expect([found, total]).toEqual([[expect.objectContaining({ id, name: 'anna', restorable: false })], 1]);
  const [{ deleted = '', restorableFrom = '' } = {}] = found;
  expect(Date.parse(restorableFrom) - Date.parse(deleted)).toBe(60_000);
  await tenants.setLocalChanges(tenantId, false);
  await expect(tenants.deleted.restore(tenantId, 'User', id)).rejects.toThrow(
    /allow operators to make changes\. Call setLocalChanges\(tenantId, true\)\.$/,
  );
  await tenants.setLocalChanges(tenantId, true);
  await expect(tenants.deleted.restore(tenantId, 'User', id)).rejects.toThrow(/less than a minute ago/);
  // In a minute, the endpoint removes this mark itself.
  const document = DynamoDBDocumentClient.from(local.client);
  await document.send(new DeleteCommand({ TableName: local.tables.directory, Key: deletionKey(tenantId, id) }));
  const [row] = (await tenants.deleted.list(tenantId)).found;
  expect(row).toMatchObject({ id, restorable: true });
  expect(row).not.toHaveProperty('restorableFrom');
  expect(await tenants.deleted.restore(tenantId, 'User', id)).toMatchObject({ id, name: 'anna', groups: 0 });
  expect(await openDirectory(local).tenant(tenantId).users.get(id)).toMatchObject({ userName: 'anna' });
});

test('failures are in the activity and in the health, with what to do', async () => {
  const { tenantId, baseUrl, token } = await tenants.create({ label: 'failing' });
  await createUser(baseUrl, token.token, 'anna');
  for (let at = 0; at < 3; at++) expect((await createUser(baseUrl, token.token, 'anna')).status).toBe(409);
  await local.settled();
  const failures = await collect(tenants.activity.list(tenantId, { failed: true }));
  expect(failures.map(({ status }) => status)).toEqual([409, 409, 409]);
  expect(failures[0]?.remedy?.do).toMatch(/\w/);
  const health = await tenants.activity.health(tenantId);
  expect(health).toMatchObject({ users: 1, groups: 0, failures: [{ count: 3, status: 409 }] });
  const id = (await openDirectory(local).tenant(tenantId).users.byUserName('anna'))?.id ?? '';
  const about = await collect(tenants.activity.list(tenantId, { resourceId: id }));
  expect(sentences(about)).toEqual(['created user anna']);
});

test('activity is followed until the signal aborts', async () => {
  const { tenantId } = await tenants.create({ label: 'followed' });
  const stop = new AbortController();
  const seen: string[] = [];
  const since = new Date(Date.now() - 60_000);
  for await (const { sentence } of tenants.activity.follow(tenantId, stop.signal, { since })) {
    seen.push(sentence);
    if (seen.length === 1) await tenants.pause(tenantId);
    else stop.abort();
  }
  expect(seen).toEqual(['created the tenant followed, profile identity-center', 'paused the tenant']);
});

test('a tenant is deleted with everything, and what the application did stays in its activity', async () => {
  const { tenantId, baseUrl, token } = await tenants.create({ label: 'leaving' });
  await createUser(baseUrl, token.token, 'anna');
  await tenants.delete(tenantId, { wait: false });
  expect(await tenants.get(tenantId)).toBeUndefined();
  await expect(openDirectory(local).tenant(tenantId).users.list()).rejects.toThrow(UnknownTenantError);
  const [last] = await collect(tenants.activity.list(tenantId));
  expect(last?.sentence).toBe('deleted the tenant leaving');
});

test('a deployment whose description names its tables only is refused', () => {
  const { region, directoryTable, membershipsTable, format } = local.deployment;
  expect(() => openTenants({ deployment: { format, region, directoryTable, membershipsTable } })).toThrow(
    /names its tables only/,
  );
});
