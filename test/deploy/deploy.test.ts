import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import { limitOf } from '../../lambda/directory/hour-count';
import { groupType, userType } from '../../lambda/directory/resource-types';
import { deletionPartition, membershipRef } from '../../lambda/store/keys';
import { writeMembers } from '../../lambda/store/memberships';
import type { Tenant } from '../../lambda/tenants/tenant';
import { makeId } from '../../lambda/tenants/token-format';
import { openDeployment } from '../../operator/connection/open';
import { listDeleted } from '../../operator/directory/deleted';
import { restoreDeleted } from '../../operator/directory/restore';
import { createInvitation } from '../../operator/invitations/invitations';
import { readStanding, releaseUser, setBrake } from '../../operator/tenants/brake';
import { createClient } from '../../operator/tenants/clients';
import { findTenant } from '../../operator/tenants/provision';
import { sendHttp } from '../../traffic/send';
import expectedEvents from '../changes/okta-events.json';
import type { Tallied } from '../changes/tally';
import { linkCheckout, typeGuide } from '../cli/guide';
import { Okta } from '../cli/okta';
import { patchBody } from '../directory/requests';
import { Browser } from '../portal/client';
import sentences from '../traffic/sentences.json';
import { linesOfTenant } from './activity';
import { Cdk } from './cdk';
import { countUntilNone } from './count';
import { fill, read } from './directory';
import { invoke } from './invoke';
import { Listener } from './listener';
import { placeFromEnvironment } from './place';
import { addressed, removable } from './settings';
import { stackOutput } from './stack-outputs';
import { call, Tenants, type TestTenant } from './tenants';
import { flowsOf, play, playedProfiles } from './traffic';

const place = placeFromEnvironment();
const folder = process.env.DEPLOY_FOLDER ?? '';
const cdk = new Cdk(place, folder);
const run = randomBytes(3).toString('hex');
const stacks = { one: `ScimTest${run}One`, two: `ScimTest${run}Two` };
/** On AWS only where the account has the role already: a test must remove everything that it creates. */
const logged = place.endpoint ? { accountLoggingRole: 'true' } : {};
const withPortal = { portal: 'true', portalProductName: 'Ledger' };
const opened: Tenants[] = [];
/** How many seconds a test waits for what follows within seconds, and for the last sweep a minute later: several times that. */
const patience = { soon: 60, swept: 240 };

/** Deploys a stack and opens it as an operator would: by its name. */
async function deploy(stack: string, settings: Readonly<Record<string, string>> = {}): Promise<Tenants> {
  await cdk.deploy(stack, { ...removable(place), ...addressed(place), ...settings });
  const tenants = new Tenants(await openDeployment({ stack }));
  opened.push(tenants);
  return tenants;
}

let tenants: Tenants;
let second: Tenants;
let listener: Listener | undefined;

beforeAll(async () => {
  tenants = await deploy(stacks.one, { ...logged, ...withPortal });
  listener = new Listener(stacks.one, await stackOutput(stacks.one, 'EventBus'), place.endpoint ? 0 : 60);
  await listener.open();
});

afterAll(async () => {
  try {
    await listener?.close();
    for (const each of opened) await each.deleteAll();
  } finally {
    await cdk.destroyAll();
    for (const each of opened) each.deployment.close();
  }
});

/** The tenant to which each flow was played successfully, by flow and profile. */
const playedTo = new Map<string, string>();

describe.each(playedProfiles)('traffic, %s', (profile) => {
  test.each(flowsOf(profile))('%s', async (name, flow) => {
    const { tenantId, failures } = await play(tenants, flow, profile);
    expect(failures).toBe('');
    playedTo.set(`${name}, ${profile}`, tenantId);
  });
});

describe('a rule on the bus gets an event of', () => {
  const lists = Object.entries(expectedEvents).map(([name, list]): [string, readonly Tallied[]] => [name, list]);
  test.each(lists)('%s', async (name, list) => {
    const tenantId = playedTo.get(name);
    // A flow that failed has other events, and waiting for them would take half an hour.
    if (tenantId === undefined) throw new Error(`${name} failed: see there.`);
    expect(await listener?.hear(tenantId, list, patience.soon)).toEqual(list);
  });
});

describe('the activity has the rows of the local endpoint after', () => {
  // The data file has the lines of the first profile that a flow is for.
  const flows = playedProfiles.flatMap((profile) =>
    flowsOf(profile)
      .filter(([, { profiles }]) => profiles[0] === profile)
      .map(([name]) => [name, profile] as const),
  );
  test.each(flows)('%s, %s', async (name, profile) => {
    const tenantId = playedTo.get(`${name}, ${profile}`);
    if (tenantId === undefined) throw new Error(`${name}, ${profile} failed: see there.`);
    const expected = (sentences as Readonly<Record<string, readonly string[]>>)[`${name} (${profile})`] ?? [];
    expect(await linesOfTenant(tenants.deployment, tenantId, expected, patience.soon)).toEqual(expected);
  });
});

test('a token is rotated as docs/okta.md has it typed, while Okta goes on without one 401', async () => {
  const at = { folder: await mkdtemp(join(folder, 'guide-')), stack: stacks.one };
  const tokenIn = async (file: string) => (await readFile(join(at.folder, file), 'utf8')).trim();
  await linkCheckout(at.folder);
  const shown = await typeGuide('stack', at);
  const token = await tokenIn('acme.token');
  const [, tenantId = '', oldTokenId = ''] = token.split('_');
  tenants.adopt(tenantId);
  expect(shown).toContain(tenants.deployment.baseUrl(tenantId));

  const okta = new Okta(tenants.deployment.baseUrl(tenantId), token, sendHttp);
  try {
    await okta.rest();
    await typeGuide('rotate', at);
    await okta.rest();
    okta.token = await tokenIn('acme-2.token');
    await okta.rest();
    const revoked = await typeGuide('revoke', { ...at, env: { OLD_TOKEN_ID: oldTokenId } });
    expect(revoked).toContain(`Token ${oldTokenId} is revoked`);
    await okta.rest();
  } finally {
    await okta.end();
  }
  expect(okta.failures).toEqual([]);
  expect(okta.statuses).not.toContain(401);
  expect(okta.statuses.length).toBeGreaterThan(100);
});

test('a client gets an access token at the token endpoint, which asks no authorizer, and uses it', async () => {
  const tenant = await tenants.create();
  const { services } = tenants.deployment;
  const { clientId, made } = await createClient(services, tenant.tenantId);
  const root = tenant.baseUrl.replace(/\/scim\/v2$/, '');
  const ask = (secret: string) =>
    sendHttp({
      method: 'POST',
      url: `${root}/oauth2/token`,
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: clientId,
        client_secret: secret,
      }).toString(),
    });
  const answer = await ask(made?.secret ?? '');
  expect(answer).toMatchObject({ status: 200 });
  const { access_token: token, scope } = JSON.parse('noAnswer' in answer ? '{}' : answer.text);
  expect(scope).toBe('scim');
  expect((await call({ ...tenant, token }, 'GET', '/Users')).status).toBe(200);
  expect(await ask('wrong')).toMatchObject({ status: 401 });
  const metadata = await sendHttp({
    method: 'GET',
    url: `${root}/.well-known/oauth-authorization-server`,
    headers: {},
  });
  expect(metadata).toMatchObject({ status: 200 });
  const { token_endpoint: found } = JSON.parse('noAnswer' in metadata ? '{}' : metadata.text);
  expect(found).toMatch(new RegExp(`/${tenant.tenantId}/oauth2/token$`));
});

test('an invitation opens the portal, whose page and files are served, and a call makes a credential that works', async () => {
  const { tenantId, baseUrl } = await tenants.create();
  const { url, pin } = await createInvitation(tenants.deployment, tenantId, { customer: 'Acme' });
  const [address = '', code = ''] = url.split('#');
  const page = await fetch(address);
  expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  const [, script = ''] = /src="(portal\/assets\/[^"]+\.js)"/.exec(await page.text()) ?? [];
  expect((await fetch(new URL(script, address))).status).toBe(200);
  const browser = new Browser(address);
  expect(await browser.get('invitation.get', { code })).toMatchObject({ productName: 'Ledger', customer: 'Acme' });
  await browser.get('invitation.open', { code, pin });
  const made = await browser.get('credentials.create', { kind: 'token', label: 'Okta' });
  const token = made.kind === 'token' ? made.token : '';
  expect((await call({ baseUrl, token }, 'GET', '/Users?count=1')).status).toBe(200);
});

test('the daily function says how long the tokens of this deployment have left', async () => {
  const tenant = await tenants.create('standard', { life: 20.5 * 24 * 3600 * 1000 });
  const { lines, ...outcome } = await invoke(await stackOutput(stacks.one, 'ExpiryFunction'));
  expect(outcome).toEqual({ result: null, failed: false });
  const { directory } = tenants.deployment.tables;
  expect(lines).toContainEqual(
    expect.objectContaining({ message: 'token expires', tenantId: tenant.tenantId, daysLeft: 20 }),
  );
  expect(lines).toContainEqual(expect.objectContaining({ DirectoryTable: directory, DaysToTokenExpiry: 20 }));
});

test('the brake holds what is past its limit, and an operator lets one user through', async () => {
  const tenant = await tenants.create();
  const { deployment } = tenants;
  const record = await findTenant(deployment.services, tenant.tenantId);
  await setBrake(deployment, record, true);
  await fill(
    tenant,
    Array.from({ length: 2 * limitOf('users', 0) }, (_, at) => `user${at}`),
  );
  const { Resources } = JSON.parse((await call(tenant, 'GET', '/Users?count=100')).text);
  const ids = (Resources as { id: string; active: boolean }[]).filter(({ active }) => active).map(({ id }) => id);
  const disable = async (id: string) =>
    (await call(tenant, 'PATCH', `/Users/${id}`, patchBody({ op: 'replace', path: 'active', value: false }))).status;
  const limit = limitOf('users', ids.length);
  for (const id of ids.slice(0, limit)) expect(await disable(id)).toBe(200);
  const [held = '', other = ''] = ids.slice(limit);
  expect(await disable(held)).toBe(429);
  expect((await readStanding(deployment, tenant.tenantId)).holds).toMatchObject([{ counter: 'users', limit }]);
  await releaseUser(deployment, record, held);
  expect([await disable(held), await disable(other)]).toEqual([200, 429]);
});

/** What finds the marks of deletions in a tenant. */
const marksOf = ({ tenantId }: TestTenant): QueryCommandInput => ({
  TableName: tenants.deployment.tables.directory,
  KeyConditionExpression: 'pk = :pk',
  ExpressionAttributeValues: { ':pk': deletionPartition(tenantId) },
});

/** A tenant whose user and group are deleted. */
let emptied: TestTenant;
let deleted: { readonly User: string; readonly Group: string };

test('a deleted user and a deleted group can be restored seconds later', async () => {
  emptied = await tenants.create();
  await fill(emptied, ['anna']);
  const { users, groups } = await read(emptied);
  deleted = { User: Object.keys(users)[0] ?? '', Group: Object.keys(groups)[0] ?? '' };
  expect((await call(emptied, 'DELETE', `/Users/${deleted.User}`)).status).toBe(204);
  expect((await call(emptied, 'DELETE', `/Groups/${deleted.Group}`)).status).toBe(204);
  const record = await findTenant(tenants.deployment.services, emptied.tenantId);
  const list = async () => (await listDeleted(tenants.deployment, record, { count: 10 })).found;
  const end = Date.now() + 1000 * patience.soon;
  while (Date.now() < end && !((await list()).length === 2 && (await list()).every(({ restorable }) => restorable))) {
    await sleep(500);
  }
  expect((await list()).map(({ id, restorable }) => ({ id, restorable }))).toEqual([
    { id: deleted.Group, restorable: true },
    { id: deleted.User, restorable: true },
  ]);
});

/** The tenant of a large group that is deleted. */
let swept: TestTenant;

test('the stream handler deletes what a request leaves of a large group', async () => {
  swept = await tenants.create();
  const { tables } = tenants.deployment;
  const created = await call(swept, 'POST', '/Groups', { displayName: 'Everybody' });
  const { id } = JSON.parse(created.text) as { id: string };
  const members = Array.from({ length: 1_500 }, () => ({ value: randomUUID() }));
  await writeMembers(tables, swept.tenantId, id, members, []);
  expect((await call(swept, 'DELETE', `/Groups/${id}`)).status).toBe(204);
  const left = {
    TableName: tables.memberships,
    KeyConditionExpression: '#group = :group',
    ExpressionAttributeNames: { '#group': 'group' },
    ExpressionAttributeValues: { ':group': membershipRef(swept.tenantId, id) },
  };
  expect(await countUntilNone(tables.client, left, patience.soon)).toBe(0);
  expect(await countUntilNone(tables.client, marksOf(swept), 0)).toBe(1);
});

test('a second stack in the same account works, and does not accept tokens of the first', async () => {
  second = await deploy(stacks.two);
  const ours = await tenants.create();
  const theirs = await second.create();
  expect((await call(theirs, 'GET', '/Users')).status).toBe(200);
  expect((await call({ ...theirs, token: ours.token }, 'GET', '/Users')).status).toBe(401);
  expect((await call({ ...ours, token: theirs.token }, 'GET', '/Users')).status).toBe(401);
});

test('a change is deployed without losing data or tokens', async () => {
  const tenant = await tenants.create();
  const user = { userName: 'a', displayName: 'A', name: { givenName: 'A', familyName: 'B' } };
  expect((await call(tenant, 'POST', '/Users', user)).status).toBe(201);
  const changed = await deploy(stacks.one, { ...logged, memorySize: '1024', authorizerCacheSeconds: '30' });
  expect(changed.deployment.tables).toMatchObject({
    directory: tenants.deployment.tables.directory,
    memberships: tenants.deployment.tables.memberships,
  });
  const found = await call(tenant, 'GET', '/Users?filter=userName%20eq%20%22a%22');
  expect(JSON.parse(found.text)).toMatchObject({ totalResults: 1, Resources: [{ userName: 'a' }] });
});

test('the mark of a deletion is deleted a minute later', async () => {
  expect(await countUntilNone(tenants.deployment.tables.client, marksOf(swept), patience.swept)).toBe(0);
});

test('an operator restores the deleted user and the deleted group with their membership', async () => {
  const { deployment } = tenants;
  expect(await countUntilNone(deployment.tables.client, marksOf(emptied), patience.swept)).toBe(0);
  const record = await findTenant(deployment.services, emptied.tenantId);
  expect(await restoreDeleted(deployment, record, groupType, deleted.Group)).toMatchObject({ members: 0 });
  expect(await restoreDeleted(deployment, record, userType, deleted.User)).toMatchObject({ groups: 2, gone: [] });
  const { users, groups } = await read(emptied);
  expect(users[deleted.User]).toMatchObject({ userName: 'anna' });
  expect(groups[deleted.Group]).toMatchObject({ members: [{ value: deleted.User }] });
  expect((await listDeleted(deployment, record, { count: 10 })).found).toEqual([]);
});

test('removing a stack does not change the other, and keeps its own data unless removalPolicy says otherwise', async () => {
  const records = second.deployment.services.tenants;
  await second.deleteAll();
  const tenant: Tenant = {
    tenantId: makeId(),
    label: 'left-behind',
    profile: 'standard',
    state: 'enabled',
    created: new Date().toISOString(),
    tokens: new Map(),
    clients: new Map(),
  };
  await records.create(tenant);
  await cdk.destroy(stacks.two);
  await expect(openDeployment({ stack: stacks.two })).rejects.toThrow(`There is no stack ${stacks.two}`);
  const found = await records.get(tenant.tenantId).catch((error: Error) => error.name);
  expect(found).toEqual(place.endpoint ? tenant : 'ResourceNotFoundException');
  expect((await call(await tenants.create(), 'GET', '/Users')).status).toBe(200);
});
