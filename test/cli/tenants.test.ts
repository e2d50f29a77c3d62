import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { admin, adminJson } from './admin';
import { type LocalEndpoint, startLocal } from './local-endpoint';

let endpoint: LocalEndpoint;
let folder: string;
const run = (...args: readonly string[]) => admin([...args, '--data', endpoint.data]);
const json = <Data>(...args: readonly string[]) => adminJson<Data>(...args, '--data', endpoint.data);

interface Made {
  readonly tenantId: string;
  readonly tokenId: string;
  readonly token: string;
  readonly baseUrl: string;
  readonly expires: string;
}

interface Listed {
  readonly tokenId: string;
  readonly state: string;
  readonly expires: string;
  readonly label?: string;
}

beforeAll(async () => {
  endpoint = await startLocal({ authorizerCacheSeconds: 0 });
  folder = await mkdtemp(join(tmpdir(), 'scim-admin-'));
});

afterAll(async () => {
  await endpoint.close();
  await rm(folder, { recursive: true });
});

const status = async ({ baseUrl, token }: Pick<Made, 'baseUrl' | 'token'>) =>
  (await fetch(`${baseUrl}/Users?startIndex=1&count=2`, { headers: { Authorization: `Bearer ${token}` } })).status;

test('a tenant made is one that its identity provider can use at once', async () => {
  const made = await json<Made>('tenant', 'create', 'usable');
  expect(made).toMatchObject({ label: 'usable', profile: 'identity-center' });
  expect(made.baseUrl).toBe(`${endpoint.url}/prod/${made.tenantId}/scim/v2`);
  expect(await status(made)).toBe(200);
});

test('for people it shows Base URL and token, and says that the token is not shown again', async () => {
  const { code, out, err } = await run('tenant', 'create', 'readable', '--profile', 'standard', '--expires', '90d');
  expect(code).toBe(0);
  expect(out).toMatch(/^Tenant {5}[a-z0-9]{12} \(readable, standard\)$/m);
  expect(out).toMatch(/^Base URL {3}http:\/\/127\.0\.0\.1:\d+\/prod\/[a-z0-9]{12}\/scim\/v2$/m);
  expect(out).toMatch(/^API token {2}sst_\w+$/m);
  expect(err).toBe('Save the token now: it is not shown again.\n');
});

test('a tenant for programs written for AWS can be created; the help says for whom it is not', async () => {
  expect(await json<Made>('tenant', 'create', 'sync', '--profile', 'aws-scim-clients')).toMatchObject({
    profile: 'aws-scim-clients',
  });
  const { out } = await run('tenant', 'create', '--help');
  expect(out.replace(/\s+/g, ' ')).toMatch(/aws-scim-clients: For programs .+; not for Okta, Entra ID or JumpCloud\./);
});

test('with --out the token is in a file for the operator alone, and on no screen', async () => {
  const out = join(folder, 'token');
  const made = await run('tenant', 'create', 'in-file', '--out', out);
  expect((await stat(out)).mode & 0o777).toBe(0o600);
  const token = (await readFile(out, 'utf8')).trim();
  expect(`${made.out}${made.err}`).not.toContain(token);
  expect(`${made.out}${made.err}`).not.toMatch(/sst_/);
  expect(await status({ token, baseUrl: (await json<Made>('tenant', 'show', 'in-file')).baseUrl })).toBe(200);
  const inJson = await json<Made>('token', 'create', 'in-file', '--out', join(folder, 'second'));
  expect(inJson).not.toHaveProperty('token');
});

test('a file that exists is never overwritten, and no token is made for it', async () => {
  const { tenantId } = await json<Made>('tenant', 'create', 'careful');
  const out = join(folder, 'precious');
  await writeFile(out, 'precious');
  const { code, err } = await run('token', 'create', 'careful', '--out', out);
  expect({ code, err }).toEqual({
    code: 1,
    err: `scim-admin: The file ${out} exists already: pass --out another path. Nothing was created.\n`,
  });
  expect(await readFile(out, 'utf8')).toBe('precious');
  expect(await json<readonly Listed[]>('token', 'list', tenantId)).toHaveLength(1);
});

test('a token that cannot be made leaves no file', async () => {
  await json<Made>('tenant', 'create', 'full');
  await json<Made>('token', 'create', 'full');
  const before = await readdir(folder);
  expect(await run('token', 'create', 'full', '--out', join(folder, 'third'))).toMatchObject({
    code: 1,
    err: expect.stringMatching(
      /^scim-admin: Tenant (\w{12}) has 2 live tokens, the most allowed: \w{12} \(never used\), \w{12} \(never used\)\. Revoke one first, or allow more\. Run "npx scim-admin token revoke \1 <token-id> --data \S+", or pass --limit 3\.\n$/,
    ),
  });
  expect(await readdir(folder)).toEqual(before);
});

test('tenants are listed, found by label, renamed, disabled, enabled', async () => {
  const made = await json<Made>('tenant', 'create', 'Life');
  const list = await run('tenant', 'list');
  expect(list.out).toMatch(
    new RegExp(`^${made.tenantId} +Life +identity-center +enabled +\\S+ \\S+ +1 +0 +\\S+ \\S+$`, 'm'),
  );
  expect((await run('tenant', 'rename', 'life', 'after')).code).toBe(0);
  expect(await json('tenant', 'show', 'AFTER')).toMatchObject({ tenantId: made.tenantId, label: 'after' });
  expect((await run('tenant', 'disable', 'after')).out).toContain('is disabled');
  expect(await json('tenant', 'show', 'after')).toMatchObject({ state: 'disabled' });
  expect((await run('tenant', 'enable', 'after')).out).toContain('is enabled');
  expect(await status(made)).toBe(200);
});

test('a tenant is deleted with what is in it only after its label was typed, or with --yes', async () => {
  const made = await json<Made>('tenant', 'create', 'doomed');
  const body = JSON.stringify({
    userName: 'anna',
    displayName: 'Anna',
    name: { givenName: 'Anna', familyName: 'A' },
  });
  const headers = { Authorization: `Bearer ${made.token}`, 'Content-Type': 'application/scim+json' };
  const { id } = (await (await fetch(`${made.baseUrl}/Users`, { method: 'POST', headers, body })).json()) as {
    id: string;
  };
  const group = JSON.stringify({ displayName: 'Engineering', members: [{ value: id }] });
  await fetch(`${made.baseUrl}/Groups`, { method: 'POST', headers, body: group });

  const command = ['tenant', 'delete', 'doomed', '--no-wait', '--data', endpoint.data];
  const nobody = await admin(command);
  expect(nobody).toMatchObject({ code: 1, err: expect.stringContaining('pass --yes') });
  const mistyped = await admin(command, { types: 'yes' });
  expect(mistyped).toMatchObject({ code: 1, err: expect.stringContaining('Nothing was changed') });
  expect(await json('stats', 'doomed')).toMatchObject([{ users: 1, groups: 1, tokens: 1 }]);
  const typed = await admin(command, { types: 'doomed\n' });
  expect(typed).toMatchObject({ code: 0, err: expect.stringContaining('Type doomed to confirm: ') });
  expect(await run('tenant', 'show', made.tenantId)).toMatchObject({ code: 1 });
  expect(await run('tenant', 'create', 'doomed')).toMatchObject({ code: 0 });
  expect(await json('stats', 'doomed')).toMatchObject([{ users: 0, groups: 0 }]);
});

test('a token is rotated without a gap: both work until the old one is revoked', async () => {
  const old = await json<Made>('tenant', 'create', 'rotating');
  const { baseUrl } = old;
  const { token, tokenId } = await json<Made>('token', 'rotate', 'rotating');
  expect([await status(old), await status({ baseUrl, token })]).toEqual([200, 200]);
  const revoke = ['token', 'revoke', 'rotating', old.tokenId];
  expect((await run(...revoke)).code).toBe(1);
  expect((await run(...revoke, '--yes')).out).toContain('is revoked');
  expect(await json('token', 'list', 'rotating')).toMatchObject([{ tokenId, state: 'live' }]);
  expect(await status({ baseUrl, token })).toBe(200);
});

test('with --overlap the old token has an end', async () => {
  const old = await json<Made>('tenant', 'create', 'overlapping');
  const { err } = await run('token', 'rotate', 'overlapping', old.tokenId, '--overlap', '24h');
  expect(err).toMatch(/The old token, \w{12}, works until \d{4}-\d\d-\d\d \d\d:\d\d UTC\./);
  const tokens = await json<readonly Listed[]>('token', 'list', 'overlapping');
  expect(tokens.find(({ tokenId }) => tokenId === old.tokenId)?.expires).not.toBe(old.expires);
});

test('rotating without an id needs one live token, and says what to do without', async () => {
  const rotate = async () => (await run('token', 'rotate', 'ambiguous')).err;
  const { tokenId } = await json<Made>('tenant', 'create', 'ambiguous');
  await json('token', 'create', 'ambiguous', '--label', 'second');
  const message = await rotate();
  expect(message).toContain(`${tokenId} (never used)`);
  expect(message).toMatch(
    /\w{12} \(second, never used\)\. Revoke .* "npx scim-admin token rotate ambiguous <token-id> --limit 3 --data/,
  );
  expect(await run('token', 'rotate', 'ambiguous', tokenId, '--limit', '3')).toMatchObject({ code: 0 });
  await run('tenant', 'disable', 'ambiguous');
  expect(await rotate()).toBe(
    `scim-admin: Tenant ambiguous is disabled: enable it first. Run "npx scim-admin tenant enable ambiguous --data ${endpoint.data}".\n`,
  );
  await run('tenant', 'enable', 'ambiguous');
  for (const token of await json<readonly Listed[]>('token', 'list', 'ambiguous')) {
    await run('token', 'revoke', 'ambiguous', token.tokenId, '--yes');
  }
  expect(await rotate()).toBe(
    `scim-admin: Tenant ambiguous has no live token to rotate: create one. Run "npx scim-admin token create ambiguous --data ${endpoint.data}".\n`,
  );
});

test('last use shows in the list of tokens', async () => {
  const made = await json<Made>('tenant', 'create', 'in-use');
  await status(made);
  const [{ created, lastUse } = {}] = await json<{ created: string; lastUse: string }[]>('token', 'list', 'in-use');
  // It is recorded by the hour, which began before the token was created.
  expect(lastUse).toBe(created);
  expect((await run('token', 'list', 'in-use')).out).toMatch(/CREATED \(UTC\) +EXPIRES \(UTC\) +LAST USE \(UTC\)$/m);
});
