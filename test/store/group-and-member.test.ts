import { BatchGetItemCommand, type BatchGetItemCommandInput } from '@aws-sdk/client-dynamodb';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { DynamoStore } from '../../lambda/store/dynamo-store';
import type { Tables } from '../../lambda/store/tables';
import { patchBody, userBody } from '../directory/requests';
import { clientOf, sweepAll } from './client';
import { type OpenTables, openTables } from './open-tables';

const tenantId = 'tenantmember';
const groups = { tenantId, type: 'Group' } as const;

let open: OpenTables;
beforeAll(async () => {
  open = await openTables();
});
afterAll(() => open.close());

const send = (...sent: Parameters<ReturnType<typeof clientOf>>) => clientOf(open.tables, tenantId, 'standard')(...sent);
const create = async (path: string, body: Parameters<typeof patchBody>[0]) =>
  String((await send('POST', path, body)).body.id);
const add = (...members: Parameters<typeof patchBody>) => patchBody({ op: 'add', path: 'members', value: members });
const remove = (id: string) => patchBody({ op: 'remove', path: `members[value eq "${id}"]` });

type Requests = NonNullable<BatchGetItemCommandInput['RequestItems']>;

/** Tables that answer for one table of each call and leave the others unprocessed, as throttled tables do. */
function oneTableAtATime(tables: Tables): Tables {
  const send = async (command: unknown) => {
    if (!(command instanceof BatchGetItemCommand)) return tables.client.send(command as never);
    const [first, ...others] = Object.entries(command.input.RequestItems ?? {});
    const RequestItems: Requests = Object.fromEntries(first ? [first] : []);
    const output = await tables.client.send(new BatchGetItemCommand({ RequestItems }));
    return { ...output, UnprocessedKeys: Object.fromEntries(others) };
  };
  return { ...tables, client: { send: send as Tables['client']['send'] } };
}

test('what throttled tables left out is asked for again', async () => {
  const user = await create('/Users', userBody('anna'));
  const group = await create('/Groups', { displayName: 'Staff', members: [{ value: user }] });
  const read = (tables: Tables) => new DynamoStore(tables).getGroupAndMember(groups, group, user, 'User');
  const found = await read(open.tables);
  expect(found).toMatchObject({ group: { id: group }, member: { id: user }, isMember: true });
  expect(await read(oneTableAtATime(open.tables))).toEqual(found);
});

test('a deleted member whose membership is not swept yet is none: its removal changes nothing', async () => {
  const user = await create('/Users', userBody('ben'));
  const group = await create('/Groups', { displayName: 'Crew', members: [{ value: user }] });
  await send('DELETE', `/Users/${user}`);
  expect(await send('PATCH', `/Groups/${group}`, remove(user))).toMatchObject({
    status: 204,
    headers: { ETag: 'W/"1"' },
  });
  expect((await send('PATCH', `/Groups/${group}`, add({ value: user }))).status).toBe(400);
  await sweepAll(open.tables, tenantId);
  expect(await send('PATCH', `/Groups/${group}`, remove(user))).toMatchObject({
    status: 204,
    headers: { ETag: 'W/"1"' },
  });
});

test('a group is found as a member whether or not its type is sent', async () => {
  const [inner, outer] = [
    await create('/Groups', { displayName: 'Inner' }),
    await create('/Groups', { displayName: 'Outer' }),
  ];
  for (const type of [{}, { type: 'Group' }]) {
    expect((await send('PATCH', `/Groups/${outer}`, add({ value: inner, ...type }))).status).toBe(204);
    expect((await send('GET', `/Groups/${outer}`)).body.members).toEqual([{ value: inner, type: 'Group' }]);
    expect((await send('PATCH', `/Groups/${outer}`, remove(inner))).status).toBe(204);
  }
  expect((await send('PATCH', `/Groups/${outer}`, add({ value: inner, type: 'User' }))).status).toBe(400);
});

test('a group is not added to itself, whether or not its type is sent', async () => {
  const group = await create('/Groups', { displayName: 'Alone' });
  expect((await send('PATCH', `/Groups/${group}`, add({ value: group }))).status).toBe(400);
  expect((await send('PATCH', `/Groups/${group}`, add({ value: group, type: 'Group' }))).status).toBe(400);
});

test('a membership of a format that this release does not know is not taken for one', async () => {
  const user = await create('/Users', userBody('cleo'));
  const group = await create('/Groups', { displayName: 'Board', members: [{ value: user }] });
  await open.tables.client.send(
    new UpdateCommand({
      TableName: open.tables.memberships,
      Key: { group: `${tenantId}#${group}`, member: `${tenantId}#${user}` },
      UpdateExpression: 'SET #format = :later',
      ExpressionAttributeNames: { '#format': 'format' },
      ExpressionAttributeValues: { ':later': 2 },
    }),
  );
  await expect(send('PATCH', `/Groups/${group}`, remove(user))).rejects.toMatchObject({ name: 'UnreadableItem' });
});
