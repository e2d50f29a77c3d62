import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { activityPartition } from '../../../lambda/activity/keys';
import { toRow } from '../../../lambda/store/activity-item';
import { recordAction } from '../../../operator/activity/record-action';
import { toSentence } from '../../../operator/activity/sentence';
import { type Deployment, openDeployment } from '../../../operator/connection/open';
import { type LocalEndpoint, startLocal } from '../../cli/local-endpoint';

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

async function rows(tenantId: string) {
  const query = new QueryCommand({
    TableName: deployment.activity?.name,
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': activityPartition(tenantId) },
  });
  return ((await deployment.activity?.client.send(query))?.Items ?? []).map(toRow);
}

test('what an operator did is a row with the AWS identity, kept 400 days', async () => {
  const arn = 'arn:aws:sts::123456789012:assumed-role/Operator/anna';
  const notes = await recordAction({ ...deployment, identity: async () => arn }, 'aaaabbbbcccc', {
    action: 'tokenRevoked',
    values: { credential: '0123456789ab', label: 'okta' },
  });
  const [row] = await rows('aaaabbbbcccc');
  expect(notes).toEqual([]);
  expect(row).toMatchObject({ kind: 'action', actor: { operator: true, identity: arn }, request: row?.rowId });
  expect(row && toSentence(row)).toBe('revoked token 0123456789ab (okta)');
  expect((row?.expires ?? 0) - Math.ceil(Date.parse(row?.time ?? '') / 1000)).toBe(400 * 24 * 3600);
});

test('an action that cannot be recorded does not fail what was done, and the operator is told', async () => {
  const activity = { client: deployment.tables.client, name: 'absent' };
  const notes = await recordAction({ ...deployment, activity }, 'aaaabbbbcccc', { action: 'tenantEnabled' });
  expect(notes).toEqual([expect.stringMatching(/^This was done, but it is not in the activity .*ResourceNotFound/)]);
});

test('a deployment that keeps no activity records nothing', async () => {
  expect(
    await recordAction({ ...deployment, activity: undefined }, 'ddddeeeeffff', { action: 'tenantEnabled' }),
  ).toEqual([]);
  expect(await rows('ddddeeeeffff')).toEqual([]);
});
