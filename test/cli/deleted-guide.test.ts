import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Endpoint, startEndpoint, type TenantAccess } from '../../local/endpoint';
import { userBody } from '../directory/requests';
import { lastSweep } from '../last-sweep';
import { type AwsStandIn, stackOf, startAws } from './aws-stand-in';
import { linkCheckout, typeGuide } from './guide';

let endpoint: Endpoint;
let aws: AwsStandIn;
let folder: string;
let acme: TenantAccess;

async function send(method: string, path: string, body?: object) {
  const response = await fetch(acme.baseUrl + path, {
    method,
    headers: { Authorization: `Bearer ${acme.token}`, 'Content-Type': 'application/scim+json' },
    ...(body && { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: JSON.parse((await response.text()) || '{}') };
}

const type = (mark: string, { values = {}, document = 'docs/deleted.md' } = {}) =>
  typeGuide(mark, { folder, document, values, env: { AWS_ENDPOINT_URL_CLOUDFORMATION: aws.url } });

/** Deletes, so that it can be restored at once. */
async function remove(kind: 'User' | 'Group', id: string): Promise<void> {
  expect((await send('DELETE', `/${kind}s/${id}`)).status).toBe(204);
  await lastSweep(endpoint, acme.tenantId, id, kind);
}

const create = async (path: string, body: object) => String((await send('POST', path, body)).body.id);
const groupsOf = async (id: string) =>
  ((await send('GET', `/Users/${id}`)).body.groups as { value: string }[] | undefined)?.map(({ value }) => value);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'scim-deleted-guide-'));
  await linkCheckout(folder);
  endpoint = await startEndpoint({ data: join(folder, '.scim') });
  aws = await startAws();
  aws.answer = stackOf(endpoint);
  acme = await endpoint.createTenant({ label: 'acme', profile: 'standard' });
});

afterAll(async () => {
  await aws.close();
  await endpoint.close();
  await rm(folder, { recursive: true });
});

test('the commands of the guide: list, restore, show, restore everything, disable, erase, refuse', async () => {
  const anna = await create('/Users', userBody('anna'));
  const staff = await create('/Groups', { displayName: 'Staff', members: [{ value: anna }] });
  const values = { '2819c223-7f76-453a-919d-413861904646': anna, 'e9e30dba-f08f-4109-8486-d5c6a331660a': staff };
  await remove('User', anna);
  await remove('Group', staff);
  expect(await type('list')).toMatch(new RegExp(`${staff}[^\\n]*\\n${anna} +User +anna@example.com`));
  expect(await type('group', { values })).toBe(`Group ${staff} (Staff) is restored, with 0 members.\n`);
  expect(await type('user', { values })).toBe(`User ${anna} (anna@example.com) is restored, in 1 group.\n`);
  expect(await groupsOf(anna)).toEqual([staff]);
  expect(JSON.parse(await type('show'))).toMatchObject({ id: anna });

  await remove('Group', staff);
  await remove('User', anna);
  expect(await type('all')).toBe(
    `Group ${staff} (Staff) is restored, with 0 members.\nUser ${anna} (anna@example.com) is restored, in 1 group.\n`,
  );
  expect(await type('disable')).toMatch(/is disabled\.\n.*is enabled\.\n$/);

  const erased = await type('erase', { document: 'docs/erasure.md', values: { 'user erase': 'user erase --yes' } });
  expect(erased).toContain(`Erased: user ${anna} (anna@example.com) with its memberships.`);
  expect((await send('GET', `/Users/${anna}`)).status).toBe(404);
  expect(await type('list')).not.toContain(anna);
  // The memberships that it left are there for a minute more, and restoring it is refused until then.
  await send('DELETE', `/Groups/${staff}`);
  expect(await type('list')).toMatch(new RegExp(`${staff}[^\\n]*wait a minute`));
  expect(await type('refuse')).toContain('Only the identity provider may change users and groups');
});
