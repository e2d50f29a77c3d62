import { CreateTableCommand } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { type LocalEvent, type LocalScim, play } from 'serverless-scim/testing';
import { startScim } from './local-scim';

const TableName = 'sessions';
let scim: LocalScim;
let client: DynamoDBDocumentClient;

const sessions = async () => (await client.send(new ScanCommand({ TableName }))).Items;

/** Too large to be read in one page. */
const page = 'x'.repeat(390_000);

/** Everybody who is created signs in at once. */
async function onEvent(event: LocalEvent): Promise<void> {
  const { tenantId, resource } = event.detail as { tenantId: string; resource: { id: string } };
  const user = `${tenantId}#${resource.id}`;
  if (event['detail-type'] === 'User Created') {
    for (const session of ['laptop', 'phone', 'tablet', 'watch']) {
      await client.send(new PutCommand({ TableName, Item: { user, session, page } }));
    }
    expect(await sessions()).not.toEqual([]);
  }
  const { handler } = require('../functions/end-sessions') as typeof import('../functions/end-sessions');
  await handler(event);
}

beforeAll(async () => {
  process.env.SESSIONS_TABLE = TableName;
  scim = await startScim({ onEvent });
  client = DynamoDBDocumentClient.from(scim.client);
  await scim.client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: ['user', 'session'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      KeySchema: [
        { AttributeName: 'user', KeyType: 'HASH' },
        { AttributeName: 'session', KeyType: 'RANGE' },
      ],
    }),
  );
});

afterAll(() => scim.stop());

test('when Okta unassigns a person, the sessions of that person end', async () => {
  const { failed } = await play('okta/custom-app-users', scim);
  expect(failed).toEqual([]);
  await scim.settled();
  expect(await sessions()).toEqual([]);
});
