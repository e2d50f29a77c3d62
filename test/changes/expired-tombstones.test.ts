import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import { tombstoneKey } from '../../lambda/store/keys';
import { userBody } from '../directory/requests';
import { openStage, type Stage } from './stage';

const tenantId = 'tenantaaaaaa';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

test('the tombstone of a user, put and later deleted by its time to live, is no event and no sweep', async () => {
  const id = String((await stage.send(tenantId, 'POST', '/Users', userBody('anna'))).id);
  stage.take();
  await stage.send(tenantId, 'DELETE', `/Users/${id}`);
  const isTombstone = ({ dynamodb }: DynamoDBRecord) => dynamodb?.Keys?.pk?.S === `${tenantId}#TOMBSTONE`;
  const put = stage.take().directory.filter(isTombstone);

  const { client, directory } = stage.tables;
  await client.send(new DeleteCommand({ TableName: directory, Key: { ...tombstoneKey(tenantId, id) } }));
  // DynamoDB marks its own deletions in this way.
  const userIdentity = { type: 'Service', principalId: 'dynamodb.amazonaws.com' };
  const expired = stage.take().directory.map((record) => ({ ...record, userIdentity }));

  const records = [...put, ...expired];
  expect(records.map(({ eventName }) => eventName)).toEqual(['INSERT', 'REMOVE']);
  expect(await stage.handle(records)).toEqual([]);
  expect(stage.events).toEqual([]);
  expect(stage.messages).toEqual([]);
});
