import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { putRow } from '../../../lambda/store/activity';
import { membershipKey } from '../../../lambda/store/keys';
import { names } from '../../../local/environment';
import {
  type DeploymentResources,
  operatorPolicy,
  type PolicyDocument,
  placeOfStack,
  readOnlyPolicy,
} from '../../../operator/access/policies';
import { admin } from '../../cli/admin';
import { type AwsStandIn, stack, startAws } from '../../cli/aws-stand-in';
import { userBody } from '../../directory/requests';
import type { Access } from '../../permissions/accesses';
import { Policy } from '../../permissions/policy';
import { rowAt } from '../activity/rows';
import { type Recorder, startRecorder } from './recorder';

const resources: DeploymentResources = {
  partition: 'aws',
  region: 'eu-west-1',
  account: '123456789012',
  stack: 'Mine',
  directoryTable: names.directoryTable,
  membershipsTable: names.membershipsTable,
  activityTable: names.activityTable,
  secretPrefix: 'serverless-scim/Test/Endpoint',
  authorizerLog: names.authorizerLog,
  usagePlans: ['low', 'standard', 'high'],
};

/** The policy with the names that `accessesOf` has for resources. */
function enforced({ Statement }: PolicyDocument): Policy {
  const named = (arn: string) =>
    arn
      .replace(/^arn:aws:dynamodb:.*:table\/directory/, 'TablesDirectory.Arn')
      .replace(/^arn:aws:dynamodb:.*:table\/memberships/, 'TablesMemberships.Arn')
      .replace(
        'arn:aws:secretsmanager:eu-west-1:123456789012',
        'arn:AWS::Partition:secretsmanager:AWS::Region:AWS::AccountId',
      )
      .replace(/^arn:aws:dynamodb:.*:table\/activity/, 'TablesActivity.Arn')
      .replace('arn:aws:logs:eu-west-1:123456789012:', 'arn:AWS::Partition:logs:AWS::Region:AWS::AccountId:')
      .replace('arn:aws:apigateway:eu-west-1::', '');
  return new Policy(
    Statement.map(({ Action, Resource }) => ({
      effect: 'Allow',
      actions: Action,
      resources: Resource.map(named),
      condition: {},
    })),
  );
}

/** The calls that the recorded endpoint never gets: it is found by a file, not by its stack. */
const unrecorded = ['cloudformation:DescribeStacks on arn:aws:cloudformation:eu-west-1:123456789012:stack/Mine/*'];

let recorder: Recorder;
let folder: string;

beforeAll(async () => {
  recorder = await startRecorder();
  folder = await mkdtemp(join(tmpdir(), 'scim-policies-'));
});

afterAll(async () => {
  await recorder.close();
  await rm(folder, { recursive: true });
});

async function run(...args: readonly string[]): Promise<string> {
  const { code, out, err } = await admin([...args, '--data', recorder.data]);
  expect({ args, code, shown: code === 0 ? '' : `${out}\n${err}` }).toEqual({ args, code: 0, shown: '' });
  return out;
}

/** Fills a tenant with a user in a group, by SCIM. */
async function fill(baseUrl: string, token: string): Promise<void> {
  const post = async (path: string, body: object) => {
    const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/scim+json' };
    const response = await fetch(baseUrl + path, { method: 'POST', headers, body: JSON.stringify(body) });
    return (await response.json()) as { id: string };
  };
  const members: { value: string }[] = [];
  // More than fit one transaction.
  for (let at = 0; at < 110; at++) members.push({ value: (await post('/Users', userBody(`anna${at}`))).id });
  await post('/Groups', { displayName: 'Everyone', members });
  await post('/Groups', { displayName: 'One', members: members.slice(0, 1) });
}

/** Every command that changes nothing. */
async function playReads(): Promise<void> {
  await run('tenant', 'list');
  await run('tenant', 'show', 'acme');
  await run('token', 'list', 'acme');
  await run('client', 'list', 'acme');
  await run('tenant', 'invites', 'acme');
  await run('user', 'list', 'acme');
  await run('user', 'show', 'acme', String(userBody('anna0').userName));
  await run('group', 'list', 'acme');
  await run('group', 'show', 'acme', 'Everyone');
  await run('roles', 'show', 'acme');
  await run('roles', 'test', 'acme', String(userBody('anna0').userName));
  await run('deleted', 'list', 'acme');
  await run('stats');
  await run('tenant', 'health', 'acme');
  await run('activity', 'acme', '--user', String(userBody('anna0').userName));
  await run('activity', 'acme');
  await run('activity', 'acme', '--failed');
  await run('activity', 'acme', '--refused');
  await admin(['activity', 'show', 'absent', '--data', recorder.data]);
  await admin(['check', '--data', recorder.data]);
  const exported = join(folder, `${Date.now()}.jsonl`);
  await run('export', 'acme', '--out', exported);
  await run('drift', 'acme', '--from', exported);
}

/** Leaves memberships to repair: one of a group that does not exist, one with a user as a group. */
async function damage(): Promise<void> {
  const [{ tenantId }] = JSON.parse(await run('tenant', 'list', '--json'));
  const { id } = JSON.parse(await run('group', 'show', 'acme', 'One', '--json'));
  const client = DynamoDBDocumentClient.from(new DynamoDBClient({ ...recorder.client }));
  const { id: user } = JSON.parse(await run('user', 'show', 'acme', String(userBody('anna0').userName), '--json'));
  for (const Item of [
    { ...membershipKey(tenantId, '00000000-0000-4000-8000-000000000000', user) },
    { ...membershipKey(tenantId, id, user), type: 'Group' },
  ]) {
    await client.send(new PutCommand({ TableName: names.membershipsTable, Item }));
  }
  client.destroy();
}

/** Leaves activity to erase: a row of a request, and one of an operator with a name. */
async function leaveActivity(tenantId: string): Promise<void> {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient({ ...recorder.client }));
  const action = { kind: 'action', template: 'restored', actor: { operator: true } } as const;
  for (const row of [rowAt(tenantId, 1), rowAt(tenantId, 2, action)]) {
    await putRow({ client, name: names.activityTable }, row);
  }
  client.destroy();
}

async function playClients(): Promise<void> {
  const { clientId } = JSON.parse(await run('client', 'create', 'beta', '--json'));
  const { before } = JSON.parse(await run('client', 'rotate', 'beta', '--json'));
  await run('client', 'revoke', 'beta', clientId, before[0].id, '--yes');
  const workload = ['--issuer', 'https://issuer.example.com', '--subject', 'x', '--audience', 'scim'];
  await run('client', 'trust', 'add', 'beta', clientId, ...workload);
  const [{ trusts }] = JSON.parse(await run('client', 'list', 'beta', '--json'));
  await run('client', 'trust', 'remove', 'beta', clientId, trusts[0].id, '--yes');
  await run('client', 'revoke', 'beta', clientId, '--yes');
}

async function playWrites(): Promise<void> {
  const made = JSON.parse(await run('tenant', 'create', 'beta', '--json'));
  await run('token', 'create', 'beta');
  await run('token', 'revoke', 'beta', made.tokenId, '--yes');
  await playClients();
  const { invitationId } = JSON.parse(await run('tenant', 'invite', 'beta', '--json'));
  await run('invite', 'revoke', 'beta', invitationId, '--yes');
  const roles = join(folder, 'roles.json');
  await writeFile(roles, JSON.stringify({ rules: [{ displayName: 'Everyone', roles: ['member'] }] }));
  await run('roles', 'set', 'beta', roles);
  await run('roles', 'clear', 'beta');
  await run('tenant', 'limits', 'beta', 'high');
  await run('tenant', 'limits', 'beta', 'low');
  await run('tenant', 'rename', 'beta', 'gamma');
  await run('tenant', 'disable', 'gamma');
  await run('tenant', 'enable', 'gamma');
  await run('tenant', 'pause', 'gamma');
  await run('tenant', 'resume', 'gamma');
  await run('tenant', 'brake', 'gamma', 'on');
  await run('tenant', 'release', 'gamma', '--for', '2h');
  await run('tenant', 'brake', 'gamma', 'off');
  await run('activity', 'record', 'gamma', '--for', '1h');
  await run('activity', 'record', 'gamma', '--stop');
  expect(await run('check', '--repair')).toMatch(
    /dangling membership[\s\S]*wrong member type|wrong member type[\s\S]*dangling membership/,
  );
  await run('user', 'disable', 'acme', String(userBody('anna1').userName));
  await run('user', 'enable', 'acme', String(userBody('anna1').userName));
  await run('user', 'erase', 'acme', String(userBody('anna2').userName), '--yes');
  await run('tenant', 'local-changes', 'acme', 'on');
  await run('export', 'acme', '--out', join(folder, 'acme.jsonl'));
  await run('import', 'gamma', join(folder, 'acme.jsonl'));
  await leaveActivity(made.tenantId);
  await run('tenant', 'delete', 'gamma', '--yes', '--no-wait');
}

const refusedBy = (policy: Policy, accesses: readonly Access[]): string[] =>
  accesses.filter((access) => !policy.allows(access)).map(({ action, resource }) => `${action} on ${resource}`);

function expectExact(document: PolicyDocument): void {
  const policy = enforced(document);
  expect(new Set(refusedBy(policy, recorder.accesses))).toEqual(new Set());
  for (const access of recorder.accesses) policy.use(access);
  expect([...policy.unused]).toEqual(unrecorded);
}

test('the read-only policy allows what the commands ask that change nothing, and no more', async () => {
  const { baseUrl, token } = await recorder.endpoint.createTenant({ label: 'acme' });
  await fill(baseUrl, token);
  await damage();
  recorder.accesses.length = 0;
  await playReads();
  expectExact(readOnlyPolicy(resources));
});

test("the operator's policy allows what every command asks, and no more", async () => {
  recorder.accesses.length = 0;
  await playReads();
  await playWrites();
  expectExact(operatorPolicy(resources));
});

test('the read-only policy does not allow what changes something', async () => {
  recorder.accesses.length = 0;
  await run('tenant', 'create', 'delta');
  const refused = refusedBy(enforced(readOnlyPolicy(resources)), recorder.accesses);
  expect(new Set(refused.map((access) => access.split(' ')[0]))).toEqual(
    new Set(['apigateway:POST', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'secretsmanager:CreateSecret']),
  );
});

test('a key of the customer may be used through the two services only', () => {
  const encryptionKey = 'arn:aws:kms:eu-west-1:123456789012:key/1';
  expect(operatorPolicy({ ...resources, encryptionKey }).Statement.at(-1)).toEqual({
    Sid: 'UseKey',
    Effect: 'Allow',
    Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
    Resource: [encryptionKey],
    Condition: {
      StringEquals: {
        'kms:ViaService': ['secretsmanager.eu-west-1.amazonaws.com', 'dynamodb.eu-west-1.amazonaws.com'],
      },
    },
  });
});

test('what is no ARN of a stack is refused', () => {
  expect(() => placeOfStack('Mine')).toThrow('CloudFormation returned "Mine" as the id of the stack');
});

describe('scim-admin policies', () => {
  let aws: AwsStandIn;
  beforeEach(async () => {
    aws = await startAws();
    process.env.AWS_ENDPOINT_URL_CLOUDFORMATION = aws.url;
  });
  afterEach(async () => {
    delete process.env.AWS_ENDPOINT_URL_CLOUDFORMATION;
    await aws.close();
  });

  test('prints the policy for the resources of the stack', async () => {
    const [status, body] = stack({
      BaseUrl: 'https://scim.example.com/{tenantId}/scim/v2',
      DirectoryTable: resources.directoryTable,
      MembershipsTable: resources.membershipsTable,
      ActivityTable: names.activityTable,
      SecretPrefix: resources.secretPrefix,
      AuthorizerLog: resources.authorizerLog,
      MaxTokenDays: '366',
      UsagePlanLow: 'low',
      UsagePlanStandard: 'standard',
      UsagePlanHigh: 'high',
    });
    const id = 'arn:aws:cloudformation:eu-west-1:123456789012:stack/Mine/1';
    aws.answer = [status, body.replace('<StackName>', `<StackId>${id}</StackId><StackName>`)];
    const { code, out } = await admin(['policies', 'operator', '--stack', 'Mine', '--region', 'eu-west-1']);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual(operatorPolicy(resources));
  });
});
