import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { roleMappingKey } from '../../lambda/store/keys';
import type { TenantAccess } from '../../local/endpoint';
import { openDeployment } from '../../operator/connection/open';
import { readTenantRoles } from '../../operator/store/role-mapping';
import { admin, adminJson } from './admin';
import { type LocalEndpoint, startLocal } from './local-endpoint';

let endpoint: LocalEndpoint;
let folder: string;
let acme: TenantAccess;
let anna: string;
const run = (...args: readonly string[]) => admin([...args, '--data', endpoint.data]);
const json = <Data>(...args: readonly string[]) => adminJson<Data>(...args, '--data', endpoint.data);

const mapping = {
  match: 'all',
  rules: [
    { displayName: 'Engineering', roles: ['developer'] },
    { pattern: 'app-*', roles: ['user', 'developer'] },
    { externalId: 'missing', roles: [] },
  ],
  default: ['viewer'],
};

async function create(type: string, body: object): Promise<string> {
  const headers = { Authorization: `Bearer ${acme.token}`, 'Content-Type': 'application/scim+json' };
  const response = await fetch(`${acme.baseUrl}/${type}`, { method: 'POST', headers, body: JSON.stringify(body) });
  return ((await response.json()) as { readonly id: string }).id;
}

async function file(content: string | Buffer): Promise<string> {
  const path = join(folder, 'roles.json');
  await writeFile(path, content);
  return path;
}

const set = async (content: unknown) => run('roles', 'set', 'acme', await file(JSON.stringify(content)));

beforeAll(async () => {
  endpoint = await startLocal();
  folder = await mkdtemp(join(tmpdir(), 'scim-roles-'));
  acme = await endpoint.createTenant({ label: 'acme', profile: 'standard' });
  anna = await create('Users', { userName: 'anna@example.com' });
  await create('Users', { userName: 'bob@example.com' });
  await create('Users', { userName: 'carl@example.com', active: false });
  const engineering = await create('Groups', { displayName: 'Engineering', members: [{ value: anna }] });
  await create('Groups', { displayName: 'App-all', members: [{ value: engineering, type: 'Group' }] });
});

afterAll(async () => {
  await endpoint.close();
  await rm(folder, { recursive: true });
});

test('a mapping is set, shown as it was written, and removed; each change is in the activity', async () => {
  expect(await set(mapping)).toEqual({
    code: 0,
    out: `Tenant ${acme.tenantId} (acme) has a mapping of groups to roles, with 3 rules.\n`,
    err:
      'rules[2]: no group has the externalId "missing" now.\n' +
      `Run "npx scim-admin roles test acme <user> --data ${endpoint.data}" to see what a user gets.\n`,
  });
  const { out } = await run('roles', 'show', 'acme');
  expect(JSON.parse(out)).toEqual(mapping);
  expect(await admin(['roles', 'set', 'acme', '-', '--data', endpoint.data], { stdin: out })).toMatchObject({
    code: 0,
  });
  expect(await json('roles', 'show', 'acme')).toEqual(mapping);

  expect((await run('roles', 'clear', 'acme')).out).toContain('no mapping of groups to roles any more');
  expect((await run('roles', 'clear', 'acme')).out).toContain('Nothing was changed.');
  expect((await run('roles', 'show', 'acme')).out).toContain('its users have no roles');
  expect(await json('roles', 'show', 'acme')).toBeNull();
  const activity = (await run('activity', 'acme')).out.replaceAll(/\s+/g, ' ');
  expect(activity).toContain('set the mapping of groups to roles, with 3 rules');
  expect(activity).toContain('removed the mapping of groups to roles');
});

test('a test says which rule gives which role, and why there is none', async () => {
  await set(mapping);
  const { out } = await run('roles', 'test', 'acme', 'Anna@example.com');
  expect(out).toBe(
    [
      `User anna@example.com (${anna}) has developer, user:`,
      '',
      'RULE      MATCHES                    GROUPS                           ROLES',
      'rules[0]  displayName "Engineering"  Engineering                      developer',
      'rules[1]  pattern "app-*"            App-all (through a group in it)  user, developer',
      '',
    ].join('\n'),
  );
  expect((await run('roles', 'test', 'acme', 'bob@example.com')).out).toMatch(/has viewer: no rule matches/);
  expect((await run('roles', 'test', 'acme', 'carl@example.com')).out).toMatch(/has no roles: it is not active\.\n$/);
  expect(await json('roles', 'test', 'acme', anna)).toMatchObject({ roles: ['developer', 'user'], reason: 'rules' });
  expect((await run('roles', 'test', 'acme', 'nobody')).err).toContain('Run "npx scim-admin user list acme');

  const path = await file(JSON.stringify({ match: 'first', rules: [{ pattern: '*', roles: [] }] }));
  expect((await run('roles', 'test', 'acme', anna, '--file', path)).out).toContain('has no roles:');
  await run('roles', 'clear', 'acme');
  expect((await run('roles', 'test', 'acme', anna)).out).toContain('has no roles: tenant acme has no mapping');
});

test('what is wrong with a file is said with its name and place, and nothing is changed', async () => {
  await set(mapping);
  const refused = async (content: string | Buffer) => {
    const path = await file(content);
    const { code, err } = await run('roles', 'set', 'acme', path);
    expect(code).toBe(1);
    return err.replaceAll(path, 'roles.json');
  };
  expect(await refused('{"rules":[{"displayName":"x","roles":"admin"}]}')).toBe(
    'scim-admin: roles.json: rules[0].roles is a string: write an array of role names, such as ["admin"].\n',
  );
  expect(await refused('{"rules":[}')).toMatch(/^scim-admin: roles\.json is no JSON \(.*\): correct it there\.\n$/);
  expect(await refused('')).toMatch(/^scim-admin: roles\.json is no JSON/);
  expect(await refused(Buffer.from([0x7b, 0xff, 0x7d]))).toContain('roles.json line 1 is not UTF-8');
  expect(await refused(' '.repeat(2_000_000))).toContain('roles.json has more than 1024000 characters');
  expect((await run('roles', 'set', 'acme', join(folder, 'none.json'))).err).toContain('none.json cannot be read');
  expect(await json('roles', 'show', 'acme')).toEqual(mapping);
});

test('a file of PowerShell, in UTF-16 with a byte order mark, is read', async () => {
  const path = await file(Buffer.from(`\ufeff${JSON.stringify(mapping)}`, 'utf16le'));
  expect(await run('roles', 'set', 'acme', path)).toMatchObject({ code: 0 });
});

test('an export has the mapping, and an import sets it where there is no other', async () => {
  await set(mapping);
  const path = join(folder, 'acme.jsonl');
  expect((await run('export', 'acme', '--out', path)).out).toContain(', the mapping of groups to roles of tenant acme');
  await run('tenant', 'create', 'moved', '--profile', 'standard');
  expect((await run('import', 'moved', path)).out).toContain('8 added, 0 exist already, 0 left out');
  expect(await json('roles', 'show', 'moved')).toEqual(mapping);
  expect((await run('import', 'moved', path)).out).toContain('0 added, 8 exist already, 0 left out');
  await run('roles', 'set', 'moved', await file(JSON.stringify({ rules: [] })));
  const { code, err } = await run('import', 'moved', path);
  expect([code, err]).toEqual([1, 'Line 9: the tenant has another mapping of groups to roles\n']);
});

test('a character without width is shown as an escape, and read back as itself', async () => {
  const rules = [{ displayName: 'Team\u200d', roles: ['member'] }];
  await set({ rules });
  const { out } = await run('roles', 'show', 'acme');
  expect(out).toContain('Team\\u200d');
  expect(JSON.parse(out)).toMatchObject({ rules });
});

test('a deleted tenant leaves no mapping', async () => {
  const { tenantId } = await json<{ tenantId: string }>('tenant', 'create', 'gone');
  await run('roles', 'set', 'gone', await file(JSON.stringify(mapping)));
  const { tables, close } = await openDeployment({ stack: '', local: endpoint.data });
  expect(await readTenantRoles(tables, tenantId)).toEqual({ mapping, nested: false });
  await run('tenant', 'delete', 'gone', '--yes', '--no-wait');
  expect(await readTenantRoles(tables, tenantId)).toBeUndefined();
  close();
});

test('the check accepts a mapping, and reports one that was edited by hand', async () => {
  await set(mapping);
  expect(await run('check', 'acme')).toMatchObject({ code: 0 });
  const { tables, close } = await openDeployment({ stack: '', local: endpoint.data });
  const Item = { ...roleMappingKey(acme.tenantId), mapping: { rules: 'none' }, format: 1 };
  await tables.client.send(new PutCommand({ TableName: tables.directory, Item }));
  close();
  const { code, out } = await run('check', 'acme');
  expect([code, out]).toEqual([1, expect.stringContaining(`unreadable item  pk=${acme.tenantId}#ROLES sk=ROLES`)]);
  expect((await run('roles', 'show', 'acme')).err).toContain('expected a mapping of groups to roles');
  await set(mapping);
  expect(await run('check', 'acme')).toMatchObject({ code: 0 });
});
