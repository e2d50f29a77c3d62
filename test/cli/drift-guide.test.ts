import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TenantAccess } from '../../local/endpoint';
import { type Endpoint, startEndpoint } from '../../local/endpoint';
import { create } from '../operator/drift/tenant';
import { type AwsStandIn, stackOf, startAws } from './aws-stand-in';
import { linkCheckout, typeGuide } from './guide';

let endpoint: Endpoint;
let aws: AwsStandIn;
let folder: string;
let acme: TenantAccess;

/** The files that docs/drift.md names, as the providers export them; they agree with the tenant. */
const files: Readonly<Record<string, string>> = {
  'users.csv': 'Okta username,Okta user status\nanna@example.com,Active\nbob@example.com,Active\n',
  'members.csv': 'Okta username,Group name\nanna@example.com,Staff\nbob@example.com,Sales\n',
  'users-1.json': '[{"credentials":{"userName":"anna@example.com"},"profile":{"familyName":"Example"}}]',
  'users-2.json': '[{"credentials":{"userName":"bob@example.com"},"profile":{"familyName":"Example"}}]',
  'group-membership.csv': 'Group name,Okta username\nStaff,anna@example.com\nSales,bob@example.com\n',
  'exportUsers.csv':
    'userPrincipalName,surname,accountEnabled\nanna@example.com,Example,True\nbob@example.com,Example,True\n',
  'sales.csv': 'Object ID,User principal name,Display name,Member type\n1,bob@example.com,Bob,User\n',
  'staff.csv': 'Members for group Staff\nEmail address,Nickname,Group status\nanna@example.com,,member\n',
  'User_Download.csv':
    'First Name [Required],Last Name [Required],Email Address [Required],Status [READ ONLY]\nAnna,Example,anna@example.com,Active\nBob,Example,bob@example.com,Active\n',
  'hr.csv': 'Mail;Surname;Mobile;State\nanna@example.com;Example;+1;employed\nbob@example.com;Example;;employed\n',
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'scim-drift-guide-'));
  await linkCheckout(folder);
  endpoint = await startEndpoint({ data: join(folder, '.scim') });
  aws = await startAws();
  aws.answer = stackOf(endpoint);
  acme = await endpoint.createTenant({ label: 'acme', profile: 'standard' });
  const phoneNumbers = [{ value: '+1', type: 'mobile' }];
  const name = (givenName: string) => ({ name: { givenName, familyName: 'Example' } });
  const mail = (value: string) => ({ userName: value, emails: [{ value, type: 'work', primary: true }] });
  const anna = await create(acme, 'Users', { ...mail('anna@example.com'), ...name('Anna'), phoneNumbers });
  const bob = await create(acme, 'Users', { ...mail('bob@example.com'), ...name('Bob') });
  await create(acme, 'Groups', { displayName: 'Staff', members: [{ value: anna }] });
  await create(acme, 'Groups', { displayName: 'Sales', members: [{ value: bob }] });
  for (const [path, content] of Object.entries(files)) await writeFile(join(folder, path), content);
});

afterAll(async () => {
  await aws.close();
  await endpoint.close();
  await rm(folder, { recursive: true });
});

const type = (mark: string, environment: NodeJS.ProcessEnv = {}) =>
  typeGuide(mark, {
    folder,
    document: 'docs/drift.md',
    env: { AWS_ENDPOINT_URL_CLOUDFORMATION: aws.url, ...environment },
  });

test.each(['compare', 'okta', 'google', 'other'])('the command under "%s" finds no difference', async (mark) => {
  expect(await type(mark)).toMatch(/\nNo differences\.\n/);
});

test('the command for Entra, with its own file of members', async () => {
  await writeFile(join(folder, 'staff.csv'), 'Object ID,User principal name,Member type\n1,anna@example.com,User\n');
  expect(await type('entra')).toMatch(/\nNo differences\.\n/);
});

test('the command for scripts ends well when there are differences', async () => {
  await writeFile(join(folder, 'users.csv'), `${files['users.csv']}new@example.com,Active\n`);
  await type('script');
  const lines = (await readFile(join(folder, 'drift.jsonl'), 'utf8')).trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([
    { kind: 'missing', name: 'new@example.com' },
    { summary: { total: 1 } },
  ]);
});

test('an export and another endpoint are compared', async () => {
  await endpoint.createTenant({ label: 'acme-restored', profile: 'standard' });
  await expect(type('exported')).rejects.toMatchObject({ code: 3, stdout: expect.stringContaining('Differences: 4 ') });
  await writeFile(join(folder, 'other.token'), acme.token);
  expect(await type('scim', { BASE_URL: acme.baseUrl })).toMatch(/\nNo differences\.\n/);
});
