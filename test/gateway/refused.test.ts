import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { ProxyHandler } from '../../lambda/gateway/handler';

const name = 'anna@example.com';
const user = { schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], userName: name };

let server: Server;
let handlers: Record<'users' | 'bulk', ProxyHandler>;

beforeAll(async () => {
  // DynamoDB as it responds to malformed input: the error repeats the input.
  server = createServer((request, response) => {
    const parts: string[] = [];
    request.setEncoding('utf8');
    request.on('data', (part: string) => parts.push(part));
    request.on('end', () => {
      // Nothing is set for the tenant.
      if (String(request.headers['x-amz-target']).endsWith('.GetItem')) {
        response.writeHead(200, { 'Content-Type': 'application/x-amz-json-1.0' }).end('{}');
        return;
      }
      const message = `1 validation error detected: Value '${parts.join('')}' failed to satisfy constraint`;
      response.writeHead(400, { 'Content-Type': 'application/x-amz-json-1.0' });
      response.end(JSON.stringify({ __type: 'com.amazon.coral.validate#ValidationException', message }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  Object.assign(process.env, {
    DIRECTORY_TABLE: 'directory',
    MEMBERSHIPS_TABLE: 'memberships',
    AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  });
  // Not an import: a handler reads its environment when it is loaded.
  const load = (file: string) => (require(`../../lambda/${file}`) as { handler: ProxyHandler }).handler;
  handlers = { users: load('users'), bulk: load('bulk') };
});

afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

/** Invokes a function as Lambda does; returns its response, and everything that it logged. */
async function invoke(handler: ProxyHandler, path: string, body: object) {
  const written: string[] = [];
  const write = jest.spyOn(process.stdout, 'write').mockImplementation((chunk) => written.push(String(chunk)) > 0);
  const event = {
    httpMethod: 'POST',
    resource: `/{tenantId}/scim/v2${path}`,
    path: `/tenantaaaaaa/scim/v2${path}`,
    headers: { 'content-type': 'application/scim+json', host: 'scim.example.com' },
    body: JSON.stringify(body),
    requestContext: {
      requestId: 'request-1',
      authorizer: { tenantId: 'tenantaaaaaa', credentialId: 'tokenaaaaaaa', scope: 'scim', profile: 'standard' },
    },
  } as unknown as APIGatewayProxyEvent;
  const { statusCode, body: answer } = await handler(event).finally(() => write.mockRestore());
  return { statusCode, answer, errors: written.map((line) => JSON.parse(line)).filter(({ error }) => error) };
}

const failure = { level: 'error', requestId: 'request-1', error: { name: 'ValidationException' } };

test('a request that DynamoDB refuses for its form is a bare 500, and the log has its id and no name', async () => {
  const { statusCode, answer, errors } = await invoke(handlers.users, '/Users', user);
  expect(statusCode).toBe(500);
  expect(errors).toContainEqual(expect.objectContaining({ ...failure, error: expect.objectContaining(failure.error) }));
  expect(JSON.stringify(errors) + answer).not.toContain(name);
});

test('a failed operation of a bulk request counts as a failure', async () => {
  const { statusCode, answer, errors } = await invoke(handlers.bulk, '/Bulk', {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'],
    Operations: [{ method: 'POST', path: '/Users', bulkId: '1', data: user }],
  });
  expect(statusCode).toBe(200);
  const counted = { FailedOperations: 1, DirectoryTable: 'directory' };
  expect(errors).toContainEqual(expect.objectContaining(counted));
  expect(errors.find(({ _aws }) => _aws)._aws.CloudWatchMetrics).toEqual([
    {
      Namespace: 'ServerlessScim',
      Dimensions: [['DirectoryTable']],
      Metrics: [{ Name: 'FailedOperations', Unit: 'Count' }],
    },
  ]);
  expect(JSON.parse(answer).Operations).toMatchObject([{ status: '500', bulkId: '1' }]);
  expect(errors).toContainEqual(expect.objectContaining({ ...failure, error: expect.objectContaining(failure.error) }));
  expect(JSON.stringify(errors) + answer).not.toContain(name);
});
