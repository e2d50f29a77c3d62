import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { AttributeType, StreamViewType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Key } from 'aws-cdk-lib/aws-kms';
import { ScimEndpoint, type ScimEndpointProps } from '../../lib/scim-endpoint';
import { app, resource, resources, synthesize } from './synthesize';

const tableType = 'AWS::DynamoDB::GlobalTable';

test('both tables of the directory keep every second of the last 35 days, refuse deletion, and stay when the stack goes', () => {
  const { TablesActivity, ...tables } = Object.fromEntries(resources(synthesize(), tableType));
  expect(Object.keys(tables)).toEqual(['TablesDirectory', 'TablesMemberships']);
  for (const table of Object.values(tables)) {
    expect(table).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    expect(table.Properties).toMatchObject({
      BillingMode: 'PAY_PER_REQUEST',
      StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
      Replicas: [
        {
          DeletionProtectionEnabled: true,
          PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        },
      ],
    });
  }
});

test('the table of activity refuses deletion and stays too, but what is erased from it is gone', () => {
  const { Properties, ...policies } = resource(synthesize(), tableType, 'TablesActivity');
  expect(policies).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
  expect(Properties).toMatchObject({
    BillingMode: 'PAY_PER_REQUEST',
    TimeToLiveSpecification: { AttributeName: 'expires', Enabled: true },
    Replicas: [{ DeletionProtectionEnabled: true }],
  });
  expect(Properties).not.toHaveProperty('StreamSpecification');
  expect(JSON.stringify(Properties)).not.toContain('PointInTimeRecovery');
});

test('without activity there is no table for it, and no function has its name or a permission on it', () => {
  const off = synthesize({ activityRetention: 0 });
  expect([...resources(off, tableType).keys()]).toEqual(['TablesDirectory', 'TablesMemberships']);
  expect(JSON.stringify(off.toJSON())).not.toMatch(/ACTIVITY|ActivityTable|TablesActivity/);
  for (const days of [-1, 0.5, 3651]) {
    expect(() => synthesize({ activityRetention: days })).toThrow(`activityRetention is ${days}`);
  }
});

test('the keys and indexes are those that the store reads', () => {
  const keys = (schema: unknown): string[] => (schema as { AttributeName: string }[]).map((key) => key.AttributeName);
  const described = [...resources(synthesize(), tableType)].map(([id, { Properties }]) => {
    const indexes = Properties.GlobalSecondaryIndexes as {
      IndexName: string;
      KeySchema: unknown;
      Projection: unknown;
    }[];
    const described = indexes.map(({ IndexName, KeySchema, Projection }) => [IndexName, keys(KeySchema), Projection]);
    return [id, keys(Properties.KeySchema), ...described];
  });
  const [keysOnly, all] = [{ ProjectionType: 'KEYS_ONLY' }, { ProjectionType: 'ALL' }];
  expect(described).toEqual([
    ['TablesDirectory', ['pk', 'sk'], ['modified', ['modifiedShard', 'modifiedPeriod'], keysOnly]],
    ['TablesMemberships', ['group', 'member'], ['inverse', ['member', 'group'], keysOnly]],
    [
      'TablesActivity',
      ['pk', 'sk'],
      ['subject', ['subject', 'sk'], all],
      ['failures', ['failed', 'sk'], all],
      ['requests', ['byRequest', 'sk'], all],
    ],
  ]);
});

test('data goes with the stack only when deletion protection is taken off too', () => {
  const template = synthesize({ removalPolicy: RemovalPolicy.DESTROY, deletionProtection: false });
  for (const table of resources(template, tableType).values()) expect(table.DeletionPolicy).toBe('Delete');
  expect(() => synthesize({ removalPolicy: RemovalPolicy.DESTROY })).toThrow(/set deletionProtection to false too/);
});

const keyArn = 'arn:aws:kms:eu-west-1:111122223333:key/1';

test('tables, queues and failed records are encrypted with encryptionKey, otherwise with keys of AWS', () => {
  const stack = new Stack(app(), 'Test', { env: { region: 'eu-west-1' } });
  new ScimEndpoint(stack, 'Endpoint', { encryptionKey: Key.fromKeyArn(stack, 'Key', keyArn) });
  const encryption = (template: Template) => [
    ...[...resources(template, tableType).values()].map(({ Properties }) => [
      Properties.SSESpecification,
      (Properties.Replicas as { SSESpecification?: unknown }[])[0]?.SSESpecification,
    ]),
    ...[...resources(template, 'AWS::SQS::Queue').values()].map(({ Properties }) => Properties.KmsMasterKeyId),
    ...[...resources(template, 'AWS::S3::Bucket').values()].map(({ Properties }) => Properties.BucketEncryption),
  ];
  const bucket = (rule: object) => ({
    ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: rule, ...bucketKey(rule) }],
  });
  const bucketKey = (rule: object) => ('KMSMasterKeyID' in rule ? { BucketKeyEnabled: true } : {});
  const table = [{ SSEEnabled: true, SSEType: 'KMS' }, { KMSMasterKeyId: keyArn }];
  expect(encryption(Template.fromStack(stack))).toEqual([
    table,
    table,
    table,
    keyArn,
    keyArn,
    bucket({ SSEAlgorithm: 'aws:kms', KMSMasterKeyID: keyArn }),
  ]);
  const owned = [{ SSEEnabled: false }, undefined];
  expect(encryption(synthesize())).toEqual([
    owned,
    owned,
    owned,
    undefined,
    undefined,
    bucket({ SSEAlgorithm: 'AES256' }),
  ]);
});

test('logs and data stay when the stack is removed, unless removalPolicy is DESTROY', () => {
  const kept = [...resources(synthesize({ accessLog: true }), 'AWS::Logs::LogGroup').values()];
  expect(kept.length).toBe(10);
  for (const { DeletionPolicy } of kept) expect(DeletionPolicy).toBe('Retain');
  const template = synthesize({ removalPolicy: RemovalPolicy.DESTROY, deletionProtection: false, accessLog: true });
  for (const type of ['AWS::Logs::LogGroup', 'AWS::S3::Bucket']) {
    for (const { DeletionPolicy } of resources(template, type).values()) expect(DeletionPolicy).toBe('Delete');
  }
});

/** An existing table with its stream. */
function existing(stack: Stack, tableName: string) {
  return TableV2.fromTableAttributes(stack, tableName, {
    tableName,
    tableStreamArn: `arn:aws:dynamodb:eu-west-1:111122223333:table/${tableName}/stream/2026-11-24T00:00:00.000`,
  });
}

test('existing tables are used as they are', () => {
  const template = withTables((stack) => ({
    directoryTable: existing(stack, 'directory'),
    membershipsTable: existing(stack, 'memberships'),
  }));
  expect([...resources(template, tableType).keys()]).toEqual(['TablesActivity']);
  expect(resource(template, 'AWS::Lambda::Function', 'RequestsUsersFunction').Properties.Environment).toEqual({
    Variables: expect.objectContaining({ DIRECTORY_TABLE: 'directory', MEMBERSHIPS_TABLE: 'memberships' }),
  });
  for (const name of ['directory', 'memberships']) {
    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      EventSourceArn: Match.stringLikeRegexp(`table/${name}/stream/`),
    });
  }
});

test('a table of the same stack can be handed in', () => {
  const template = withTables((stack) => ({
    directoryTable: new TableV2(stack, 'D', {
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES,
    }),
    membershipsTable: existing(stack, 'memberships'),
  }));
  template.resourceCountIs(tableType, 2);
});

test('one table without the other, or without a stream, is refused with what to do', () => {
  const unread = (stack: Stack, name: string) => TableV2.fromTableName(stack, name, name);
  expect(() => withTables((stack) => ({ directoryTable: existing(stack, 'd') }))).toThrow(
    'membershipsTable is missing',
  );
  expect(() =>
    withTables((stack) => ({ directoryTable: unread(stack, 'd'), membershipsTable: existing(stack, 'm') })),
  ).toThrow('directoryTable has no stream');
  expect(() =>
    withTables((stack) => ({ directoryTable: existing(stack, 'd'), membershipsTable: unread(stack, 'm') })),
  ).toThrow('membershipsTable has no stream');
});

function withTables(props: (stack: Stack) => ScimEndpointProps): Template {
  const stack = new Stack(app(), 'Test');
  new ScimEndpoint(stack, 'Endpoint', props(stack));
  return Template.fromStack(stack);
}

test('DynamoDB deletes what has an expiry from the directory table, and nothing from the memberships', () => {
  const [directory, memberships] = [...resources(synthesize(), tableType).values()];
  expect(directory?.Properties.TimeToLiveSpecification).toEqual({ AttributeName: 'expires', Enabled: true });
  expect(memberships?.Properties).not.toHaveProperty('TimeToLiveSpecification');
});
