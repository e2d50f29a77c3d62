import { buffer } from 'node:stream/consumers';
import { openTenants, ScimLibraryError, type Tenants } from 'serverless-scim/tenants';
import { type LocalScim, startLocal } from 'serverless-scim/testing';
import { type HttpServer, serveHttp } from '../../http-server';
import failures from './failures.json';

interface Failure {
  readonly status: number;
  readonly type: string;
  readonly said: string;
}

/** The failure of each service; the others answer as the local endpoint does. */
const failing = new Map<string, Failure>();
let local: LocalScim;
let aws: HttpServer;
let tenants: Tenants;

beforeAll(async () => {
  local = await startLocal();
  aws = await serveHttp(async (request, response) => {
    const body = await buffer(request);
    const { host: _host, connection: _connection, 'content-length': _length, ...headers } = request.headers;
    // What is signed says for which service.
    const [, service = ''] = /\/([a-z-]+)\/aws4_request/.exec(headers.authorization ?? '') ?? [];
    const failure = failing.get(service);
    if (failure) {
      response.writeHead(failure.status, {
        'Content-Type': 'application/x-amz-json-1.1',
        'x-amzn-ErrorType': failure.type,
      });
      response.end(JSON.stringify({ __type: failure.type, message: failure.said }));
      return;
    }
    const method = request.method ?? 'POST';
    const sent = { method, headers: headers as Record<string, string>, ...(method === 'POST' && { body }) };
    const answer = await fetch(new URL(request.url ?? '/', local.clientOptions.endpoint), sent);
    response.writeHead(answer.status, { 'Content-Type': answer.headers.get('content-type') ?? '' });
    response.end(Buffer.from(await answer.arrayBuffer()));
  });
  tenants = openTenants({
    // The local endpoint has no usage plans, and with none API Gateway is never asked.
    deployment: { ...local.deployment, usagePlans: { low: 'low', standard: 'standard', high: 'high' } },
    clientOptions: { ...local.clientOptions, endpoint: aws.url },
  });
});

afterAll(async () => {
  tenants.close();
  await aws.close();
  await local.stop();
});

afterEach(() => failing.clear());

async function drain(items: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of items);
}

const calls: Readonly<Record<string, (tenantId: string) => Promise<unknown>>> = {
  list: () => drain(tenants.list()),
  'tokens.create': (tenantId) => tenants.tokens.create(tenantId, { limit: 100 }),
  'tokens.list': (tenantId) => tenants.tokens.list(tenantId),
  setLimits: (tenantId) => tenants.setLimits(tenantId, 'high'),
  'activity.refusals': (tenantId) => drain(tenants.activity.refusals(tenantId, new Date(0))),
};

test.each(failures)('$type of $of in $call is $expected.code', async ({ call, of, expected, ...failure }) => {
  failing.set(of, failure);
  const error = await calls[call]?.(local.tenantId).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ScimLibraryError);
  expect(error).toMatchObject({ ...expected, cause: expect.objectContaining({ name: failure.type }) });
});

test('a failure inside a service is passed on as it is', async () => {
  failing.set('secretsmanager', { status: 400, type: 'InternalServiceError', said: 'It is us' });
  await expect(tenants.tokens.list(local.tenantId)).rejects.toMatchObject({ name: 'InternalServiceError' });
});
