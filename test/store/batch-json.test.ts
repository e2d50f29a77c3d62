import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { passBatches } from '../../lambda/store/batch-json';
import { batchGet, batchWrite } from '../../lambda/store/batches';
import { followConsumption } from '../../lambda/store/consumption';

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
): Promise<{ readonly result: Result; readonly received: readonly unknown[]; readonly units: unknown }> {
  const received: unknown[] = [];
  const left = [...answers];
  const server = createServer(async (request, response) => {
    received.push(await json(request));
    const answer = left.shift() ?? {};
    response.writeHead('__type' in answer ? 400 : 200, { 'Content-Type': 'application/x-amz-json-1.0' });
    response.end(JSON.stringify(answer));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const plain = new DynamoDBClient({ endpoint, region: 'eu-west-1', credentials, maxAttempts: 1 });
  passBatches(plain);
  const client = DynamoDBDocumentClient.from(plain);
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
