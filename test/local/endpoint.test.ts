import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { SQSEvent } from 'aws-lambda';
import { type Endpoint, startEndpoint, type TenantAccess } from '../../local/endpoint';
import { credentials } from '../../local/environment';

let endpoint: Endpoint | undefined;

afterEach(async () => {
  await endpoint?.close();
  endpoint = undefined;
});

async function send({ baseUrl, token }: TenantAccess, method: string, path: string, body?: object) {
  const response = await fetch(baseUrl + path, {
    method,
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/scim+json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const text = await response.text();
  return { status: response.status, body: (text ? JSON.parse(text) : {}) as Record<string, unknown> };
}

const user = (userName: string) => ({
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
  userName,
  displayName: userName,
  name: { givenName: 'a', familyName: 'b' },
});

const signedBy = (accessKeyId: string) =>
  `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20261127/us-east-1/dynamodb/aws4_request`;

describe('the endpoint', () => {
  it('accepts the tokens of its tenants, each with its profile', async () => {
    endpoint = await startEndpoint({ memory: true });
    const strict = await endpoint.createTenant({ label: 'strict' });
    const standard = await endpoint.createTenant({ label: 'standard', profile: 'standard' });
    const bare = { schemas: user('x').schemas, userName: 'bare@example.com' };

    expect((await send(strict, 'POST', '/Users', bare)).status).toBe(400);
    expect((await send(standard, 'POST', '/Users', bare)).status).toBe(201);
    expect((await send(strict, 'GET', '/Users')).body.totalResults).toBe(0);
    expect((await send({ ...strict, token: standard.token }, 'GET', '/Users')).status).toBe(403);
    expect((await send({ ...strict, token: `${strict.token}x` }, 'GET', '/Users')).status).toBe(401);
  });

  it('sweeps the memberships of a deleted user, through the stream and the queue', async () => {
    const swept: string[] = [];
    endpoint = await startEndpoint({
      memory: true,
      handlers: {
        changes: ({ Records }: SQSEvent) => {
          swept.push(...Records.map(({ eventSource }) => eventSource));
          return Promise.resolve({ batchItemFailures: [] });
        },
      },
    });
    const tenant = await endpoint.createTenant({ label: 'sweep' });
    const { body } = await send(tenant, 'POST', '/Users', user('gone@example.com'));
    await send(tenant, 'DELETE', `/Users/${body.id}`);
    await new SQSClient({}).send(
      new SendMessageCommand({ QueueUrl: process.env.SWEEP_QUEUE_URL, MessageBody: '{}', DelaySeconds: 0 }),
    );
    while (swept.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(swept.sort()).toEqual(['aws:dynamodb', 'aws:sqs']);
  });

  it("speaks the protocols of AWS's clients, errors included", async () => {
    endpoint = await startEndpoint({ memory: true });
    const { Table } = await new DynamoDBClient({}).send(new DescribeTableCommand({ TableName: 'memberships' }));
    expect(Table).toMatchObject({ TableName: 'memberships', TableStatus: 'ACTIVE' });
    const secrets = new SecretsManagerClient({});
    await expect(secrets.send(new GetSecretValueCommand({ SecretId: 'absent' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: "Secrets Manager can't find the specified secret.",
    });
    const sqs = new SQSClient({});
    const QueueUrl = `${endpoint.url}/000000000000/other`;
    await expect(sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x' }))).rejects.toMatchObject({
      name: 'QueueDoesNotExist',
    });
  });

  const keys: [whose: string, authorization: object][] = [
    ['no key', {}],
    ['another key', { Authorization: signedBy('LOCAL0') }],
    ['a part of the key', { Authorization: signedBy(credentials.accessKeyId.slice(0, -1)) }],
  ];

  it.each(keys)('refuses a request for AWS with %s', async (_whose, headers) => {
    endpoint = await startEndpoint({ memory: true });
    const response = await fetch(endpoint.url, {
      method: 'POST',
      headers: { ...headers, 'X-Amz-Target': 'DynamoDB_20120810.Scan' },
      body: '{"TableName":"directory"}',
    });
    expect([response.status, await response.json()]).toMatchObject([403, { __type: 'UnrecognizedClientException' }]);
  });

  it('says at its root what it is, and no secret', async () => {
    endpoint = await startEndpoint({ memory: true });
    const { token } = await endpoint.firstTenant();
    const response = await fetch(endpoint.url);
    expect(response.status).toBe(200);
    const text = await response.text();
    for (const secret of [credentials.accessKeyId, token]) expect(text).not.toContain(secret);
  });

  it('completes running requests before it stops', async () => {
    let finish: (result: object) => void = () => {};
    let reach: () => void = () => {};
    const reached = new Promise<void>((resolve) => {
      reach = resolve;
    });
    const users = () =>
      new Promise((resolve) => {
        finish = resolve;
        reach();
      });
    const running = await startEndpoint({ memory: true, handlers: { users } });
    const tenant = await running.createTenant({ label: 'slow' });
    const answer = send(tenant, 'GET', '/Users');
    await reached;
    const closed = running.close();
    finish({ statusCode: 200, body: '{"done":true}' });
    expect((await answer).body).toEqual({ done: true });
    await closed;
    await expect(send(tenant, 'GET', '/Users')).rejects.toThrow('fetch failed');
  });

  const notJson: [target: string, body: string, status: number][] = [
    ['DynamoDB_20120810.DescribeTable', '{', 400],
    ['Nothing.Nothing', '{}', 400],
    ['', '{}', 400],
    ['DynamoDB_20120810.PutItem', ' '.repeat(16 * 1024 * 1024 + 1), 413],
  ];

  it.each(notJson)('refuses a request for %j that does not fit', async (target, body, status) => {
    endpoint = await startEndpoint({ memory: true });
    const headers = { 'X-Amz-Target': target, Authorization: signedBy(credentials.accessKeyId) };
    const response = await fetch(endpoint.url, { method: 'POST', body, headers });
    expect(response.status).toBe(status);
  });
});

describe('an endpoint with a data folder', () => {
  let data: string;

  beforeEach(async () => {
    data = join(await mkdtemp(join(tmpdir(), 'scim-')), 'data');
  });

  afterEach(() => rm(join(data, '..'), { recursive: true }));

  it('has its tenant, token and users again after a restart', async () => {
    endpoint = await startEndpoint({ data });
    const before = await endpoint.firstTenant();
    const { body } = await send(before, 'POST', '/Users', user('kept@example.com'));
    await endpoint.close();

    endpoint = await startEndpoint({ data });
    const after = await endpoint.firstTenant();
    expect([after.tenantId, after.token]).toEqual([before.tenantId, before.token]);
    expect((await send(after, 'GET', `/Users/${body.id}`)).body).toMatchObject({ userName: 'kept@example.com' });
  });

  it('writes how to reach it to a file that only its user can read, while it runs', async () => {
    endpoint = await startEndpoint({ data });
    const file = join(data, 'connection.json');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(JSON.parse(await readFile(file, 'utf8')).client).toMatchObject({ endpoint: endpoint.url, credentials });
    await endpoint.close();
    await expect(stat(file)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('keeps the token for its user alone, and makes another when it is lost', async () => {
    endpoint = await startEndpoint({ data });
    const { token, tenantId } = await endpoint.firstTenant();
    const file = join(data, 'token');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readFile(file, 'utf8')).toBe(`${token}\n`);

    await rm(file);
    const again = await endpoint.firstTenant();
    expect(again.tenantId).toBe(tenantId);
    expect(again.token).not.toBe(token);
    expect((await send(again, 'GET', '/Users')).status).toBe(200);
  });

  it('is empty after a reset, which leaves other files alone', async () => {
    endpoint = await startEndpoint({ data, profile: 'standard' });
    const before = await endpoint.firstTenant();
    await endpoint.close();

    endpoint = await startEndpoint({ data, reset: true, profile: 'identity-center' });
    const after = await endpoint.firstTenant();
    expect(after.tenantId).not.toBe(before.tenantId);
    expect((await send({ ...after, token: before.token }, 'GET', '/Users')).status).toBe(401);
  });
});
