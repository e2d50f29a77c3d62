import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { activityPartition, memberRowPartition, nameHash } from '../../../lambda/activity/keys';
import type { ActivityRow } from '../../../lambda/activity/row';
import { putRow } from '../../../lambda/store/activity';
import { toRow } from '../../../lambda/store/activity-item';
import { eraseActivity, eraseFromActivity } from '../../../operator/activity/erase';
import { toSentence } from '../../../operator/activity/sentence';
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

const anna = '2819c223-7f76-453a-919d-413861904646';
const bob = { resource: { type: 'User', id: '11111111-7f76-453a-919d-413861904646' } } as const;
const failure = { kind: 'failure', template: 'changeFailed', status: 409 } as const;

async function put(rows: readonly ActivityRow[]): Promise<void> {
  const table = deployment.activity;
  if (!table) throw new Error('no table');
  for (const row of rows) await putRow(table, row);
}

async function rowsOf(tenantId: string): Promise<readonly ActivityRow[]> {
  const read = async (pk: string) => {
    const query = new QueryCommand({
      TableName: deployment.activity?.name,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': pk },
    });
    return ((await deployment.tables.client.send(query)).Items ?? []).map(toRow);
  };
  return [...(await read(activityPartition(tenantId))), ...(await read(memberRowPartition(tenantId)))];
}

test('a user is erased from every row that is about it or names it, and that something happened stays', async () => {
  const [tenantId, other] = ['aaaabbbbcccc', 'ddddeeeeffff'];
  const name = 'Anna@example.com';
  await put([
    rowAt(tenantId, 1, { template: 'created' }),
    rowAt(tenantId, 2, {
      ...failure,
      template: 'createFailed',
      resource: { type: 'User' },
      nameHash: nameHash(tenantId, 'User', name),
      personal: { name, detail: 'displayName is required.' },
    }),
    rowAt(tenantId, 3, { template: 'memberAdded', ofMember: true, personal: { name, group: 'Engineering' } }),
    rowAt(tenantId, 4, { ...failure, ...bob, personal: { detail: 'userName "ANNA@example.com" is already used.' } }),
    rowAt(tenantId, 5, { ...failure, ...bob, personal: { detail: `It is used by user ${anna}.` } }),
    rowAt(tenantId, 6, { ...bob, personal: { name: 'bob@example.com', before: 'joanna@example.com' } }),
    rowAt(other, 7, { template: 'created' }),
  ]);
  const subject = { type: 'User', ids: [anna], names: ['anna@EXAMPLE.com'] } as const;
  expect(await eraseFromActivity(deployment, tenantId, subject)).toBe(5);
  expect(await eraseFromActivity(deployment, tenantId, subject)).toBe(0);
  const rows = await rowsOf(tenantId);
  expect(rows.map(({ personal }) => personal)).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
    { name: 'bob@example.com', before: 'joanna@example.com' },
    undefined,
  ]);
  expect(rows.map((row) => row.nameHash)).toEqual(rows.map(() => undefined));
  expect(rows.map(toSentence).slice(0, 2)).toEqual([`created user ${anna}`, 'refused (creating user)']);
  expect((await rowsOf(other)).map(({ personal }) => personal)).toEqual([{ name: 'anna@example.com' }]);
});

test('a deleted tenant keeps what operators did, without names', async () => {
  const tenantId = 'gggghhhhiiii';
  await put([
    rowAt(tenantId, 1),
    rowAt(tenantId, 2, { kind: 'action', template: 'restored', actor: { operator: true } }),
    rowAt(tenantId, 3, { template: 'memberAdded', ofMember: true }),
  ]);
  await eraseActivity(deployment, tenantId);
  expect((await rowsOf(tenantId)).map(toSentence)).toEqual([`restored user ${anna}`]);
});
