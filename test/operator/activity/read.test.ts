import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import { nameHash } from '../../../lambda/activity/keys';
import type { ActivityRow } from '../../../lambda/activity/row';
import { userType } from '../../../lambda/directory/resource-types';
import { toItem } from '../../../lambda/store/activity-item';
import { chunks } from '../../../lambda/store/tables';
import { mergeRows } from '../../../operator/activity/merge';
import { type OpenActivity, openActivity } from '../../../operator/activity/open';
import { type ActivityFilter, readActivity, readLast } from '../../../operator/activity/read';
import { findRequest } from '../../../operator/activity/request';
import { findSubject } from '../../../operator/activity/subject';
import { type Deployment, openDeployment } from '../../../operator/connection/open';
import { type LocalEndpoint, startLocal } from '../../cli/local-endpoint';
import { rowAt } from './rows';

let endpoint: LocalEndpoint;
let deployment: Deployment;

beforeAll(async () => {
  endpoint = await startLocal();
  deployment = await openDeployment({ stack: '', local: endpoint.data });
});

afterAll(async () => {
  deployment.close();
  await endpoint.close();
});

async function put(rows: readonly ActivityRow[]): Promise<void> {
  for (const some of chunks(rows, 25)) {
    const requests = some.map((row) => ({ PutRequest: { Item: toItem(row) } }));
    await deployment.tables.client.send(
      new BatchWriteCommand({ RequestItems: { [deployment.activity?.name ?? '']: requests } }),
    );
  }
}

/** Opens the activity of a new tenant, with these rows. */
async function open(label: string, rowsOf: (tenantId: string) => readonly ActivityRow[]): Promise<OpenActivity> {
  const { tenantId } = await endpoint.createTenant({ label });
  await put(rowsOf(tenantId));
  return openActivity(deployment, label);
}

async function ids(activity: OpenActivity, filter: ActivityFilter = {}, pageSize?: number): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const { rowId } of readActivity(activity, filter, 'newest first', pageSize)) found.push(rowId);
  return found;
}

const failure = { kind: 'failure', template: 'changeFailed', status: 400 } as const;
const other = { resource: { type: 'User', id: '11111111-7f76-453a-919d-413861904646' } } as const;

test('rows are read newest first by tenant, failures only, by resource and by credential', async () => {
  const activity = await open('filters', (tenantId) => [
    rowAt(tenantId, 1),
    rowAt(tenantId, 2, failure),
    rowAt(tenantId, 3, { ...failure, ...other }),
    rowAt(tenantId, 4, { actor: { credential: 'zzzzzzzzzzzz' } }),
    rowAt(tenantId, 5, { template: 'memberAdded', ofMember: true }),
  ]);
  const all = ['row000004', 'row000003', 'row000002', 'row000001'];
  expect(await ids(activity)).toEqual(all);
  expect(await ids(activity, {}, 1)).toEqual(all);
  expect(await ids(activity, { failed: true })).toEqual(['row000003', 'row000002']);
  expect(await ids(activity, { credential: 'okta' })).toEqual(['row000003', 'row000002', 'row000001']);
  expect(await ids(activity, { credential: 'zzzzzzzzzzzz' })).toEqual(['row000004']);
  const subject = await findSubject(activity, userType, '2819c223-7f76-453a-919d-413861904646');
  expect(await ids(activity, { subject })).toEqual(['row000005', 'row000004', 'row000002', 'row000001']);
  expect(await ids(activity, { subject, failed: true })).toEqual(['row000002']);
  expect(await ids(activity, { since: new Date(rowAt('', 3).time) })).toEqual(['row000004', 'row000003']);
  expect((await readLast(activity, {}, 2)).map(({ rowId }) => rowId)).toEqual(['row000003', 'row000004']);
});

test('a row past its time is hidden, though the table still has it', async () => {
  const past = Math.floor(Date.now() / 1000) - 1;
  const activity = await open('expired', (tenantId) => [
    rowAt(tenantId, 1, { expires: past }),
    rowAt(tenantId, 2, { ...failure, expires: past, request: 'expired' }),
    rowAt(tenantId, 3),
  ]);
  expect(await ids(activity)).toEqual(['row000003']);
  expect(await ids(activity, { failed: true })).toEqual([]);
  await expect(findRequest(deployment, 'expired')).rejects.toThrow(
    /No activity that is kept has the request id "expired"/,
  );
});

test('two tenants never see each other’s rows, of the same resource and of the same name', async () => {
  const rows = (tenantId: string) => [
    rowAt(tenantId, 1, { rowId: `${tenantId}-changed` }),
    rowAt(tenantId, 2, { ...failure, rowId: `${tenantId}-failed` }),
    rowAt(tenantId, 3, {
      ...failure,
      rowId: `${tenantId}-created`,
      resource: { type: 'User' },
      nameHash: nameHash(tenantId, 'User', 'bob@example.com'),
      personal: { name: 'bob@example.com' },
    }),
  ];
  const both = [await open('one', rows), await open('two', rows)];
  for (const activity of both) {
    const subjects = [
      await findSubject(activity, userType, '2819c223-7f76-453a-919d-413861904646'),
      await findSubject(activity, userType, 'BOB@example.com'),
    ];
    const filters: readonly ActivityFilter[] = [{}, { failed: true }, ...subjects.map((subject) => ({ subject }))];
    for (const filter of filters) {
      const found = await ids(activity, filter);
      expect(found.length).toBeGreaterThan(0);
      expect(found.filter((id) => !id.startsWith(activity.tenant.tenantId))).toEqual([]);
    }
  }
});

test('a user is found by the name of a creation that failed, and by the name it had before it was deleted', async () => {
  const activity = await open('names', (tenantId) => [
    rowAt(tenantId, 1, { template: 'deleted' }),
    rowAt(tenantId, 2, {
      ...failure,
      template: 'createFailed',
      resource: { type: 'User' },
      nameHash: nameHash(tenantId, 'User', 'anna@example.com'),
    }),
    rowAt(tenantId, 3, { ...other, personal: { name: 'bob@example.com' } }),
  ]);
  const subject = await findSubject(activity, userType, 'Anna@Example.com');
  expect(await ids(activity, { subject })).toEqual(['row000002', 'row000001']);
  await expect(findSubject(activity, userType, 'nobody@example.com')).rejects.toThrow(
    'Tenant names has no User "nobody@example.com", and no activity that is kept names one: check the spelling, or use the id.',
  );
});

test('the rows of a request are found by its id, or by the detail that ends with it', async () => {
  await open('requests', (tenantId) => [
    rowAt(tenantId, 1, { request: 'JKJaXmPLvHcESHA=' }),
    rowAt(tenantId, 2, { request: 'JKJaXmPLvHcESHA=', ofMember: true }),
  ]);
  const details = ['displayName is required.', 'The path "(request foreign)" names nothing.'];
  for (const given of ['JKJaXmPLvHcESHA=', ...details.map((detail) => `${detail} (request JKJaXmPLvHcESHA=)`)]) {
    const { rows, labels } = await findRequest(deployment, given);
    expect(rows.map(({ rowId }) => rowId)).toEqual(['row000001']);
    expect([...labels.values()]).toEqual(['requests']);
  }
});

test('a deployment without activity says how to get it', async () => {
  await expect(openActivity({ ...deployment, activity: undefined }, 'one')).rejects.toThrow(
    /its setting activityRetention is 0/,
  );
});

test('lists of rows are merged into one in the same order', async () => {
  const byTime = (order: number) => (a: number, b: number) => order * (a - b);
  const list = async function* (seconds: readonly number[]) {
    for (const second of seconds) yield rowAt('aaaabbbbcccc', second);
  };
  const seconds = fc.array(fc.integer({ min: 0, max: 9_999 }), { maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(fc.array(seconds, { maxLength: 4 }), fc.boolean(), async (lists, isForward) => {
      const sort = byTime(isForward ? 1 : -1);
      const merged: string[] = [];
      const sorted = lists.map((each) => list([...each].sort(sort)));
      for await (const { time } of mergeRows(sorted, isForward ? 'oldest first' : 'newest first')) merged.push(time);
      expect(merged).toEqual(
        lists
          .flat()
          .sort(sort)
          .map((second) => rowAt('', second).time),
      );
    }),
  );
});
