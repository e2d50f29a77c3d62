import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { activityIndexes } from '../../deployment/tables';
import {
  activityPartition,
  failureIndex,
  failurePartition,
  subjectIndex,
  subjectPartition,
} from '../../lambda/activity/keys';
import type { ActivityRow } from '../../lambda/activity/row';
import { expiryAfter, putRow } from '../../lambda/store/activity';
import { toItem, toRow } from '../../lambda/store/activity-item';
import { itemSize } from '../store/item-size';
import { type OpenTables, openTables } from '../store/open-tables';

let open: OpenTables;
beforeAll(async () => {
  open = await openTables();
});
afterAll(() => open.close());

const id = '2819c223-7f76-453a-919d-413861904646';
const rowAt = (tenantId: string, minute: number, more: Partial<ActivityRow> = {}): ActivityRow => {
  const time = `2026-11-24T07:${String(minute).padStart(2, '0')}:00.000Z`;
  return {
    tenantId,
    rowId: `row${minute}`,
    time,
    kind: 'change',
    template: 'changed',
    actor: { credential: 'c1' },
    resource: { type: 'User', id },
    personal: { name: 'anna@example.com' },
    expires: expiryAfter(time, 90),
    ...more,
  };
};

/** Reads one partition of the table or an index, newest first. */
async function read(attribute: 'pk' | 'subject' | 'failed', value: string, index?: string) {
  const { Items = [] } = await open.activity.client.send(
    new QueryCommand({
      TableName: open.activity.name,
      ...(index && { IndexName: index }),
      KeyConditionExpression: '#key = :value',
      ExpressionAttributeNames: { '#key': attribute },
      ExpressionAttributeValues: { ':value': value },
      ScanIndexForward: false,
    }),
  );
  return Items.map(toRow).map(({ rowId }) => rowId);
}

test('a row is found by tenant, by resource and, if it failed, among the failures: each by one query', async () => {
  const [tenant, other] = ['aaaabbbbcccc', 'ddddeeeeffff'];
  const rows = [
    rowAt(tenant, 1),
    rowAt(tenant, 2, { kind: 'failure', template: 'changeFailed', status: 400 }),
    rowAt(tenant, 3, { resource: { type: 'User', id: id.replace('2', '3') } }),
    rowAt(tenant, 4, { template: 'memberAdded', ofMember: true }),
    rowAt(other, 5, { kind: 'failure', template: 'changeFailed', status: 400 }),
  ];
  for (const row of rows) await putRow(open.activity, row);
  expect(await read('pk', activityPartition(tenant))).toEqual(['row3', 'row2', 'row1']);
  expect(await read('subject', subjectPartition(tenant, id), subjectIndex)).toEqual(['row4', 'row2', 'row1']);
  expect(await read('failed', failurePartition(tenant), failureIndex)).toEqual(['row2']);
});

test('the same row again replaces itself', async () => {
  const row = rowAt('gggghhhhiiii', 1);
  await putRow(open.activity, row);
  await putRow(open.activity, row);
  expect(await read('pk', activityPartition('gggghhhhiiii'))).toEqual(['row1']);
});

test.each([
  ['of a change three write units', { request: 'r1' }, 3],
  ['of a failure four', { request: 'r2', kind: 'failure', template: 'changeFailed', status: 400 }, 4],
] as const)('a row costs one unit for the table and for each index that has it: %s', (_name, more, units) => {
  // The embedded engine does not count the units of indexes.
  const item = toItem(rowAt('jjjjkkkkllll', 1, more));
  const indexes = Object.values(activityIndexes).filter((partition) => item[partition] !== undefined);
  expect(1 + indexes.length).toBe(units);
  expect(itemSize(item)).toBeLessThan(1024);
});
