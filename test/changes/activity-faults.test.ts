import { DeleteCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { activityPartition, memberRowPartition } from '../../lambda/activity/keys';
import type { ActivityRow } from '../../lambda/activity/row';
import { toItem, toRow } from '../../lambda/store/activity-item';
import { toSentence } from '../../operator/activity/sentence';
import { crashing } from './crashing';
import { playScenario } from './scenario';
import { followShard } from './shard';
import { openStage, type Stage } from './stage';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
  jest.spyOn(process.stdout, 'write').mockReturnValue(true);
});
afterAll(async () => {
  await stage.close();
  jest.restoreAllMocks();
});
beforeEach(() => {
  stage.fault = () => undefined;
});

async function read(partition: string): Promise<readonly ActivityRow[]> {
  const { Items = [] } = await stage.tables.client.send(
    new QueryCommand({
      TableName: 'activity',
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': partition },
    }),
  );
  return Items.map(toRow);
}

/** Deletes the rows of a tenant. */
async function clear(tenantId: string): Promise<void> {
  stage.fault = () => undefined;
  for (const row of await read(activityPartition(tenantId))) {
    const { pk, sk } = toItem(row);
    await stage.tables.client.send(new DeleteCommand({ TableName: 'activity', Key: { pk, sk } }));
  }
}

const sentences = async (tenantId: string) =>
  (await read(activityPartition(tenantId)))
    .map((row) => toSentence(row).replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<id>'))
    .sort();
const ofMembers = async (tenantId: string) => (await read(memberRowPartition(tenantId))).map(toSentence).sort();

/** The rows of the scenario, each once. */
const expected = [
  'added 1 member to Staff',
  'added 2 members to Staff',
  'changed user anna@example.com: name.familyName',
  'created group Inner with 1 member',
  'created group Spare with 1 member',
  'created group Staff with 3 members',
  'created user anna@example.com',
  'created user ben@example.com',
  'created user cleo@example.com',
  'created user dora@example.com',
  'created user emil@example.com',
  'created user fay@example.com',
  'deleted group Inner',
  'deleted user cleo@example.com',
  'disabled user ben@example.com',
  'enabled user ben@example.com',
  // Restored before the stream was read: nothing says any more who deleted them.
  'erased group <id>',
  'erased user <id>',
  'removed 1 member from Staff',
  'renamed group Staff to People',
  'restored group Spare',
  'restored user fay@example.com',
];

test('every change of a scenario is one row, and names who made it', async () => {
  const { tenantId, directory, memberships } = await playScenario(stage);
  for (const records of [directory, memberships]) expect(await stage.handle(records)).toEqual([]);
  expect(await sentences(tenantId)).toEqual(expected);
  const rows = await read(activityPartition(tenantId));
  const isOperators = ({ template }: ActivityRow) => template === 'restored' || template === 'erased';
  for (const row of rows) {
    expect(row.actor).toMatchObject(isOperators(row) ? { operator: true } : { credential: 'tokenaaaaaaa' });
  }
  const sent = rows.filter((row) => !isOperators(row)).map(({ request }) => request);
  expect(new Set(sent).size).toBe(sent.length);
  // Each member finds its own row, too.
  expect(await ofMembers(tenantId)).toEqual(
    expect.arrayContaining([
      'added user anna@example.com to Staff',
      'added user dora@example.com to Inner',
      'removed user anna@example.com from Staff',
    ]),
  );
});

test('the function ends at any call, and every change is recorded, and shown once', async () => {
  const { tenantId, directory } = await playScenario(stage);
  for (let at = 1; ; at++) {
    await clear(tenantId);
    const { invoke, crashed } = crashing(stage, at);
    expect(await followShard(directory, invoke, { batchSize: 100, retries: 10, bisect: true })).toEqual([]);
    expect(await sentences(tenantId)).toEqual(expected);
    if (!crashed()) break;
    expect(at).toBeLessThan(100);
  }
});

test('the function ends after any record, and every change is recorded, and shown once', async () => {
  const { tenantId, directory } = await playScenario(stage);
  for (let handled = 0; handled <= directory.length; handled++) {
    await stage.handle(directory.slice(0, handled));
    await stage.handle(directory);
    expect(await sentences(tenantId)).toEqual(expected);
  }
});

test('a table of activity that is down has the records come again, and holds up neither sweeps nor events', async () => {
  const { tenantId, directory } = await playScenario(stage);
  stage.events.length = 0;
  stage.messages.length = 0;
  stage.fault = (operation) => (operation === 'BatchWriteItem' ? 'down' : undefined);
  const failed = await stage.handle(directory);
  expect(failed.length).toBeGreaterThan(0);
  expect(stage.events.length).toBeGreaterThanOrEqual(13);
  expect(stage.messages.length).toBeGreaterThanOrEqual(2);
  stage.fault = () => undefined;
  expect(await stage.handle(directory)).toEqual([]);
  expect(await sentences(tenantId)).toEqual(expected);
});
