import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { endpointOf } from '../../lambda/connection';
import { secretsManager } from '../../lambda/tenants/connection';
import { SecretsManagerReader } from '../../lambda/tenants/secret-reader';

const secret = {
  kind: 'token',
  hash: '00',
  profile: 'standard',
  expires: '2100-01-01T00:00:00.000Z',
  state: 'enabled',
  scope: 'scim',
};

let server: Server;
let answer = { status: 200, body: '{}' };
let lastHeaders: IncomingHttpHeaders = {};
let requests = 0;

/** Milliseconds. */
interface Limits {
  readonly connectionTimeout?: number;
  readonly requestTimeout?: number;
}

beforeAll(async () => {
  server = createServer((request, response) => {
    request.resume();
    // Status 0: it never responds.
    request.on('end', () => {
      requests += 1;
      lastHeaders = request.headers;
      if (answer.status === 0) return;
      response.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.1' }).end(answer.body);
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  });
});

afterAll(async () => {
  server.closeAllConnections();
  await once(server.close(), 'close');
});

test('a secret is read by one signed request, without what the SDK adds besides', async () => {
  answer = { status: 200, body: JSON.stringify({ SecretString: JSON.stringify(secret) }) };
  const client = secretsManager();
  const before = requests;
  const reading = await new SecretsManagerReader(client, 'prefix').read('tenant', 'token');
  expect([reading, requests - before]).toEqual([{ kind: 'found', secret }, 1]);
  expect(lastHeaders).toMatchObject({
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-target': 'secretsmanager.GetSecretValue',
    authorization: expect.stringContaining('/eu-west-1/secretsmanager/aws4_request'),
  });
  expect(lastHeaders).not.toHaveProperty('user-agent');
  client.destroy();
});

test.each([
  ['absent', 400, 'ResourceNotFoundException'],
  ['absent', 400, 'InvalidRequestException'],
  ['unavailable', 400, 'AccessDeniedException'],
  ['unavailable', 400, 'DecryptionFailure'],
  ['unavailable', 500, 'InternalServiceError'],
  ['unreadable', 200, 'a secret that is no JSON'],
])('a token is %s when Secrets Manager answers %i %s', async (kind, status, type) => {
  answer = { status, body: JSON.stringify({ __type: type, SecretString: type }) };
  const client = secretsManager();
  expect(await new SecretsManagerReader(client, 'prefix').read('tenant', 'token')).toMatchObject({ kind });
  client.destroy();
});

test.each([
  'by hand',
  'null',
  '[]',
  '{}',
  { expires: 'never' },
  { expires: undefined },
  { hash: 1 },
  { state: true },
  { scope: 'all' },
  { label: 1 },
])('a secret that was edited by hand opens nothing, and says what to do: %j', async (change) => {
  const SecretString = typeof change === 'string' ? change : JSON.stringify({ ...secret, ...change });
  answer = { status: 200, body: JSON.stringify({ SecretString }) };
  const client = secretsManager();
  expect(await new SecretsManagerReader(client, 'prefix').read('tenant', 'token')).toEqual({
    kind: 'unreadable',
    cause: new Error(
      'The secret prefix/tenant/token cannot be read; it was edited by hand: revoke the credential token and make another.',
    ),
  });
  client.destroy();
});

test.each([
  ['found', {}],
  ['unreadable', { macKey: '' }],
  ['unreadable', { macKey: '?'.repeat(43) }],
  ['unreadable', { macKey: undefined }],
])('the secret of a client is %s, whose key of access tokens was changed: %j', async (kind, change) => {
  const client = {
    ...{ kind: 'client', profile: 'standard', state: 'enabled', scope: 'scim', accessTokenSeconds: 3600 },
    ...{ secrets: [], keys: [], trusts: [], macKey: 'A'.repeat(43) },
    ...change,
  };
  answer = { status: 200, body: JSON.stringify({ SecretString: JSON.stringify(client) }) };
  const connection = secretsManager();
  expect(await new SecretsManagerReader(connection, 'prefix').read('tenant', 'client')).toMatchObject({ kind });
  connection.destroy();
});

test('a secret is unavailable if Secrets Manager does not respond, before the gateway times out', async () => {
  answer = { status: 0, body: '' };
  const client = secretsManager();
  const before = requests;
  expect(await new SecretsManagerReader(client, 'prefix').read('tenant', 'token')).toMatchObject({
    kind: 'unavailable',
  });
  const handler = client.config.requestHandler as unknown as { httpHandlerConfigs(): Limits };
  const { connectionTimeout = 0, requestTimeout = 0 } = handler.httpHandlerConfigs();
  const attempts = requests - before;
  expect([attempts, attempts * (connectionTimeout + requestTimeout)]).toEqual([2, 8_000]);
  client.destroy();
});

test('a token is unavailable when Secrets Manager cannot be reached', async () => {
  server.closeAllConnections();
  const client = secretsManager();
  const listening = (server.address() as AddressInfo).port;
  process.env.AWS_ENDPOINT_URL = 'http://127.0.0.1:1';
  expect(await new SecretsManagerReader(client, 'prefix').read('tenant', 'token')).toMatchObject({
    kind: 'unavailable',
  });
  process.env.AWS_ENDPOINT_URL = `http://127.0.0.1:${listening}`;
  client.destroy();
});

const fips = { useFipsEndpoint: true };
const dualStack = { useDualstackEndpoint: true };

test.each([
  ['eu-west-1', {}, 'dynamodb.eu-west-1.amazonaws.com', 'secretsmanager.eu-west-1.amazonaws.com'],
  ['cn-north-1', {}, 'dynamodb.cn-north-1.amazonaws.com.cn', 'secretsmanager.cn-north-1.amazonaws.com.cn'],
  ['us-east-1', fips, 'dynamodb-fips.us-east-1.amazonaws.com', 'secretsmanager-fips.us-east-1.amazonaws.com'],
  ['us-gov-west-1', fips, 'dynamodb.us-gov-west-1.amazonaws.com', 'secretsmanager-fips.us-gov-west-1.amazonaws.com'],
  ['eu-west-1', dualStack, 'dynamodb.eu-west-1.api.aws', 'secretsmanager.eu-west-1.amazonaws.com'],
])('requests in %s with %j go to %s and %s', async (region, options, dynamo, secrets) => {
  const { AWS_ENDPOINT_URL } = process.env;
  delete process.env.AWS_ENDPOINT_URL;
  const clients = [new DynamoDBClient({ region, ...options }), new SecretsManagerClient({ region, ...options })];
  const urls = await Promise.all(clients.map(endpointOf));
  expect(urls.map(({ href }) => href)).toEqual([`https://${dynamo}/`, `https://${secrets}/`]);
  process.env.AWS_ENDPOINT_URL = AWS_ENDPOINT_URL;
});
