import { randomUUID } from 'node:crypto';
import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { DeleteCommand, GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { entryKey, membershipKey, resourceKey, tenantStateKey } from '../../lambda/store/keys';
import { secretName } from '../../lambda/tenants/secret-reader';
import type { TenantAccess } from '../../local/endpoint';
import { names } from '../../local/environment';
import { type Deployment, openDeployment } from '../../operator/connection/open';
import { admin } from './admin';
import { type LocalEndpoint, startLocal } from './local-endpoint';

interface Report {
  readonly tenants: readonly string[];
  readonly differences: readonly { readonly label: string; readonly problem: string; readonly repaired: boolean }[];
}

let endpoint: LocalEndpoint;
let deployment: Deployment;
let tenant: TenantAccess;
let label = '';
let anna = '';
const run = (...args: readonly string[]) => admin([...args, '--data', endpoint.data]);

async function json(...args: readonly string[]): Promise<{ readonly code: number; readonly report: Report }> {
  const { code, out } = await run(...args, '--json');
  return { code, report: JSON.parse(out) as Report };
}

beforeAll(async () => {
  endpoint = await startLocal();
  deployment = await openDeployment({ stack: '', local: endpoint.data });
});

afterAll(async () => {
  deployment.close();
  await endpoint.close();
});

/** A tenant of its own for each test. */
beforeEach(async () => {
  label = `checked-${randomUUID().slice(0, 8)}`;
  tenant = await endpoint.createTenant({ label, profile: 'standard' });
  anna = String((await ask('POST', '/Users', { userName: 'anna' })).id);
});

afterEach(async () => {
  await run('tenant', 'delete', label, '--yes', '--no-wait');
});

async function ask(method: string, path: string, body?: object): Promise<Record<string, unknown>> {
  const response = await fetch(`${tenant.baseUrl}${path}`, {
    method,
    headers: { Authorization: `Bearer ${tenant.token}`, 'Content-Type': 'application/scim+json' },
    ...(body && { body: JSON.stringify(body) }),
  });
  return (await response.json()) as Record<string, unknown>;
}

const findAnna = () => ask('GET', `/Users?${new URLSearchParams({ filter: 'userName eq "anna"' })}`);
const users = () => ({ tenantId: tenant.tenantId, type: 'User' as const });

/** Deletes the entry that leads from the userName to its user. */
function loseClaim(): Promise<unknown> {
  const Key = { ...entryKey(users(), { index: 'userName', value: 'anna', key: 'anna', unique: true }, anna) };
  return deployment.tables.client.send(new DeleteCommand({ TableName: deployment.tables.directory, Key }));
}

/** Gives a user's item a format that this release cannot read. */
function changeFormat(): Promise<unknown> {
  return deployment.tables.client.send(
    new UpdateCommand({
      TableName: deployment.tables.directory,
      Key: { ...resourceKey(users(), anna) },
      UpdateExpression: 'SET #format = :format',
      ExpressionAttributeNames: { '#format': 'format' },
      ExpressionAttributeValues: { ':format': 99 },
    }),
  );
}

describe('the state of a tenant', () => {
  const onState = () => ({ TableName: deployment.tables.directory, Key: { ...tenantStateKey(tenant.tenantId) } });
  const found = (problem: string, repaired: string) =>
    expect.stringMatching(new RegExp(`${problem} +pk=${tenant.tenantId}#STATE sk=STATE +${repaired}$`, 'm'));
  const change = (UpdateExpression: string, name: string, values?: Record<string, unknown>) =>
    deployment.tables.client.send(
      new UpdateCommand({
        ...onState(),
        UpdateExpression,
        ExpressionAttributeNames: { '#name': name },
        ...(values && { ExpressionAttributeValues: values }),
      }),
    );

  test('one that is lost is written again, so that applications find the tenant', async () => {
    const { created } = await deployment.services.tenants.readState(tenant.tenantId);
    await deployment.tables.client.send(new DeleteCommand(onState()));
    expect(await run('check', label)).toMatchObject({ code: 1, out: found('tenant without state', 'no') });
    expect(await run('check', label, '--repair')).toMatchObject({ code: 0, out: found('tenant without state', 'yes') });
    expect(await deployment.services.tenants.readState(tenant.tenantId)).toEqual({ created });
    expect(await run('check', label)).toMatchObject({ code: 0 });
  });

  test('a repair keeps what was set after it was lost', async () => {
    await change('REMOVE #name', 'created');
    await run('tenant', 'pause', label);
    expect(await run('check', label, '--repair')).toMatchObject({ code: 0, out: found('tenant without state', 'yes') });
    expect(await deployment.services.tenants.readState(tenant.tenantId)).toEqual({
      created: expect.any(String),
      paused: expect.any(String),
    });
  });

  test('one that cannot be read is named, and not repaired', async () => {
    await change('SET #name = :value', 'brake', { ':value': 'on' });
    expect(await run('check', label, '--repair')).toMatchObject({ code: 1, out: found('unreadable item', 'no') });
    await change('REMOVE #name', 'brake');
  });
});

describe('users and groups', () => {
  test('a tenant without differences has none in the report', async () => {
    expect(await run('check', label)).toEqual({ code: 0, out: 'No difference in 1 tenant.\n', err: '' });
    expect(await json('check', label)).toEqual({ code: 0, report: { tenants: [tenant.tenantId], differences: [] } });
  });

  test('a difference is shown, and nothing is repaired without --repair', async () => {
    await loseClaim();
    const first = await run('check', label);
    expect(first.code).toBe(1);
    expect(first.out).toMatch(
      new RegExp(`^TENANT +PROBLEM +WHERE +REPAIRED\\n${label} +missing entry +pk=\\S+ sk=CLAIM id=${anna} +no\\n$`),
    );
    expect(first.err).toBe('1 left: pass --repair, or see docs/check.md.\n');
    expect(await findAnna()).toMatchObject({ totalResults: 0 });
    expect(await run('check', label)).toEqual(first);
  });

  test('with --repair it is put right, and what was lost is found again', async () => {
    await loseClaim();
    const { code, out, err } = await run('check', label, '--repair');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/missing entry .* yes$/m);
    expect(await findAnna()).toMatchObject({ totalResults: 1 });
    expect(await run('check', label)).toMatchObject({ code: 0 });
  });

  test('without a tenant all of them are checked', async () => {
    const other = await endpoint.createTenant({ label: 'other' });
    await loseClaim();
    const { code, report } = await json('check', '--repair');
    expect(code).toBe(0);
    expect([...report.tenants].sort()).toEqual([tenant.tenantId, other.tenantId].sort());
    expect(report.differences).toMatchObject([{ label, problem: 'missing entry', repaired: true }]);
    await run('tenant', 'delete', 'other', '--yes', '--no-wait');
  });

  test('what only a person can repair is left, with exit code 1, and the rest is repaired', async () => {
    await changeFormat();
    const { memberships, client } = deployment.tables;
    const dangling = { ...membershipKey(tenant.tenantId, randomUUID(), anna) };
    await client.send(new PutCommand({ TableName: memberships, Item: dangling }));
    const { code, out, err } = await run('check', label, '--repair');
    expect({ code, err }).toEqual({ code: 1, err: '1 left: see docs/check.md.\n' });
    expect(out).toMatch(new RegExp(`unreadable item +pk=${tenant.tenantId}#USER sk=${anna} +no$`, 'm'));
    expect(out).toMatch(/dangling membership .* yes$/m);
    const { Item } = await client.send(new GetCommand({ TableName: memberships, Key: dangling }));
    expect(Item).toBeUndefined();
  });

  test('an interrupted check says so, and to run it again', async () => {
    const command = ['check', label, '--data', endpoint.data];
    expect(await admin(command, { interrupted: AbortSignal.abort() })).toEqual({
      code: 130,
      out: '',
      err: 'scim-admin: Interrupted: start the check again.\n',
    });
  });
});

describe('tokens', () => {
  const tokenId = '0123456789ab';
  const secret = {
    kind: 'token' as const,
    hash: '00',
    profile: 'standard' as const,
    expires: '2100-01-01T00:00:00.000Z',
    state: 'enabled' as const,
    scope: 'scim' as const,
  };
  const record = (created: Date) => ({
    scope: secret.scope,
    created: created.toISOString(),
    expires: secret.expires,
  });
  const list = async () => (await deployment.services.tenants.get(tenant.tenantId))?.tokens;
  const room = { limit: 5, expired: [] };

  test('a token whose creation was interrupted long ago is removed from the list', async () => {
    const { tenants } = deployment.services;
    await tenants.addToken(tenant.tenantId, tokenId, record(new Date(Date.now() - 3600_000)), room);
    expect(await run('check', label)).toMatchObject({
      code: 1,
      out: expect.stringMatching(new RegExp(`credential without secret +credential=${tokenId} +no$`, 'm')),
    });
    expect(await list()).toHaveProperty('size', 2);
    expect(await run('check', label, '--repair')).toMatchObject({ code: 0 });
    expect((await list())?.has(tokenId)).toBe(false);
  });

  test('a token that is being created is left alone', async () => {
    await deployment.services.tenants.addToken(tenant.tenantId, tokenId, record(new Date()), room);
    expect(await run('check', label, '--repair')).toMatchObject({ code: 0, out: 'No difference in 1 tenant.\n' });
    expect((await list())?.has(tokenId)).toBe(true);
  });

  test('a secret that no tenant lists is deleted', async () => {
    const { secrets } = deployment.services;
    await secrets.create(tenant.tenantId, tokenId, secret);
    const { code, report } = await json('check', label, '--repair');
    expect(code).toBe(0);
    expect(report.differences).toMatchObject([{ problem: 'secret without credential', repaired: true }]);
    expect(await secrets.read(tenant.tenantId, tokenId)).toEqual({ kind: 'absent' });
  });

  test('a secret that does not match its tenant is updated from the tenant', async () => {
    const { secrets, tenants } = deployment.services;
    await tenants.addToken(tenant.tenantId, tokenId, record(new Date()), room);
    await secrets.create(tenant.tenantId, tokenId, { ...secret, state: 'disabled' });
    const { report } = await json('check', label, '--repair');
    expect(report.differences).toMatchObject([{ problem: 'secret out of date', repaired: true }]);
    const updated = { ...secret, tier: 'standard' };
    expect(await secrets.read(tenant.tenantId, tokenId)).toEqual({ kind: 'found', secret: updated });
  });

  test('an unreadable secret is reported and not changed', async () => {
    const { secrets, tenants } = deployment.services;
    await tenants.addToken(tenant.tenantId, tokenId, record(new Date()), room);
    await secrets.create(tenant.tenantId, tokenId, secret);
    const manager = new SecretsManagerClient({});
    const SecretId = secretName(names.secretPrefix, tenant.tenantId, tokenId);
    await manager.send(new PutSecretValueCommand({ SecretId, SecretString: 'by hand' }));
    manager.destroy();
    const { code, report } = await json('check', label, '--repair');
    expect(code).toBe(1);
    expect(report.differences).toMatchObject([{ problem: 'unreadable secret', repaired: false }]);
  });
});
