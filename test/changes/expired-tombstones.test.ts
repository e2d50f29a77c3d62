import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import { tombstoneBodyKey, tombstoneKey } from '../../lambda/store/keys';
import { userBody } from '../directory/requests';
import { openStage, type Stage } from './stage';

const tenantId = 'tenantaaaaaa';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

test('the tombstone of a user and its body, put and later deleted by their time to live, are no event and no sweep', async () => {
  const id = String((await stage.send(tenantId, 'POST', '/Users', userBody('anna'))).id);
  stage.take();
  await stage.send(tenantId, 'DELETE', `/Users/${id}`);
  const isTombstone = ({ dynamodb }: DynamoDBRecord) => dynamodb?.Keys?.pk?.S?.startsWith(`${tenantId}#TOMBSTONE`);
  const deletion = stage.take().directory;
  await stage.handle(deletion);
  stage.events.length = 0;
  stage.messages.length = 0;
  const put = [...deletion, ...stage.take().directory].filter(isTombstone);

  const { client, directory } = stage.tables;
  for (const key of [tombstoneKey(tenantId, id), tombstoneBodyKey(tenantId, id)]) {
    await client.send(new DeleteCommand({ TableName: directory, Key: { ...key } }));
  }
  // DynamoDB marks its own deletions in this way.
  const userIdentity = { type: 'Service', principalId: 'dynamodb.amazonaws.com' };
  const expired = stage.take().directory.map((record) => ({ ...record, userIdentity }));

  const records = [...put, ...expired];
  expect(records.map(({ eventName }) => eventName)).toEqual(['INSERT', 'INSERT', 'MODIFY', 'REMOVE', 'REMOVE']);
  expect(await stage.handle(records)).toEqual([]);
  expect(stage.events).toEqual([]);
  expect(stage.messages).toEqual([]);
});
