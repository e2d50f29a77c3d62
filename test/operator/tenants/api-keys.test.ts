import { json } from 'node:stream/consumers';
import { APIGatewayClient } from '@aws-sdk/client-api-gateway';
import { ApiGatewayKeys } from '../../../operator/tenants/api-keys';
import { type HttpServer, serveHttp } from '../../http-server';

/** A stand-in for the API keys of API Gateway: a value exists only once, and the account allows `room` keys. */
let keys: Map<string, { name: string; value: string; plans: string[] }>;
let room: number;
let server: HttpServer;
let client: APIGatewayClient;

async function answer(method: string, path: string, query: URLSearchParams, body: unknown): Promise<[number, object]> {
  const sent = body as { name: string; value: string; keyId: string };
  const [, id = ''] = /^\/apikeys\/(.+)$/.exec(path) ?? [];
  const [, plan = ''] = /^\/usageplans\/(.+)\/keys$/.exec(path) ?? [];
  if (method === 'DELETE') return keys.delete(id) ? [202, {}] : [404, { type: 'NotFoundException' }];
  if (method === 'GET') {
    const named = [...keys].filter(([, { name }]) => name.startsWith(query.get('name') ?? ''));
    return [200, { item: named.map(([keyId, { name }]) => ({ id: keyId, name })) }];
  }
  if (plan) {
    const plans = keys.get(sent.keyId)?.plans;
    if (!plans || plans.includes(plan)) return [409, { type: 'ConflictException' }];
    plans.push(plan);
    return [201, { id: sent.keyId }];
  }
  if ([...keys.values()].some(({ value }) => value === sent.value)) return [409, { type: 'ConflictException' }];
  if (keys.size >= room) return [429, { type: 'LimitExceededException' }];
  const made = `key${keys.size}`;
  keys.set(made, { name: sent.name, value: sent.value, plans: [] });
  return [201, { id: made }];
}

beforeAll(async () => {
  server = await serveHttp(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost');
    const body = request.method === 'POST' ? await json(request) : undefined;
    const [status, { type, ...data }] = (await answer(request.method ?? '', pathname, searchParams, body)) as [
      number,
      { type?: string },
    ];
    response.writeHead(status, { 'Content-Type': 'application/json', ...(type ? { 'x-amzn-ErrorType': type } : {}) });
    response.end(JSON.stringify(data));
  });
  client = new APIGatewayClient({
    endpoint: server.url,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  });
});
beforeEach(() => {
  keys = new Map();
  room = 10;
});
afterAll(async () => {
  client.destroy();
  await server.close();
});

const plans = { low: 'plan-low', standard: 'plan-standard', high: 'plan-high' };
const tenantId = 'abcdefghijkl';
const made = () => [...keys.values()].map(({ value, plans: in_ }) => `${value} in ${in_}`);

test("a tenant's key is made in the usage plan of its tier, once, however often it is asked for", async () => {
  const apiKeys = new ApiGatewayKeys(client, plans);
  expect(await apiKeys.create(tenantId, 'standard')).toBe(true);
  expect(await apiKeys.create(tenantId, 'standard')).toBe(true);
  expect(made()).toEqual(['scimtenantabcdefghijklstandard in plan-standard']);
});

test('what an interruption left, a key without a plan, is completed', async () => {
  const value = 'scimtenantabcdefghijklhigh';
  keys.set('left', { name: value, value, plans: [] });
  expect(await new ApiGatewayKeys(client, plans).create(tenantId, 'high')).toBe(true);
  expect(made()).toEqual([`${value} in plan-high`]);
});

test('an account without room for another key is no error: the tenant shares one', async () => {
  room = 0;
  expect(await new ApiGatewayKeys(client, plans).create(tenantId, 'standard')).toBe(false);
});

test("deleting a tenant's keys deletes those of every tier and no other tenant's", async () => {
  const apiKeys = new ApiGatewayKeys(client, plans);
  await apiKeys.create(tenantId, 'standard');
  await apiKeys.create(tenantId, 'high');
  await apiKeys.create('zzzzzzzzzzzz', 'standard');
  await apiKeys.delete(tenantId);
  await apiKeys.delete(tenantId);
  expect(made()).toEqual(['scimtenantzzzzzzzzzzzzstandard in plan-standard']);
});
