import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { activityPartition, bodyPartition } from '../../lambda/activity/keys';
import type { ActivityRow } from '../../lambda/activity/row';
import { toRow } from '../../lambda/store/activity-item';
import { type Endpoint, startEndpoint, type TenantAccess } from '../../local/endpoint';
import { names } from '../../local/environment';
import { toSentence } from '../../operator/activity/sentence';
import { patchBody, userBody } from '../directory/requests';

let endpoint: Endpoint;
let client: DynamoDBDocumentClient;
beforeAll(async () => {
  endpoint = await startEndpoint({ memory: true, events: true });
  client = DynamoDBDocumentClient.from(new DynamoDBClient());
});
afterAll(async () => {
  client.destroy();
  await endpoint.close();
});

let tenants = 0;
const newTenant = () => endpoint.createTenant({ label: `tenant${tenants++}`, profile: 'standard' });

async function rowsIn(pk: string): Promise<readonly ActivityRow[]> {
  const { Items = [] } = await client.send(
    new QueryCommand({
      TableName: names.activityTable,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': pk },
    }),
  );
  return Items.map(toRow);
}

/** The rows of a tenant that are not of changes, which the streams bring later. */
const rowsOf = async ({ tenantId }: TenantAccess) =>
  (await rowsIn(activityPartition(tenantId))).filter(({ kind }) => kind !== 'change');

async function send(tenant: TenantAccess, method: string, path: string, body?: unknown, headers: object = {}) {
  const response = await fetch(tenant.baseUrl + path, {
    method,
    headers: {
      Authorization: `Bearer ${tenant.token}`,
      'Content-Type': 'application/scim+json',
      'User-Agent': 'Okta SCIM Client 1.0.0',
      ...headers,
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  return { status: response.status, body: JSON.parse((await response.text()) || '{}') as Record<string, unknown> };
}

test('a failed request is a row with who, from where, what and why, and the id at the end of its detail', async () => {
  const tenant = await newTenant();
  await send(tenant, 'POST', '/Users', userBody('anna'));
  const { body } = await send(tenant, 'POST', '/Users', userBody('anna', { externalId: 'other' }));
  const [row] = await rowsOf(tenant);
  const [, request] = /\(request ([^)]+)\)$/.exec(String(body.detail)) ?? [];
  expect(row).toMatchObject({
    kind: 'failure',
    template: 'createFailed',
    request,
    actor: { credential: expect.stringMatching(/^[a-z0-9]{12}$/) },
    address: '127.0.0.1',
    agent: 'Okta SCIM Client 1.0.0',
    method: 'POST',
    path: '/Users',
    resource: { type: 'User' },
    nameHash: expect.any(String),
    status: 409,
    scimType: 'uniqueness',
    remedy: 'taken',
    milliseconds: expect.any(Number),
    personal: {
      name: 'anna@example.com',
      detail: expect.stringContaining('userName "anna@example.com" is already used'),
    },
  });
});

test.each([
  ['a body that is not JSON', 'POST', '/Users', '{', 'createFailed'],
  ['an unknown user', 'PATCH', '/Users/2819c223-7f76-453a-919d-413861904646', patchBody(), 'changeFailed'],
  ['an unknown path', 'GET', '/anna@example.com', undefined, 'requestFailed'],
  ['a wrong filter', 'GET', '/Users?filter=nothing', undefined, 'listFailed'],
  ['a search that is none', 'POST', '/.search', [], 'searchFailed'],
  ['a bulk request that is none', 'POST', '/Bulk', [], 'bulkFailed'],
  ['a method that is not there', 'DELETE', '/Users', undefined, 'requestFailed'],
])('%s is one row', async (_name, method, path, body, template) => {
  const tenant = await newTenant();
  const { status } = await send(tenant, method, path, body);
  const rows = await rowsOf(tenant);
  expect(rows.map((row) => row.kind)).toEqual(['failure']);
  expect(rows[0]).toMatchObject({ template, status });
  // What the client wrote is in one attribute.
  const { personal: _personal, ...rest } = rows[0] as ActivityRow;
  expect(JSON.stringify(rest)).not.toContain('anna');
});

test('of the successful reads of a credential, the first of each kind in an hour is a row', async () => {
  const tenant = await newTenant();
  for (const path of ['/Users', '/Users?count=1', '/Users?filter=userName%20eq%20%22x%22', '/ServiceProviderConfig']) {
    for (let time = 0; time < 3; time++) expect((await send(tenant, 'GET', path)).status).toBe(200);
  }
  expect((await rowsOf(tenant)).map(toSentence)).toEqual([
    'listed users',
    'looked up users by a filter',
    'read /ServiceProviderConfig',
  ]);
});

test('each operation of a bulk request that failed is a row', async () => {
  const tenant = await newTenant();
  const operations = [
    { method: 'POST', path: '/Users', bulkId: 'a', data: { userName: 'ben@example.com', active: 'perhaps' } },
    { method: 'POST', path: '/Users', bulkId: 'b', data: userBody('cleo') },
    { method: 'DELETE', path: '/Users/2819c223-7f76-453a-919d-413861904646' },
    { method: 'DELETE', path: '/Persons/dora@example.com' },
  ];
  await send(tenant, 'POST', '/Bulk', {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'],
    Operations: operations,
  });
  const rows = await rowsOf(tenant);
  expect(rows.map(({ template, path, status, bulk }) => [template, path, status, bulk]).sort()).toEqual([
    ['bulkFailed', '/Bulk', 404, true],
    ['createFailed', '/Users', 400, true],
    ['deleteFailed', '/Users/{id}', 404, true],
  ]);
  expect(new Set(rows.map(({ request }) => request)).size).toBe(1);
  expect(JSON.stringify(rows.map(({ personal: _, ...rest }) => rest))).not.toMatch(/ben|dora/);
});

test('half of a character, which a client sends or a cut leaves, is not kept', async () => {
  const tenant = await newTenant();
  await send(tenant, 'POST', '/Users', JSON.stringify({ userName: 'half' }).replace('half', '\\ud83d'));
  await send(tenant, 'POST', '/Users', { userName: `${'n'.repeat(1023)}\u{1f600}` });
  expect((await rowsOf(tenant)).map(({ personal }) => personal?.name?.at(-1))).toEqual(['\ufffd', '\ufffd']);
});

test('two tenants never share a partition', async () => {
  const [one, two] = [await newTenant(), await newTenant()];
  await send(one, 'POST', '/Users', {});
  await send(two, 'POST', '/Groups', {});
  // A token on the URL of another tenant: the row belongs to the token's own tenant.
  await send({ ...one, baseUrl: two.baseUrl }, 'GET', '/Users');
  expect((await rowsOf(one)).map(({ template }) => template)).toEqual(['createFailed']);
  expect((await rowsOf(two)).map(({ template }) => template)).toEqual(['createFailed']);
});

test('without recording, no body is kept', async () => {
  const tenant = await newTenant();
  await send(tenant, 'POST', '/Users', userBody('emil', { title: 'planted title' }));
  await send(tenant, 'POST', '/Users', userBody('emil', { title: 'planted title' }));
  expect(await rowsIn(bodyPartition(tenant.tenantId))).toEqual([]);
  expect(JSON.stringify(await rowsIn(activityPartition(tenant.tenantId)))).not.toContain('planted title');
});
