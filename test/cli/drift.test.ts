import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TenantAccess } from '../../local/endpoint';
import { create } from '../operator/drift/tenant';
import { admin } from './admin';
import { type LocalEndpoint, startLocal } from './local-endpoint';

let endpoint: LocalEndpoint;
let acme: TenantAccess;
let folder: string;

beforeAll(async () => {
  endpoint = await startLocal();
  folder = await mkdtemp(join(tmpdir(), 'scim-drift-test-'));
  acme = await endpoint.createTenant({ label: 'acme', profile: 'standard' });
  const anna = await create(acme, 'Users', { userName: 'anna@example.com', title: 'Engineer' });
  await create(acme, 'Users', { userName: 'bob@example.com', active: false });
  await create(acme, 'Groups', { displayName: 'Staff', members: [{ value: anna }] });
});

afterAll(async () => {
  await endpoint.close();
  await rm(folder, { recursive: true });
});

const drift = (args: readonly string[], stdin?: string, environment = {}) =>
  admin(['drift', 'acme', ...args, '--data', endpoint.data], {
    ...(stdin === undefined ? {} : { stdin }),
    environment,
  });

async function file(name: string, content: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

const from =
  'userPrincipalName,jobTitle,accountEnabled\nANNA@example.com,Chief,True\nbob@example.com,,True\nnew@example.com,,True\n';

test('differences are listed by kind and counted, and the exit code is 3', async () => {
  const users = await file('users.csv', from);
  const members = await file('staff.csv', 'Object ID,User principal name\n1,bob@example.com\n');
  const { code, out, err } = await drift(['--from', users, '--members', `Staff=${members}`]);
  expect(out).toBe(
    [
      'In the group here, but not in Entra ID (1)',
      '  Staff: anna@example.com',
      '',
      'Missing: Entra ID has them, the tenant does not (1)',
      '  new@example.com; users.csv line 4',
      '',
      'Disabled here, enabled in Entra ID (1)',
      '  bob@example.com; users.csv line 3',
      '',
      'Not in the group here, but in Entra ID (1)',
      '  Staff: bob@example.com; staff.csv line 2',
      '',
      'Other values than in Entra ID (1)',
      '  anna@example.com; title: "Engineer" here, expected "Chief"; users.csv line 2',
      '',
      'Tenant acme: 2 users, 1 group, 1 membership. Expected from Entra ID: 3 users, 1 group, 1 membership.',
      'Differences: 5 (1 membership extra, 1 missing, 1 disabled only here, 1 membership missing, 1 other value).',
      '',
    ].join('\n'),
  );
  expect(err).toBe(
    'users.csv: read as entra, because of its column "userPrincipalName": userName = "userPrincipalName", title = "jobTitle", active = "accountEnabled".\n' +
      'staff.csv: read as entra, because of its column "User principal name": members of "Staff", member = "User principal name".\n',
  );
  expect(code).toBe(3);
});

test('with --json each difference is a line, and the summary is the last one', async () => {
  const { code, out } = await drift(['--from', '-', '--json'], from);
  const lines = out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as object);
  expect(lines).toMatchObject([
    { kind: 'missing', name: 'new@example.com', at: 'standard input line 4' },
    { kind: 'disabled', name: 'bob@example.com', id: expect.any(String) },
    { kind: 'attribute', attribute: 'title', expected: 'Chief', actual: 'Engineer' },
    { summary: { tenantId: acme.tenantId, total: 3, differences: { missing: 1, disabled: 1, attribute: 1 } } },
  ]);
  expect(code).toBe(3);
});

test('without differences the exit code is 0', async () => {
  const exported = await file('acme.jsonl', (await admin(['export', 'acme', '--data', endpoint.data])).out);
  for (const source of [
    ['--from', exported],
    ['--from-scim', acme.baseUrl, '--token', acme.token],
    ['--from-scim', acme.baseUrl],
  ]) {
    expect(await drift(source, undefined, { SCIM_TOKEN: acme.token })).toMatchObject({
      code: 0,
      out: expect.stringMatching(/\nNo differences\.\n$/),
      err: '',
    });
  }
});

test('what would steer a terminal is shown, not done', async () => {
  const { out, err } = await drift(['--from', '-'], 'userName,title\nanna@example.com,"\u001b[2J\u202ered"\n');
  expect(out).toContain('title: "Engineer" here, expected "\\u001b[2J\\u{202e}red"');
  for (const steering of ['\u001b', '\u202e']) expect(out + err).not.toContain(steering);
  const hostile = await drift(['--from', '-', '--format', 'generic'], 'user\u001b[2J,title\na,b\n');
  expect(hostile.err).toContain('\\u{1b}');
  expect(hostile.err).not.toContain('\u001b');
});

test.each([
  [
    ['--from', '-', '--format', 'other'],
    /'other' is invalid\. Allowed choices are okta-app, okta, entra, google, generic/,
  ],
  [['--from', '-', '--column', 'title'], /Use attribute=column/],
  [['--from', '-', '--match', 'id'], /'id' is invalid/],
  [[], /there is nothing to compare with: pass --from, --members or --from-scim/],
  [['--from', '-', '--members', '-'], /"-" is given more than once/],
])('a wrong use exits with 2: %j', async (args, message) => {
  const { code, err } = await drift(args);
  expect(err).toMatch(message);
  expect(code).toBe(2);
});

test.each([
  [['--from', '/absent/users.csv'], /The file \/absent\/users\.csv cannot be read \(ENOENT\)/],
  [['--from', '/'], /^scim-admin: \/ is a folder: name a file/],
  [['--from-scim', 'https://127.0.0.1:1'], /There is no token/],
])('what cannot be read exits with 1: %j', async (args, message) => {
  const { code, err } = await drift(args);
  expect(err).toMatch(message);
  expect(code).toBe(1);
});

test('it ends when it is interrupted', async () => {
  const command = ['drift', 'acme', '--from', '-', '--data', endpoint.data];
  expect(await admin(command, { stdin: from, interrupted: AbortSignal.abort() })).toMatchObject({
    code: 130,
    out: '',
    err: expect.stringContaining('Interrupted: nothing was changed.'),
  });
});
