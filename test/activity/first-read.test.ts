import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { requestRecorder } from '../../lambda/activity/record-request';
import { readRow } from '../../lambda/activity/request-rows';
import type { RequestFacts } from '../../lambda/gateway/request-facts';
import { notFound } from '../../lambda/scim/message/error';
import { putFirstRead } from '../../lambda/store/activity';
import { toRow } from '../../lambda/store/activity-item';
import { eraseActivity } from '../../operator/activity/erase';
import type { Deployment } from '../../operator/connection/open';
import { type OpenTables, openTables } from '../store/open-tables';

let open: OpenTables;
/** The operations of the table that recorders called. */
let calls: string[];
beforeAll(async () => {
  open = await openTables();
});
afterAll(() => open.close());
beforeEach(() => {
  calls = [];
});

/** A recorder as a new process makes it, which remembers nothing. It waits for its calls, however slow the machine is. */
function startProcess(): (facts: RequestFacts) => Promise<void> {
  const pending: Promise<unknown>[] = [];
  const send = (command: { readonly constructor: { readonly name: string } }) => {
    calls.push(command.constructor.name);
    const sent = open.activity.client.send(command as never);
    pending.push(sent);
    return sent;
  };
  const record = requestRecorder({
    activity: { client: { send } as never, name: open.activity.name, days: 90 },
    state: () => Promise.resolve({}),
    log: () => {},
    deployment: 'directory',
  });
  return async (facts) => {
    await record(facts);
    await Promise.allSettled(pending);
  };
}

const at = (tenantId: string, time: string, more: Partial<RequestFacts> = {}): RequestFacts => ({
  requestId: `request of ${time}`,
  caller: { tenantId, credentialId: 'tokenaaaaaaa', scope: 'scim', profile: 'standard' },
  origin: {},
  method: 'GET',
  route: '/{tenantId}/scim/v2/Users/{id}',
  pathId: '2819c223-7f76-453a-919d-413861904646',
  status: 200,
  started: new Date(time),
  ended: new Date(time),
  ...more,
});

async function itemsIn(pk: string) {
  const { Items = [] } = await open.activity.client.send(
    new QueryCommand({
      TableName: open.activity.name,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': pk },
    }),
  );
  return Items;
}

const timesOf = async (tenantId: string) => (await itemsIn(`${tenantId}#ACTIVITY`)).map(toRow).map(({ time }) => time);

test('two processes keep one row of the same read in an hour: that of the first', async () => {
  const [one, two] = [startProcess(), startProcess()];
  await one(at('aaaabbbbcccc', '2026-11-24T07:05:00.000Z'));
  await two(at('aaaabbbbcccc', '2026-11-24T07:06:00.000Z'));
  await two(at('aaaabbbbcccc', '2026-11-24T08:00:00.000Z'));
  await one(at('aaaabbbbcccc', '2026-11-24T08:59:59.999Z'));
  expect(await timesOf('aaaabbbbcccc')).toEqual(['2026-11-24T07:05:00.000Z', '2026-11-24T08:00:00.000Z']);
});

test('many processes that read at the same time keep one row', async () => {
  const rows = Array.from({ length: 8 }, (_, index) => {
    const facts = at('bbbbccccdddd', `2026-11-24T07:05:00.00${index}Z`);
    return readRow(facts, { rowId: `row${index}`, days: 90 });
  });
  await Promise.all(rows.flatMap((row) => (row ? [putFirstRead(open.activity, row)] : [])));
  expect(await timesOf('bbbbccccdddd')).toHaveLength(1);
});

test('another credential, another kind of read and another tenant have rows of their own', async () => {
  const time = '2026-11-24T07:05:00.000Z';
  const [one, two] = [startProcess(), startProcess()];
  const facts = at('ccccddddeeee', time);
  await one(facts);
  await two({ ...facts, caller: { ...facts.caller, credentialId: 'tokenbbbbbbb' } });
  await two({ ...facts, route: '/{tenantId}/scim/v2/Groups/{id}' });
  await two(at('ddddeeeeffff', time));
  expect(await timesOf('ccccddddeeee')).toHaveLength(3);
  expect(await timesOf('ddddeeeeffff')).toHaveLength(1);
});

const failure = notFound('User 1 was not found.');

test.each([
  ['a read: one call, and none for the second in an hour', {}, [['TransactWriteCommand'], []]],
  ['a change that succeeds: none', { method: 'PATCH' }, [[], []]],
  ['a failure: one each time', { method: 'PATCH', status: 404, error: failure }, [['PutCommand'], ['PutCommand']]],
])('calls of the table for %s', async (_name, more, expected) => {
  const record = startProcess();
  const made: (readonly string[])[] = [];
  for (const minute of ['05', '06']) {
    calls = [];
    await record(at('eeeeffffgggg', `2026-11-24T07:${minute}:00.000Z`, more));
    made.push(calls);
  }
  expect(made).toEqual(expected);
});

test('nothing about the reads of a deleted tenant stays', async () => {
  await startProcess()(at('ffffgggghhhh', '2026-11-24T07:05:00.000Z'));
  expect(await itemsIn('ffffgggghhhh#READ')).toHaveLength(1);
  await eraseActivity({ activity: open.activity, tables: open.tables } as unknown as Deployment, 'ffffgggghhhh');
  expect(await itemsIn('ffffgggghhhh#READ')).toEqual([]);
  expect(await itemsIn('ffffgggghhhh#ACTIVITY')).toEqual([]);
});
