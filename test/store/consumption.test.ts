import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  BatchWriteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { followConsumption } from '../../lambda/store/consumption';
import { transact } from '../../lambda/store/transact';
import { type OpenTables, openTables } from './open-tables';

const nothing = { readUnits: 0, writeUnits: 0, conflicts: 0 };
let open: OpenTables;
let consumption: ReturnType<typeof followConsumption>;

beforeAll(async () => {
  open = await openTables();
  consumption = followConsumption(open.tables.client);
});
afterAll(() => open.close());

test('reads and writes, single, in batches and in transactions, are counted in the units that DynamoDB reports', async () => {
  const { client, directory: TableName } = open.tables;
  const Key = { pk: 'a', sk: 'b' };
  const Item = { ...Key, text: 'x'.repeat(1500) };
  await client.send(new PutCommand({ TableName, Item }));
  expect(consumption()).toEqual({ ...nothing, writeUnits: 2 });
  await client.send(new UpdateCommand({ TableName, Key, UpdateExpression: 'REMOVE note' }));
  await client.send(new BatchWriteCommand({ RequestItems: { [TableName]: [{ PutRequest: { Item } }] } }));
  expect(consumption()).toEqual({ ...nothing, writeUnits: 4 });
  await client.send(new TransactWriteCommand({ TransactItems: [{ Put: { TableName, Item } }] }));
  expect(consumption()).toEqual({ ...nothing, writeUnits: 4 });
  await client.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
  await client.send(new BatchGetCommand({ RequestItems: { [TableName]: { Keys: [Key] } } }));
  expect(consumption()).toEqual({ ...nothing, readUnits: 1.5 });
  const query = { KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': 'a' } };
  await client.send(new QueryCommand({ TableName, ...query, ConsistentRead: true }));
  expect(consumption()).toEqual({ ...nothing, readUnits: 1 });
  expect(consumption()).toEqual(nothing);
});

test('each time that a transaction meets another one counts, though the last attempt succeeds', async () => {
  const answers = ['TransactionConflict', 'TransactionConflict', undefined];
  const server = createServer((_, response) => {
    const Code = answers.shift();
    const refusal = { __type: 'com.amazonaws.dynamodb.v20120810#TransactionCanceledException' };
    response.writeHead(Code ? 400 : 200, { 'Content-Type': 'application/x-amz-json-1.0' });
    response.end(JSON.stringify(Code ? { ...refusal, CancellationReasons: [{ Code: 'None' }, { Code }] } : {}));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const client = DynamoDBDocumentClient.from(new DynamoDBClient({ endpoint, region: 'eu-west-1', credentials }));
  const consumed = followConsumption(client);
  expect(await transact({ client }, [])).toEqual([]);
  expect(consumed()).toEqual({ ...nothing, conflicts: 2 });
  server.closeAllConnections();
  server.close();
});
