import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SecretsManagerStore } from '../../../operator/tenants/secret-store';
import { type AwsStandIn, startAws } from '../../cli/aws-stand-in';
import { serveHttp } from '../../http-server';

const secret = {
  kind: 'token',
  hash: '0',
  profile: 'standard',
  expires: '2027-01-01T00:00:00.000Z',
  state: 'enabled',
  scope: 'scim',
} as const;
const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
const keyArn = 'arn:aws:kms:eu-west-1:111122223333:key/1';

let aws: AwsStandIn;
beforeAll(async () => {
  aws = await startAws();
});
afterAll(() => aws.close());

test.each([
  ["with the customer's key, where the deployment has one", keyArn],
  ["with the account's key otherwise", undefined],
])('a secret is made %s', async (_what, key) => {
  aws.answer = [200, JSON.stringify({ SecretString: JSON.stringify(secret) })];
  const client = new SecretsManagerClient({ endpoint: aws.url, region: 'eu-west-1', credentials });
  await new SecretsManagerStore(client, 'prefix', key).create('tenant', 'token', secret);
  const [body = ''] = aws.asked.at(-2)?.keys() ?? [];
  expect(JSON.parse(body)).toMatchObject({ Name: 'prefix/tenant/token' });
  expect(JSON.parse(body).KmsKeyId).toBe(key);
  client.destroy();
});

test('a secret that cannot be read after its creation is an error that says so', async () => {
  const server = await serveHttp(async (request, response) => {
    const creates = request.headers['x-amz-target'] === 'secretsmanager.CreateSecret';
    response.writeHead(creates ? 200 : 400, { 'Content-Type': 'application/x-amz-json-1.1' });
    response.end(creates ? '{}' : '{"__type":"ResourceNotFoundException"}');
  });
  const client = new SecretsManagerClient({ endpoint: server.url, region: 'eu-west-1', credentials });
  const store = new SecretsManagerStore(client, 'prefix', undefined, { attempts: 2, pauseMilliseconds: 1 });
  await expect(store.create('tenant', 'token', secret)).rejects.toMatchObject({
    name: 'OperatorError',
    message:
      'Secrets Manager does not return the secret of token token yet, so the token may not work: revoke it and create another.',
    remedy: { operation: 'replace token', values: { tenant: 'tenant', token: 'token' } },
  });
  client.destroy();
  await server.close();
});
