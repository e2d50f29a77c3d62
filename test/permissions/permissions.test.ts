import type { Context } from 'aws-lambda';
import { type FunctionName, functions } from '../../deployment/functions';
import { type Endpoint, startEndpoint, type TenantAccess } from '../../local/endpoint';
import { patchBody, userBody } from '../directory/requests';
import { type Guarded, guard } from './guard';
import { type Policy, synthesizedPolicies } from './policy';

let endpoint: Endpoint;
const policies: ReadonlyMap<string, Policy> = synthesizedPolicies();
const guarded = new Map<FunctionName, Guarded>();

beforeAll(async () => {
  jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  for (const { name } of functions) guarded.set(name, await guard(name, policies.get(name) as Policy));
  const handlers = Object.fromEntries([...guarded].map(([name, { handler }]) => [name, handler]));
  endpoint = await startEndpoint({ memory: true, handlers, events: true, authorizerCacheSeconds: 0 });
});

afterAll(async () => {
  await endpoint.close();
  for (const each of guarded.values()) each.close();
  jest.restoreAllMocks();
});

async function send({ baseUrl, token }: TenantAccess, method: string, path: string, body?: object) {
  const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/scim+json' };
  const response = await fetch(baseUrl + path, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
  return JSON.parse((await response.text()) || '{}') as { readonly id?: string };
}

/** Requests that write more than fits a transaction, and leave memberships to sweep. */
async function playLarge(tenant: TenantAccess): Promise<void> {
  const users: { value: string }[] = [];
  for (let at = 0; at < 110; at++)
    users.push({ value: String((await send(tenant, 'POST', '/Users', userBody(`p${at}`))).id) });
  const { id } = await send(tenant, 'POST', '/Groups', { displayName: 'Large', members: users });
  await send(tenant, 'PATCH', `/Groups/${id}`, patchBody({ op: 'remove', path: 'members' }));
  await send(tenant, 'PUT', `/Groups/${id}`, { displayName: 'Large', members: users });
  const operations = [
    { method: 'POST', path: '/Groups', bulkId: 'g', data: { displayName: 'Bulk', members: users } },
    {
      method: 'PATCH',
      path: `/Groups/${id}`,
      data: patchBody({ op: 'replace', path: 'members', value: users.slice(1) }),
    },
    { method: 'POST', path: '/Users', bulkId: 'u', data: userBody('bulk') },
    {
      method: 'PATCH',
      path: '/Groups/bulkId:g',
      data: patchBody({ op: 'add', path: 'members', value: [{ value: 'bulkId:u' }] }),
    },
    { method: 'DELETE', path: `/Users/${users[1]?.value}` },
  ];
  await send(tenant, 'POST', '/Bulk', {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'],
    Operations: operations,
  });
  await send(tenant, 'DELETE', `/Groups/${id}`);
  await send(tenant, 'DELETE', `/Users/${users[0]?.value}`);
}

test('no function asks for more than its policy allows', async () => {
  const tenant = await endpoint.createTenant({ label: 'acme' });
  await playLarge(tenant);
  for (const path of [
    '/Users',
    '/Groups',
    '/Users?filter=meta.lastModified%20gt%20%222020-01-01T00:00:00Z%22',
    '/Schemas',
  ]) {
    await send(tenant, 'GET', path);
  }
  const search = {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'],
    filter: 'meta.lastModified gt "2020-01-01T00:00:00Z"',
  };
  for (const path of ['/Users/.search', '/Groups/.search', '/.search']) await send(tenant, 'POST', path, search);
  await guarded.get('expiry')?.handler({} as never, {} as Context);
  const uses = () => [...policies].filter(([, { used }]) => used === 0).map(([name]) => name);
  // The changes arrive after the responses.
  while (uses().length > 0) await new Promise((resolve) => setTimeout(resolve, 100));
  expect([...guarded].flatMap(([name, { refused }]) => refused.map((access) => `${name}: ${access}`))).toEqual([]);
});

const onDirectory = (action: string, ...keys: string[]) => ({
  action: `dynamodb:${action}`,
  resource: 'TablesDirectory.Arn',
  keys,
});

test.each(['users', 'groups', 'bulk', 'search', 'changes'])(
  'IAM denies %s the items of tenants and their labels',
  (name) => {
    const policy = policies.get(name) as Policy;
    for (const key of ['TENANT', 'TENANT-LABEL#acme']) {
      for (const action of ['GetItem', 'Query', 'UpdateItem', 'PutItem', 'DeleteItem', 'ConditionCheckItem']) {
        expect([action, key, policy.allows(onDirectory(action, key))]).toEqual([action, key, false]);
      }
      expect(policy.allows(onDirectory('BatchGetItem', 'tenantaaaaaa#USER', key))).toBe(false);
      expect(policy.allows(onDirectory('BatchWriteItem', 'tenantaaaaaa#USER', key))).toBe(false);
    }
    expect(policy.allows(onDirectory('BatchGetItem', 'tenantaaaaaa#USER'))).toBe(true);
  },
);

test('discovery may update when a token was used, and nothing else', () => {
  const policy = policies.get('discovery') as Policy;
  const keys = ['tenantaaaaaa#USE', 'tenantaaaaaa#USER', 'TENANT'];
  expect(keys.map((key) => policy.allows(onDirectory('UpdateItem', key)))).toEqual([true, false, false]);
  expect(policy.allows(onDirectory('GetItem', 'tenantaaaaaa#USE'))).toBe(false);
});
