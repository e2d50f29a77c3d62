import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { APIGatewayAuthorizerResult, APIGatewayTokenAuthorizerEvent } from 'aws-lambda';
import { hashToken, makeId, makeToken } from '../../lambda/tenants/token-format';

type Authorizer = (event: APIGatewayTokenAuthorizerEvent) => Promise<APIGatewayAuthorizerResult>;

const tenantId = makeId();
const token = makeToken({ tenantId, credentialId: makeId() });
const secret = {
  kind: 'token',
  hash: hashToken(token),
  profile: 'standard',
  expires: '2100-01-01T00:00:00.000Z',
  state: 'enabled',
  scope: 'scim',
};
const event: APIGatewayTokenAuthorizerEvent = {
  type: 'TOKEN',
  authorizationToken: `Bearer ${token}`,
  methodArn: `arn:aws:execute-api:eu-west-1:111122223333:api/prod/GET/${tenantId}/scim/v2/Users`,
};

let server: Server;
let reads = 0;

beforeAll(async () => {
  server = createServer((request, response) => {
    request.resume();
    request.on('end', () => {
      if (request.headers['x-amz-target'] === 'secretsmanager.GetSecretValue') reads++;
      response.end(JSON.stringify({ SecretString: JSON.stringify(secret) }));
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    SECRET_PREFIX: 'prefix',
  });
});

afterAll(async () => {
  server.closeAllConnections();
  await once(server.close(), 'close');
});

test.each([
  [2, '0'],
  [1, '60'],
  [1, ''],
])('two requests read the secret %i times with SECRET_CACHE_SECONDS=%s', async (times, seconds) => {
  process.env.SECRET_CACHE_SECONDS = seconds;
  jest.resetModules();
  const { handler } = require('../../lambda/authorizer') as { handler: Authorizer };
  reads = 0;
  await handler(event);
  expect((await handler(event)).principalId).toBe(tenantId);
  expect(reads).toBe(times);
});
