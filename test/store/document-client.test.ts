import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { batchGet, batchWrite } from '../../lambda/store/batches';
import { followConsumption } from '../../lambda/store/consumption';
import { documentClient } from '../../lambda/store/document-client';

const item = { group: 'a#é', member: 'a#"quoted"\n', count: 12, nested: { list: [true, null, ''] } };
const wire = {
  group: { S: 'a#é' },
  member: { S: 'a#"quoted"\n' },
  count: { N: '12' },
  nested: { M: { list: { L: [{ BOOL: true }, { NULL: true }, { S: '' }] } } },
};
const throttled = {
  __type: 'com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException',
  message: 'slow',
};
const capacity = { ConsumedCapacity: [{ TableName: 't', CapacityUnits: 2 }] };

/** Answers with these bodies in turn, and keeps what it was sent. */
async function serve<Result>(
  answers: readonly object[],
  step: (client: DynamoDBDocumentClient) => Promise<Result>,
  maxAttempts = 1,
): Promise<{ readonly result: Result; readonly received: readonly unknown[]; readonly units: unknown }> {
  const received: unknown[] = [];
  const left = [...answers];
  const server = createServer(async (request, response) => {
    received.push(await json(request));
    const answer: { readonly __type?: string; readonly __status?: number } = left.shift() ?? {};
    if (answer.__status !== undefined)
      return response.writeHead(answer.__status).end('<html>Service Unavailable</html>');
    response.writeHead('__type' in answer ? 400 : 200, { 'Content-Type': 'application/x-amz-json-1.0' });
    return response.end(JSON.stringify(answer));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const plain = new DynamoDBClient({ endpoint, region: 'eu-west-1', credentials, maxAttempts });
  const client = documentClient(plain);
  const consumed = followConsumption(client);
  const result = await step(client);
  server.closeAllConnections();
  server.close();
  return { result, received, units: consumed() };
}

const tables = (client: DynamoDBDocumentClient) => ({ client, directory: 'd', memberships: 't' });

test('a batch of writes is sent again while DynamoDB is busy, then only what it left', async () => {
  const left = { UnprocessedItems: { t: [{ DeleteRequest: { Key: { group: { S: 'x' }, member: { S: 'y' } } } }] } };
  const { received, units } = await serve([throttled, { ...left, ...capacity }, capacity], (client) =>
    batchWrite(tables(client), 't', [{ put: item }, { delete: { group: 'x', member: 'y' } }]),
  );
  const all = [{ PutRequest: { Item: wire } }, ...left.UnprocessedItems.t];
  expect(received).toEqual(
    [all, all, left.UnprocessedItems.t].map((t) => ({ RequestItems: { t }, ReturnConsumedCapacity: 'TOTAL' })),
  );
  expect(units).toEqual({ readUnits: 0, writeUnits: 4, conflicts: 0 });
});

test('a batch of reads returns items as they were written, and asks again for what is left', async () => {
  const key = { group: { S: 'x' }, member: { S: 'y' } };
  const request = { Keys: [key], ConsistentRead: true };
  const { result, received } = await serve(
    [
      { Responses: {}, UnprocessedKeys: { t: request } },
      { Responses: { t: [wire] }, UnprocessedKeys: {} },
    ],
    (client) => batchGet(tables(client), 't', [{ group: 'x', member: 'y' }]),
  );
  expect(result).toEqual([item]);
  expect(received).toEqual([request, request].map((t) => ({ RequestItems: { t }, ReturnConsumedCapacity: 'TOTAL' })));
});

test('any other error of DynamoDB keeps its name', async () => {
  const refused = { __type: 'com.amazon.coral.validate#ValidationException', message: 'no' };
  await serve([refused], async (client) => {
    await expect(batchWrite(tables(client), 't', [{ put: item }])).rejects.toMatchObject({
      name: 'ValidationException',
      message: 'no',
    });
  });
});

test('the middlewares of the SDK are those that the calls of the store keep or replace', () => {
  const client = new DynamoDBClient({
    region: 'eu-west-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  const kept = ['retryMiddleware', 'httpSigningMiddleware'];
  const replaced = [
    'serializer',
    'deserializer',
    'contentLength',
    'hostHeader',
    'logger',
    'getUserAgent',
    'recursionDetection',
  ];
  const named = client.middlewareStack.identify().map((described) => described.split(' ')[0]);
  expect(named.sort()).toEqual([...kept, ...replaced.map((name) => `${name}Middleware`)].sort());
});

test('a middleware that was added to the client learns which call it is, as from the SDK', async () => {
  const named: unknown[] = [];
  await serve([{}], async (client) => {
    client.middlewareStack.add((next, { clientName, commandName }) => (args) => {
      named.push(clientName, commandName);
      return next(args);
    });
    await client.send(new GetCommand({ TableName: 't', Key: { group: 'x', member: 'y' } }));
  });
  expect(named).toEqual(['DynamoDBClient', 'GetItemCommand']);
});

test('values come back as they were put, a name such as __proto__ included', async () => {
  const hostile = JSON.parse('{ "__proto__": { "polluted": true }, "constructor": 1 }');
  const written = { ...item, hostile, left: undefined };
  const wireOfHostile = {
    M: JSON.parse('{ "__proto__": { "M": { "polluted": { "BOOL": true } } }, "constructor": { "N": "1" } }'),
  };
  const { result, received } = await serve([{}, { Item: { ...wire, hostile: wireOfHostile } }], async (client) => {
    await client.send(new PutCommand({ TableName: 't', Item: written }));
    return (await client.send(new GetCommand({ TableName: 't', Key: { group: 'x', member: 'y' } }))).Item;
  });
  expect(received[0]).toEqual({
    TableName: 't',
    Item: { ...wire, hostile: wireOfHostile },
    ReturnConsumedCapacity: 'TOTAL',
  });
  expect(JSON.stringify(result)).toBe(JSON.stringify({ ...item, hostile }));
  expect({}).not.toHaveProperty('polluted');
});

test.each([
  ['a date', new Date()],
  ['a set', new Set(['a'])],
  ['bytes', Buffer.from('a')],
  ['a number past what JavaScript holds exactly', 2 ** 60],
  ['no number', Number.NaN],
])('%s is refused before it is sent', async (_, value) => {
  const { received } = await serve([], async (client) => {
    await expect(client.send(new PutCommand({ TableName: 't', Item: { value } }))).rejects.toThrow(/An item has a/);
  });
  expect(received).toEqual([]);
});

test('a call is sent again after an answer that is none, with the same parameters', async () => {
  const { result, received } = await serve(
    [{ __status: 503 }, { Item: wire }],
    (client) => client.send(new GetCommand({ TableName: 't', Key: { group: 'x', member: 'y' } })),
    2,
  );
  expect(result.Item).toEqual(item);
  expect(received[1]).toEqual(received[0]);
});
