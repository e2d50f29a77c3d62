import { generateKeyPairSync } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AccountPrincipal, Role } from 'aws-cdk-lib/aws-iam';
import { ScimEndpoint } from 'serverless-scim';
import { type Directory, openDirectory } from 'serverless-scim/directory';
import { openTenants, type Tenants } from 'serverless-scim/tenants';
import { charge } from '../../lambda/store/hour-counts';
import { deletionKey } from '../../lambda/store/keys';
import type { Tables } from '../../lambda/store/tables';
import { names } from '../../local/environment';
import type { DeploymentFacts } from '../../operator/connection/facts';
import { app, resource } from '../lib/synthesize';
import { type Recorder, startRecorder } from '../operator/access/recorder';
import { isLike, Policy, readStatement } from './policy';

type GrantName = 'grantReadDirectory' | 'grantManageTenants' | 'grantReadActivity';

/** The policy that a grant gives, with the names that `accessesOf` has for resources. */
function granted(grant: GrantName): Policy {
  const stack = new Stack(app(), 'Test');
  const endpoint = new ScimEndpoint(stack, 'Endpoint');
  endpoint[grant](new Role(stack, 'Mine', { assumedBy: new AccountPrincipal('111122223333') }));
  const { Properties } = resource(Template.fromStack(stack), 'AWS::IAM::Policy', 'MineDefaultPolicy');
  const { Statement: statements } = Properties.PolicyDocument as { Statement: Record<string, unknown>[] };
  const named = (arn: string) =>
    arn
      .replace(/^arn:AWS::Partition:dynamodb:AWS::Region:AWS::AccountId:table\/(\w+)/, '$1.Arn')
      .replace(/log-group:\w+/, `log-group:${names.authorizerLog}`)
      .replace(/^arn:AWS::Partition:apigateway:AWS::Region::/, '')
      .replace(/usageplans\/Limits(\w+)\//, (_, tier: string) => `usageplans/${tier.toLowerCase()}/`);
  return new Policy(
    statements.map(readStatement).map((statement) => ({ ...statement, resources: statement.resources.map(named) })),
  );
}

/** The calls that were played, such as `tokens.create`. */
const played = new Set<string>();

/** The functions of an interface of the library, each of which notes that it is called. */
function noting<Interface extends object>(functions: Interface, path = ''): Interface {
  const noted = Object.entries(functions).map(([name, member]) => {
    if (typeof member === 'object') return [name, noting(member, `${path}${name}.`)];
    const call = (...given: unknown[]) => {
      played.add(path + name);
      return member(...given);
    };
    return [name, call];
  });
  return Object.fromEntries(noted);
}

/** The names of the functions of an interface, as `noting` has them. */
const namesIn = (functions: object, path = ''): readonly string[] =>
  Object.entries(functions).flatMap(([name, member]) =>
    typeof member === 'object' ? namesIn(member, `${path}${name}.`) : [path + name],
  );

let recorder: Recorder;
let directory: Directory;
let tenants: Tenants;
/** The tables, with a client that is not recorded. */
let tables: Tables & { readonly client: DynamoDBDocumentClient };

beforeAll(async () => {
  recorder = await startRecorder({ events: true });
  const facts = JSON.parse(await readFile(join(recorder.data, 'connection.json'), 'utf8')) as Required<DeploymentFacts>;
  const { baseUrlPattern: baseUrl, usagePlans, client: clientOptions, ...others } = facts;
  const { region = '' } = clientOptions;
  const deployment = { ...others, format: 1, region, baseUrl, usagePlans } as const;
  tenants = noting(openTenants({ deployment: deployment as never, clientOptions }));
  const named = { directory: facts.directoryTable, memberships: facts.membershipsTable };
  directory = openDirectory({ tables: named, client: new DynamoDBClient({ ...clientOptions }) });
  tables = { ...named, client: DynamoDBDocumentClient.from(new DynamoDBClient({ ...recorder.client })) };
});

afterAll(async () => {
  tenants.close();
  tables.client.destroy();
  await recorder.close();
});

async function all<Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> {
  const found: Item[] = [];
  for await (const item of items) found.push(item);
  return found;
}

interface Filled {
  readonly tenantId: string;
  readonly baseUrl: string;
  readonly token: string;
  readonly user: string;
  readonly group: string;
}

async function send(
  { baseUrl, token }: Pick<Filled, 'baseUrl' | 'token'>,
  method: string,
  path: string,
  body?: object,
) {
  const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/scim+json' };
  const response = await fetch(baseUrl + path, { method, headers, ...(body && { body: JSON.stringify(body) }) });
  return (response.status === 204 ? {} : await response.json()) as { readonly id: string };
}

/** A tenant with a user in a group in a group, and one that was deleted. */
async function fill(label: string): Promise<Filled> {
  const tenant = await recorder.endpoint.createTenant({ label, profile: 'standard' });
  const { id: user } = await send(tenant, 'POST', '/Users', {
    userName: 'anna',
    externalId: '1',
    emails: [{ value: 'anna@example.com', primary: true }],
  });
  const { id: gone } = await send(tenant, 'POST', '/Users', { userName: 'gone' });
  const { id: group } = await send(tenant, 'POST', '/Groups', { displayName: 'Inner', members: [{ value: user }] });
  await send(tenant, 'POST', '/Groups', { displayName: 'Outer', members: [{ value: group, type: 'Group' }] });
  await send(tenant, 'DELETE', `/Users/${gone}`);
  return { ...tenant, user, group };
}

/** Everything that reads a directory. */
async function playDirectory({ tenantId, user, group }: Filled): Promise<void> {
  const tenant = noting(directory.tenant(tenantId));
  expect(await tenant.users.get(user)).toBeDefined();
  expect(await tenant.users.byUserName('anna')).toBeDefined();
  expect(await tenant.users.byExternalId('1')).toBeDefined();
  expect(await tenant.users.byEmail('anna@example.com')).toBeDefined();
  expect((await tenant.users.list()).total).toBe(1);
  expect(await tenant.groups.get(group)).toBeDefined();
  expect(await tenant.groups.byDisplayName('Outer')).toBeDefined();
  expect((await tenant.groups.list({ count: 1 })).next).toBeDefined();
  expect(await tenant.groups.members(group)).toHaveLength(1);
  expect(await tenant.groupsOf(user, { transitive: true })).toHaveLength(2);
  expect(await tenant.isMember(group, user)).toBe(true);
  const outer = await tenant.groups.byDisplayName('Outer');
  expect(await tenant.isMember(outer?.id ?? '', user, { transitive: true })).toBe(true);
  expect(await tenant.rolesOf(user)).toEqual(['reader']);
  expect(await all(tenant.snapshot())).toHaveLength(5);
  const changes = await all(tenant.changedSince(new Date(Date.now() - 3_600_000)));
  expect(changes.map(({ change }) => change)).toContain('deleted');
}

/** Everything that reads activity. */
async function playActivity({ tenantId, user }: Filled): Promise<void> {
  expect(await all(tenants.activity.list(tenantId))).not.toEqual([]);
  expect(await all(tenants.activity.list(tenantId, { failed: true }))).toEqual([]);
  expect(await all(tenants.activity.list(tenantId, { resourceId: user }))).not.toEqual([]);
  expect(await all(tenants.activity.refusals(tenantId, new Date(0)))).toEqual([]);
  const stop = new AbortController();
  for await (const { id } of tenants.activity.follow(tenantId, stop.signal, { since: new Date(0) })) {
    expect(id).toEqual(expect.any(String));
    stop.abort();
  }
}

const publicKey = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  .publicKey.export({ type: 'spki', format: 'pem' })
  .toString();

/** Everything that manages tenants. */
async function playTenants(filled: Filled): Promise<void> {
  const { tenantId, token, baseUrl } = await tenants.create({ label: 'made', profile: 'standard' });
  const made = { baseUrl, token: token.token };
  const { id: user } = await send(made, 'POST', '/Users', { userName: 'berta' });
  const { id: group } = await send(made, 'POST', '/Groups', { displayName: 'Made', members: [{ value: user }] });
  await tenants.rename(tenantId, 'renamed');
  await all(tenants.list());
  await tenants.findByLabel('renamed');
  await tenants.setLimits(tenantId, 'high');
  await tenants.setLimits(tenantId, 'low');
  await tenants.setLocalChanges(tenantId, true);
  await tenants.pause(tenantId);
  await tenants.resume(tenantId);
  await tenants.disable(tenantId);
  await tenants.enable(tenantId);
  await tenants.brake.turnOn(tenantId);
  await tenants.get(tenantId);
  await charge(tables, tenantId, 'brake', { counter: 'users', key: 'many', amount: 1_000 }, { now: Date.now() });
  await tenants.brake.releaseUser(tenantId, user);
  await tenants.brake.release(tenantId, { hours: 1 });
  await tenants.brake.turnOff(tenantId);
  await tenants.roles.set(tenantId, { rules: [{ displayName: 'Inner', roles: ['reader'] }] });
  await tenants.roles.get(tenantId);
  await tenants.roles.clear(tenantId);
  const { invitationId } = await tenants.invitations.create(tenantId);
  await tenants.invitations.list(tenantId);
  await tenants.invitations.revoke(tenantId, invitationId);
  await tenants.tokens.create(tenantId);
  const next = await tenants.tokens.rotate(tenantId, token.tokenId, { overlapHours: 1, limit: 3 });
  await tenants.tokens.list(tenantId);
  await tenants.tokens.revoke(tenantId, next.tokenId);
  const { clientId } = await tenants.clients.create(tenantId);
  await tenants.clients.rotate(tenantId, clientId);
  await tenants.clients.addKey(tenantId, clientId, publicKey);
  await tenants.clients.addTrust(tenantId, clientId, {
    issuer: 'https://login.microsoftonline.com/x/v2.0',
    subject: 'a',
    audience: 'b',
  });
  const [added] = await tenants.clients.list(tenantId);
  await tenants.clients.revokePart(tenantId, clientId, added?.keys[0]?.id ?? '');
  await tenants.clients.list(tenantId);
  await tenants.clients.revoke(tenantId, clientId);
  for (const path of [`/Users/${user}`, `/Groups/${group}`]) await send(made, 'DELETE', path);
  await recorder.endpoint.settled();
  for (const id of [user, group]) {
    // In a minute, the endpoint removes this mark itself.
    await tables.client.send(new DeleteCommand({ TableName: tables.directory, Key: deletionKey(tenantId, id) }));
  }
  expect((await tenants.deleted.list(tenantId)).total).toBe(2);
  await tenants.deleted.restore(tenantId, 'User', user);
  await tenants.deleted.restore(tenantId, 'Group', group);
  await tenants.activity.health(filled.tenantId);
  await playActivity(filled);
  await recorder.endpoint.settled();
  await tenants.delete(tenantId, { wait: false });
}

/** Fails for what was asked and is not allowed, and for what is allowed and was not asked. */
function expectExact(policy: Policy): void {
  const refused = recorder.accesses.filter((access) => !policy.allows(access));
  expect(new Set(refused.map(({ action, resource, keys }) => `${action} on ${resource} [${keys}]`))).toEqual(new Set());
  for (const access of recorder.accesses) policy.use(access);
  expect([...policy.unused]).toEqual([]);
  const keys = recorder.accesses.flatMap((access) => access.keys);
  expect(policy.partitions.filter((pattern) => !keys.some((key) => isLike(key, pattern)))).toEqual([]);
}

test('each grant allows what the library asks of AWS, and no more', async () => {
  const filled = await fill('acme');
  await tenants.roles.set(filled.tenantId, { rules: [{ displayName: 'Inner', roles: ['reader'] }] });
  await recorder.endpoint.settled();
  recorder.accesses.length = 0;
  await playDirectory(filled);
  expectExact(granted('grantReadDirectory'));
  recorder.accesses.length = 0;
  await playActivity(filled);
  expectExact(granted('grantReadActivity'));
  recorder.accesses.length = 0;
  await playTenants(filled);
  expectExact(granted('grantManageTenants'));
  // A call that is new must be played above, too.
  const calls = [...namesIn(tenants), ...namesIn(directory.tenant(filled.tenantId))].filter((name) => name !== 'close');
  expect([...played].sort()).toEqual(calls.sort());
});

test('reading a directory or activity reaches no tenant item and no credential', () => {
  const keys = ['TENANT', 'TENANT-LABEL#acme', 'tenantaaaaaa#USE', 'tenantaaaaaa#TOMBSTONE-BODY'];
  for (const grant of ['grantReadDirectory', 'grantReadActivity'] as const) {
    const policy = granted(grant);
    for (const key of keys) {
      for (const action of ['GetItem', 'Query', 'BatchGetItem', 'PutItem', 'UpdateItem', 'DeleteItem', 'Scan']) {
        const access = { action: `dynamodb:${action}`, resource: 'TablesDirectory.Arn', keys: [key] };
        expect([grant, action, key, policy.allows(access)]).toEqual([grant, action, key, false]);
      }
    }
  }
});
