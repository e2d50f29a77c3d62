import { createReadStream } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finishSweep } from '../../lambda/store/sweep';
import type { TenantAccess } from '../../local/endpoint';
import { openDeployment } from '../../operator/connection/open';
import { readBody } from '../../operator/store/tombstone-bodies';
import { findTenant } from '../../operator/tenants/provision';
import { importTenant } from '../../operator/transfer/import';
import { admin, adminJson } from './admin';
import { type LocalEndpoint, startLocal } from './local-endpoint';

let endpoint: LocalEndpoint;
let folder: string;
let acme: TenantAccess;
let users: readonly string[];
const run = (...args: readonly string[]) => admin([...args, '--data', endpoint.data]);
const json = <Data>(...args: readonly string[]) => adminJson<Data>(...args, '--data', endpoint.data);

async function create({ baseUrl, token }: TenantAccess, type: string, body: object): Promise<string> {
  const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/scim+json' };
  const response = await fetch(`${baseUrl}/${type}`, { method: 'POST', headers, body: JSON.stringify(body) });
  const { id } = (await response.json()) as { readonly id?: string };
  if (!id) throw new Error(`${type}: ${response.status}`);
  return id;
}

const person = (userName: string) => ({
  userName,
  displayName: `${userName} \u001b[31m\u202e`,
  name: { givenName: userName, familyName: 'Example' },
  emails: [{ value: `${userName}@example.com`, type: 'work', primary: true }],
  externalId: `ext-${userName}`,
});

beforeAll(async () => {
  endpoint = await startLocal();
  folder = await mkdtemp(join(tmpdir(), 'scim-admin-'));
  acme = await endpoint.createTenant({ label: 'acme', profile: 'standard' });
  users = await Promise.all(Array.from({ length: 110 }, (_, index) => create(acme, 'Users', person(`user${index}`))));
  const inner = await create(acme, 'Groups', { displayName: 'Inner', members: [{ value: users[0] }] });
  const members = [...users.map((value) => ({ value })), { value: inner, type: 'Group' }];
  await create(acme, 'Groups', { displayName: 'Outer', members });
});

afterAll(async () => {
  await endpoint.close();
  await rm(folder, { recursive: true });
});

describe('looking into a directory', () => {
  test('users are listed in pages, and found by filter', async () => {
    const page = await run('user', 'list', 'acme', '--start', '101', '--count', '200');
    expect(page.out.trimEnd().split('\n')).toHaveLength(11);
    expect(page.err).toBe('Shown: 101 to 110 of 110.\n');
    const found = await run('user', 'list', 'acme', '--filter', 'userName eq "USER7" and active eq true');
    expect(found.out).toMatch(/^\S{36} {2}user7 .* true {4}\d{4}-\d\d-\d\d \d\d:\d\d$/m);
    expect(found.err).toBe('Shown: 1 to 1 of 1.\n');
  });

  test('users are in the order of their names, or of their ids on request', async () => {
    const names = async (...options: readonly string[]) =>
      (await json<{ Resources: { id: string; userName: string }[] }>('user', 'list', 'acme', ...options)).Resources;
    const all = Array.from({ length: 110 }, (_, index) => `user${index}`).sort();
    const second = await names('--start', '101');
    expect([...(await names()), ...second].map(({ userName }) => userName)).toEqual(all);
    const ids = (await names('--order', 'id')).map(({ id }) => id);
    expect(ids).toEqual([...users].sort().slice(0, 100));
  });

  test('more users than can be ordered are listed by id, and the list says so', async () => {
    const huge = await endpoint.createTenant({ label: 'huge', profile: 'standard' });
    const photos = Array.from({ length: 4 }, (_, at) => ({ value: `https://example.com/${at}${'x'.repeat(63_000)}` }));
    const ids: string[] = [];
    for (let at = 0; at < 35; at++) ids.push(await create(huge, 'Users', { ...person(`huge${at}`), photos }));
    const { code, out, err } = await run('user', 'list', 'huge', '--count', '3');
    expect(code).toBe(0);
    expect(
      out
        .split('\n')
        .slice(1, 4)
        .map((line) => line.split(' ')[0]),
    ).toEqual([...ids].sort().slice(0, 3));
    expect(err).toContain('Ordered by id, because there are too many to order by name');
    await run('tenant', 'delete', 'huge', '--yes', '--no-wait');
  });

  test('what would steer a terminal is shown, not done', async () => {
    const { out } = await run('user', 'list', 'acme', '--filter', 'userName eq "user7"');
    expect(out).toContain('user7 \\u{1b}[31m\\u{202e}');
    expect(out).not.toContain('\u001b');
    expect(out).not.toContain('\u202e');
  });

  test('one user is shown by id or by userName, with its groups', async () => {
    const byName = await json<{ id: string; groups: readonly { readonly display: string }[] }>(
      'user',
      'show',
      'acme',
      'User0',
    );
    expect(byName).toMatchObject({ id: users[0], userName: 'user0' });
    expect(byName.groups.map(({ display }) => display).sort()).toEqual(['Inner', 'Outer']);
    expect(await json('user', 'show', 'acme', users[0] ?? '')).toEqual(byName);
  });

  test('groups are listed and shown without members, and their members with names', async () => {
    expect((await json<{ Resources: readonly object[] }>('group', 'list', 'acme')).Resources).toHaveLength(2);
    expect(await json('group', 'show', 'acme', 'outer')).not.toHaveProperty('members');
    const members = await json<readonly { name: string }[]>('group', 'members', 'acme', 'outer');
    expect(members).toHaveLength(111);
    expect(members.map(({ name }) => name).slice(0, 3)).toEqual(['Inner', 'user0', 'user1']);
    expect(members).toContainEqual({ value: users[7], type: 'User', name: 'user7' });
    expect(members).toContainEqual({ value: expect.any(String), type: 'Group', name: 'Inner' });
  });

  test('stats count what every tenant holds', async () => {
    expect(await json('stats')).toMatchObject([{ label: 'acme', users: 110, groups: 2, tokens: 1 }]);
    await expect(json('stats', 'nobody')).rejects.toThrow(/No tenant/);
  });
});

describe('export and import', () => {
  const exported = () => join(folder, 'acme.jsonl');
  const lines = async (path: string) => (await readFile(path, 'utf8')).trimEnd().split('\n');
  /** The content of an export, without its source and time. */
  const content = async (path: string) => (await lines(path)).slice(1).sort();

  beforeAll(async () => {
    await run('export', 'acme', '--out', exported());
  });

  test('an export holds everything once, and says at its end how much that is', async () => {
    const all = await lines(exported());
    expect(all).toHaveLength(1 + 110 + 2 + 112 + 1);
    expect(JSON.parse(all[0] ?? '')).toMatchObject({ export: 'serverless-scim', format: 1, profile: 'standard' });
    expect(JSON.parse(all.at(-1) ?? '')).toEqual({
      end: { users: 110, groups: 2, memberships: 112, tombstones: 0, deleted: 0, roles: 0 },
    });
    expect(all.join('')).not.toMatch(/sst_|hash/);
    expect((await run('export', 'acme')).out.trimEnd().split('\n').slice(1)).toEqual(all.slice(1));
  });

  test('an import gives the same directory, down to ids, versions and times; a second changes nothing', async () => {
    await run('tenant', 'create', 'same', '--profile', 'standard');
    const first = await run('import', 'same', exported());
    expect(first).toEqual({
      code: 0,
      out: 'Imported into tenant same: 224 added, 0 exist already, 0 left out.\n',
      err: '',
    });
    const copy = join(folder, 'same.jsonl');
    await run('export', 'same', '--out', copy);
    expect(await content(copy)).toEqual(await content(exported()));
    const second = await run('import', 'same', exported());
    expect(second.out).toBe('Imported into tenant same: 0 added, 224 exist already, 0 left out.\n');
    await run('export', 'same', '--out', copy);
    expect(await content(copy)).toEqual(await content(exported()));
    expect(await json('stats', 'same')).toMatchObject([{ users: 110, groups: 2 }]);
  });

  test('tenants with the same resources do not mix: what is changed in one stays in the other', async () => {
    const other = await endpoint.createTenant({ label: 'apart', profile: 'standard' });
    await run('import', 'apart', exported());
    const headers = { Authorization: `Bearer ${other.token}` };
    const deleted = await fetch(`${other.baseUrl}/Users/${users[0]}`, { method: 'DELETE', headers });
    expect(deleted.status).toBe(204);
    expect(await json('stats', 'apart')).toMatchObject([{ users: 109 }]);
    expect(await json('user', 'show', 'acme', users[0] ?? '')).toMatchObject({ groups: [{}, {}] });
    await run('tenant', 'delete', 'apart', '--yes', '--no-wait');
    expect(await json('group', 'members', 'acme', 'Outer')).toHaveLength(111);
  });

  test('what was deleted just now does not come back before it is swept, and the next import brings it', async () => {
    const again = await endpoint.createTenant({ label: 'again', profile: 'standard' });
    await run('import', 'again', exported());
    const headers = { Authorization: `Bearer ${again.token}` };
    await fetch(`${again.baseUrl}/Users/${users[0]}`, { method: 'DELETE', headers });
    const { code, out, err } = await run('import', 'again', exported());
    expect(code).toBe(1);
    expect(out).toContain('0 added, 221 exist already, 3 left out');
    expect(err).toMatch(new RegExp(`^Line \\d+: User ${users[0]} was just deleted; import again in two minutes\n`));
    const { tables, close } = await openDeployment({ stack: '', local: endpoint.data });
    await finishSweep(tables, { tenantId: again.tenantId, type: 'User' }, users[0] ?? '');
    close();
    expect((await run('import', 'again', exported())).out).toContain('3 added, 221 exist already, 0 left out');
  });

  test('ids of deleted users move too, so a stale list of members blocks nothing in the new tenant either', async () => {
    const old = await endpoint.createTenant({ label: 'old', profile: 'standard' });
    const [gone = '', kept = ''] = [
      await create(old, 'Users', person('gone')),
      await create(old, 'Users', person('kept')),
    ];
    const group = await create(old, 'Groups', { displayName: 'Staff', members: [{ value: kept }] });
    await fetch(`${old.baseUrl}/Users/${gone}`, {
      method: 'DELETE',
      headers: { Authorization: `Bearer ${old.token}` },
    });
    const opened = await openDeployment({ stack: '', local: endpoint.data });
    const isKept = async () => (await readBody(opened.tables, old.tenantId, gone, new Date()))?.kept !== undefined;
    while (!(await isKept())) await new Promise((resolve) => setTimeout(resolve, 20));
    opened.close();
    const file = join(folder, 'old.jsonl');
    expect((await run('export', 'old', '--out', file)).out).toBe(
      'Exported 1 user, 1 group, 1 membership, 1 id of deleted users and groups (1 kept whole) of tenant old.\n',
    );

    const moved = await endpoint.createTenant({ label: 'moved', profile: 'standard' });
    expect((await run('import', 'moved', file)).out).toContain('5 added, 0 exist already, 0 left out');
    expect((await run('import', 'moved', file)).out).toContain('0 added, 5 exist already, 0 left out');
    const copy = join(folder, 'moved.jsonl');
    await run('export', 'moved', '--out', copy);
    expect(await content(copy)).toEqual(await content(file));
    const response = await fetch(`${moved.baseUrl}/Groups/${group}`, {
      method: 'PUT',
      headers: { Authorization: `Bearer ${moved.token}`, 'Content-Type': 'application/scim+json' },
      body: JSON.stringify({ displayName: 'Staff', members: [{ value: gone }] }),
    });
    expect([response.status, await response.json()]).toMatchObject([200, { members: [] }]);
  });

  test('what does not fit the other profile is left out and listed, the rest is imported', async () => {
    await run('tenant', 'create', 'strict');
    const { code, out, err } = await run('import', 'strict', exported());
    expect(code).toBe(1);
    expect(out).toBe('Imported into tenant strict: 223 added, 0 exist already, 1 left out.\n');
    expect(err).toMatch(/^Line \d+: in profile identity-center a Group cannot be a member of a group\n$/);
  });

  test('a directory moves to the profile aws-scim-clients and back, with its members', async () => {
    await run('tenant', 'create', 'before');
    await run('import', 'before', exported());
    const texts: string[] = [];
    for (const [from, to, profile] of [
      ['before', 'clients', 'aws-scim-clients'],
      ['clients', 'after', 'identity-center'],
    ] as const) {
      const file = join(folder, `${from}.jsonl`);
      await run('export', from, '--out', file);
      await run('tenant', 'create', to, '--profile', profile);
      expect(await run('import', to, file)).toMatchObject({ code: 0 });
      texts.push((await lines(file)).slice(1).join('\n'));
    }
    expect(texts[1]).toBe(texts[0]);
    const { out } = await run('user', 'show', 'clients', users[0] ?? '');
    expect(JSON.parse(out)).toMatchObject({ userName: 'user0', groups: [{}, {}] });
    expect(texts[0]).toContain('"membership"');
  });

  test('attributes of a schema extension are kept, and attributes that the profile does not store are reported', async () => {
    await run('tenant', 'create', 'extended');
    const [head = '', first = ''] = await lines(exported());
    const { user } = JSON.parse(first) as { readonly user: { readonly id: string; readonly resource: object } };
    const badge = { 'urn:example:badge:1.0:User': { number: '7' } };
    const resource = { ...user.resource, ...badge, roles: [{ value: 'admin' }] };
    const end = JSON.stringify({ end: { users: 1, groups: 0, memberships: 0, tombstones: 0 } });
    const stdin = [head, JSON.stringify({ user: { ...user, resource } }), end].join('\n');
    const command = ['import', 'extended', '-', '--data', endpoint.data];
    expect(await admin(command, { stdin })).toEqual({
      code: 0,
      out: 'Imported into tenant extended: 1 added, 0 exist already, 0 left out.\n',
      err: '1 without attributes that profile identity-center does not store.\n',
    });
    const again = (await run('export', 'extended')).out.split('\n')[1] ?? '';
    expect(JSON.parse(again)).toEqual({ user: { ...user, resource: { ...user.resource, ...badge } } });
    expect(await admin(command, { stdin })).toMatchObject({ code: 0, out: expect.stringContaining('1 exist already') });
    // This program does not know the extension, but still shows the stored attributes.
    expect(await json('user', 'show', 'extended', user.id)).toMatchObject(badge);
  });

  test('an import tells how many bytes of the input are done, up to all of them', async () => {
    await run('tenant', 'create', 'followed', '--profile', 'standard');
    const deployment = await openDeployment({ stack: '', local: endpoint.data });
    const tenant = await findTenant(deployment.services, 'followed');
    const reached: number[] = [];
    const onProgress = ({ bytes }: { readonly bytes: number }) => reached.push(bytes);
    await importTenant(deployment, tenant, createReadStream(exported()), { onProgress });
    deployment.close();
    expect(reached.length).toBeGreaterThan(3);
    expect(reached).toEqual([...reached].sort((a, b) => a - b));
    expect(reached.at(-1)).toBe((await stat(exported())).size);
  });

  test('an import that was interrupted says where, and the same command completes it', async () => {
    await run('tenant', 'create', 'interrupted', '--profile', 'standard');
    const command = ['import', 'interrupted', exported(), '--data', endpoint.data];
    const { code, err } = await admin(command, { interrupted: AbortSignal.abort() });
    expect({ code, err }).toEqual({
      code: 130,
      err: 'scim-admin: Interrupted after line 101: import the same file again to complete it.\n',
    });
    expect(await admin(command)).toMatchObject({
      code: 0,
      out: 'Imported into tenant interrupted: 124 added, 100 exist already, 0 left out.\n',
    });
  });

  test('an interrupted export does not leave a file that looks complete', async () => {
    const command = ['export', 'acme', '--out', join(folder, 'never'), '--data', endpoint.data];
    expect(await admin(command, { interrupted: AbortSignal.abort() })).toMatchObject({ code: 130 });
    expect((await readdir(folder)).filter((name) => name.startsWith('never'))).toEqual([]);
  });

  test('an export cut short is imported as far as it goes, and said to be short', async () => {
    await run('tenant', 'create', 'short', '--profile', 'standard');
    const part = (await lines(exported())).slice(0, 11).join('\n');
    const command = ['import', 'short', '-', '--data', endpoint.data];
    expect(await admin(command, { stdin: part })).toEqual({
      code: 1,
      out: 'Imported into tenant short: 10 added, 0 exist already, 0 left out.\n',
      err: 'The export is incomplete: its last line is missing or has other totals. Export again.\n',
    });
  });

  test('an export without a line in the middle is reported as incomplete', async () => {
    await run('tenant', 'create', 'gap', '--profile', 'standard');
    const part = (await lines(exported())).filter((_, at) => at !== 50).join('\n');
    expect(await admin(['import', 'gap', '-', '--data', endpoint.data], { stdin: part })).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^The export is incomplete: .*\n$/m),
    });
  });

  test('a line that was cut ends the import, and the lines before it are imported', async () => {
    await run('tenant', 'create', 'cut', '--profile', 'standard');
    const part = (await lines(exported())).slice(0, 11).join('\n');
    const command = ['import', 'cut', '-', '--data', endpoint.data];
    expect(await admin(command, { stdin: part.slice(0, -5) })).toMatchObject({
      code: 1,
      err: 'scim-admin: Line 11 is not a JSON object: was the export cut off? The lines before it are imported.\n',
    });
    expect(await json('stats', 'cut')).toMatchObject([{ users: 9 }]);
  });

  test('an existing resource that is different is not changed', async () => {
    await run('tenant', 'create', 'differing', '--profile', 'standard');
    await run('import', 'differing', exported());
    const changed = (await readFile(exported(), 'utf8')).replace('"userName":"user7"', '"userName":"user7000"');
    const { out, err } = await admin(['import', 'differing', '-', '--data', endpoint.data], { stdin: changed });
    expect(out).toContain('0 added, 223 exist already, 1 left out');
    expect(err).toMatch(new RegExp(`^Line \\d+: User ${users[7]} exists and is different; it was not changed\n$`));
    expect(await json('user', 'show', 'differing', 'user7')).toMatchObject({ id: users[7] });
  });

  test.each([
    ['{"export":"another"}', /^scim-admin: This is not an export of serverless-scim/],
    [
      '{"export":"serverless-scim","format":2}',
      /^scim-admin: This export has format 2, but this program reads format 1/,
    ],
    ['nonsense', /^scim-admin: This is not an export of serverless-scim/],
    [
      '\n> serverless-scim@0.1.0 admin\n> node --import tsx bin/scim-admin.ts export acme\n\n{"export":"serverless-scim","format":1}',
      /^scim-admin: This file begins with lines that "npm run" printed, so nothing was imported\. Delete the lines above/,
    ],
  ])('a file that is not an export is refused: %s', async (stdin, message) => {
    const { code, err } = await admin(['import', 'acme', '-', '--data', endpoint.data], { stdin });
    expect({ code, err }).toEqual({ code: 1, err: expect.stringMatching(message) });
  });

  test('hostile lines are left out, each with its reason, and nothing is stored', async () => {
    await run('tenant', 'create', 'hostile', '--profile', 'standard');
    const user = (JSON.parse((await lines(exported()))[1] ?? '') as { user: { id: string; resource: object } }).user;
    const hostile = [
      { user: { ...user, id: '../escape' } },
      { user: { ...user, id: '__proto__' } },
      { user: { ...user, version: '1' } },
      { user: { ...user, created: 'yesterday' } },
      { user: { ...user, resource: { ...user.resource, userName: 7 } } },
      { user: { ...user, resource: [] } },
      { user: null },
      { group: 'x' },
      { membership: { group: user.id, member: user.id } },
      { membership: { group: 1 } },
      { nonsense: true },
    ];
    const stdin = [
      (await lines(exported()))[0],
      ...hostile.map((line) => JSON.stringify(line)),
      JSON.stringify({ end: { users: hostile.length, groups: 0, memberships: 0, tombstones: 0 } }),
    ].join('\n');
    const { out, err } = await admin(['import', 'hostile', '-', '--data', endpoint.data], { stdin });
    expect(out).toContain(`0 added, 0 exist already, ${hostile.length} left out`);
    expect(err.trimEnd().split('\n')).toHaveLength(hostile.length);
    expect(await json('stats', 'hostile')).toMatchObject([{ users: 0, groups: 0 }]);
  });

  test('an unfinished file of an earlier export does not matter', async () => {
    const out = join(folder, 'again');
    await writeFile(`${out}.unfinished`, 'rest');
    expect(await run('export', 'acme', '--out', out)).toMatchObject({ code: 0 });
    expect(await content(out)).toEqual(await content(exported()));
  });
});
