import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Endpoint, startEndpoint } from '../../local/endpoint';
import { userBody } from '../directory/requests';
import { type AwsStandIn, stackOf, startAws } from './aws-stand-in';
import { linkCheckout, typeGuide } from './guide';

let endpoint: Endpoint;
let aws: AwsStandIn;
let folder: string;
let guide: string;

const document = 'docs/roles.md';
const type = (mark: string, from = document) =>
  typeGuide(mark, { folder, document: from, env: { AWS_ENDPOINT_URL_CLOUDFORMATION: aws.url } });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'scim-roles-guide-'));
  await linkCheckout(folder);
  endpoint = await startEndpoint({ data: join(folder, '.scim') });
  aws = await startAws();
  aws.answer = stackOf(endpoint);
  guide = await readFile(join(__dirname, '../..', document), 'utf8');
});

afterAll(async () => {
  await aws.close();
  await endpoint.close();
  await rm(folder, { recursive: true });
});

test('the commands of the guide: set the mapping of the guide, test, try, clear', async () => {
  const acme = await endpoint.createTenant({ label: 'acme' });
  const create = async (path: string, body: object): Promise<string> => {
    const headers = { Authorization: `Bearer ${acme.token}`, 'Content-Type': 'application/scim+json' };
    const response = await fetch(acme.baseUrl + path, { method: 'POST', headers, body: JSON.stringify(body) });
    return ((await response.json()) as { readonly id: string }).id;
  };
  const anna = await create('/Users', userBody('anna'));
  for (const displayName of ['Engineering', 'App-EU-Admins']) {
    await create('/Groups', { displayName, members: [{ value: anna }] });
  }
  const [, mapping = ''] = /<!-- file: roles.json -->\n```json\n([\s\S]*?)```/.exec(guide) ?? [];
  await writeFile(join(folder, 'roles.json'), mapping);

  expect(JSON.parse(await type('show', 'docs/sign-in.md'))).toMatchObject({
    userName: 'anna@example.com',
    externalId: 'ext-anna',
  });
  expect(await type('set')).toContain('has a mapping of groups to roles, with 3 rules.');
  const [, shown = ''] = /```text\n([\s\S]*?)```/.exec(guide) ?? [];
  expect(await type('test')).toBe(shown.replace('2819c223-7f76-453a-919d-413861904646', anna));
  expect(await type('try')).toContain(`User anna@example.com (${anna}) has developer, admin:`);
  expect(JSON.parse(await readFile(join(folder, 'roles.json'), 'utf8'))).toEqual(JSON.parse(mapping));
  expect(await type('clear')).toContain('its users have no roles');
});
