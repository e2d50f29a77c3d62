import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { startEndpoint } from '../../local/endpoint';
import { credentials } from '../../local/environment';

const started = 'http.client.request.start';
const sent: string[] = [];
const follow = (message: unknown) => {
  const { request } = message as { readonly request: ClientRequest };
  sent.push(String(request.getHeader('x-amz-target')));
};

beforeAll(() => subscribe(started, follow));
afterAll(() => unsubscribe(started, follow));

test('functions call the services without HTTP; other clients come by HTTP', async () => {
  const endpoint = await startEndpoint({ memory: true, profile: 'standard', events: true });
  const { baseUrl, token } = await endpoint.firstTenant();
  const created = await fetch(`${baseUrl}/Users`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/scim+json' },
    body: JSON.stringify({ userName: 'anna' }),
  });
  expect(created.status).toBe(201);
  expect(sent).toEqual([]);

  const other = new DynamoDBClient({ endpoint: endpoint.url, region: 'us-east-1', credentials, maxAttempts: 1 });
  // The local engine has no such operation, and says so.
  await expect(other.send(new ListTablesCommand({}))).rejects.toMatchObject({ name: 'UnknownOperationException' });
  expect(sent).toEqual(['DynamoDB_20120810.ListTables']);
  other.destroy();
  await endpoint.close();
});
