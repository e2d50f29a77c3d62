import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { serveHttp } from './http-server';

const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };

test("a failure in a test's server reaches its client and fails the test", async () => {
  const server = await serveHttp(() => Promise.reject(new Error('the table is on fire')));
  const client = new DynamoDBClient({ endpoint: server.url, region: 'eu-west-1', credentials, maxAttempts: 1 });
  await expect(client.send(new ListTablesCommand({}))).rejects.toThrow('the table is on fire');
  client.destroy();
  await expect(server.close()).rejects.toThrow('the table is on fire');
});
