import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Duration } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { ScimStack } from '../../lib/scim-stack';
import badge from '../local/badge.json';
import { app, render, resource, resources, synthesize } from './synthesize';

const functionType = 'AWS::Lambda::Function';

test('every function runs its bundle on Node 24, arm64, with its own log group', () => {
  const template = synthesize();
  const functions = resources(template, functionType);
  for (const [id, { Properties }] of functions) {
    expect(Properties).toMatchObject({ Runtime: 'nodejs24.x', Architectures: ['arm64'], Handler: 'index.handler' });
    expect([Properties.MemorySize, Properties.TracingConfig]).toEqual([1769, undefined]);
    const { LogGroup, LogFormat } = Properties.LoggingConfig as { LogGroup: unknown; LogFormat: string };
    expect([render(LogGroup), LogFormat]).toEqual([id.replace(/Function$/, 'Log'), 'JSON']);
    expect(resource(template, 'AWS::Logs::LogGroup', render(LogGroup)).Properties.RetentionInDays).toBe(90);
  }
});

test('a request ends before the gateway gives up, and before the second sweep', () => {
  const timeouts = [...resources(synthesize(), functionType)].map(([id, { Properties }]) => [id, Properties.Timeout]);
  expect(Object.fromEntries(timeouts)).toEqual({
    RequestsAuthorizerFunction: 10,
    RequestsOauthFunction: 20,
    RequestsUsersFunction: 28,
    RequestsGroupsFunction: 28,
    RequestsBulkFunction: 28,
    RequestsSearchFunction: 28,
    RequestsDiscoveryFunction: 28,
    SweepingChangesFunction: 300,
    ExpiringExpiryFunction: 60,
  });
});

test('only the authorizer and the token endpoint have the name of the secrets, only the others those of both tables', () => {
  const environment = [...resources(synthesize(), functionType)].map(([id, { Properties }]) => {
    const { Variables } = Properties.Environment as { Variables: Record<string, unknown> };
    return [id, Object.entries(Variables).map(([name, value]) => `${name}=${render(value)}`)];
  });
  const tables = ['DIRECTORY_TABLE=TablesDirectory', 'MEMBERSHIPS_TABLE=TablesMemberships'];
  const activity = ['ACTIVITY_TABLE=TablesActivity', 'ACTIVITY_DAYS=90'];
  expect(Object.fromEntries(environment)).toEqual({
    RequestsAuthorizerFunction: [
      'SECRET_PREFIX=serverless-scim/Test/Endpoint',
      'DEPLOYMENT=TablesDirectory',
      'SECRET_CACHE_SECONDS=60',
      expect.stringMatching(/^SHARED_API_KEY=scimshared/),
    ],
    RequestsOauthFunction: [
      'SECRET_PREFIX=serverless-scim/Test/Endpoint',
      'DEPLOYMENT=TablesDirectory',
      expect.stringMatching(/^FEDERATION_HOSTS=login\.microsoftonline\.com login\.windows\.net sts\.windows\.net /),
    ],
    RequestsUsersFunction: [...tables, ...activity],
    RequestsGroupsFunction: [...tables, ...activity],
    RequestsBulkFunction: [...tables, ...activity],
    RequestsSearchFunction: [...tables, ...activity],
    RequestsDiscoveryFunction: [...tables, ...activity],
    SweepingChangesFunction: [
      ...tables,
      'DELETED_RESOURCE_RETENTION_DAYS=30',
      ...activity,
      'SWEEP_QUEUE_URL=SweepingSweeps',
      'SWEEP_DELAY_SECONDS=60',
      'EVENT_BUS_NAME=Events.Arn',
      'EVENT_VALUES=false',
    ],
    ExpiringExpiryFunction: tables,
  });
});

test('the time that an authorizer keeps a secret can be set, up to that for which it serves without Secrets Manager', () => {
  synthesize({ secretCacheTtl: Duration.seconds(0) }).hasResourceProperties(functionType, {
    Environment: { Variables: Match.objectLike({ SECRET_CACHE_SECONDS: '0' }) },
  });
  expect(() => synthesize({ secretCacheTtl: Duration.minutes(16) })).toThrow('secretCacheTtl is 960 seconds');
});

test('for how many days deleted resources are kept can be set, up to a year', () => {
  synthesize({ deletedResourceRetention: 0 }).hasResourceProperties(functionType, {
    Environment: { Variables: Match.objectLike({ DELETED_RESOURCE_RETENTION_DAYS: '0' }) },
  });
  for (const days of [-1, 1.5, 366]) {
    expect(() => synthesize({ deletedResourceRetention: days })).toThrow(`deletedResourceRetention is ${days}`);
  }
});

test('memory, concurrency, log retention and tracing can be set', () => {
  const template = synthesize({
    memorySize: 512,
    reservedConcurrency: { bulk: 5 },
    logRetention: RetentionDays.ONE_WEEK,
    tracing: true,
  });
  expect(resource(template, functionType, 'RequestsBulkFunction').Properties).toMatchObject({
    MemorySize: 512,
    ReservedConcurrentExecutions: 5,
    TracingConfig: { Mode: 'Active' },
  });
  for (const { Properties } of resources(template, 'AWS::Logs::LogGroup').values()) {
    expect(Properties.RetentionInDays).toBe(7);
  }
  template.hasResourceProperties('AWS::ApiGateway::Stage', { TracingEnabled: true });
});

test('the gateway invokes the alias with provisioned concurrency, if there is one', () => {
  const template = synthesize({ provisionedConcurrency: { users: 3, authorizer: 2 } });
  const alias = (id: string) => resource(template, 'AWS::Lambda::Alias', `Requests${id}FunctionAliaslive`);
  expect(alias('Users').Properties.ProvisionedConcurrencyConfig).toEqual({ ProvisionedConcurrentExecutions: 3 });
  expect(alias('Authorizer').Properties.ProvisionedConcurrencyConfig).toEqual({ ProvisionedConcurrentExecutions: 2 });
  const invoked = JSON.stringify(template.findResources('AWS::ApiGateway::Method'));
  expect(invoked).toContain('EndpointRequestsUsersFunctionAliaslive');
  template.hasResourceProperties('AWS::ApiGateway::Authorizer', {
    AuthorizerUri: Match.objectLike({ 'Fn::Join': Match.anyValue() }),
  });
});

describe('schema extensions', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'scim-extensions-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** The file of each function's asset, where it has one of that name. */
  function deployed(file: string): ReadonlyMap<string, string> {
    const assembly = app();
    const template = Template.fromStack(new ScimStack(assembly, 'Test', { extensions: folder }));
    const paths = [...resources(template, functionType)].map(([id, { Properties }]): [string, string] => {
      const { S3Key } = Properties.Code as { S3Key: string };
      return [id, join(assembly.outdir, `asset.${S3Key.replace('.zip', '')}`, file)];
    });
    return new Map(paths.filter(([, path]) => existsSync(path)).map(([id, path]) => [id, readFileSync(path, 'utf8')]));
  }

  test('the functions that validate resources get them, in code that runs without a compiler', () => {
    writeFileSync(join(folder, 'badge.json'), JSON.stringify(badge));
    const validators = deployed('validators.js');
    expect([...validators.keys()]).toEqual(['RequestsUsersFunction', 'RequestsGroupsFunction', 'RequestsBulkFunction']);
    for (const text of validators.values()) {
      expect(text).toContain(badge.schema.id);
      expect(text).not.toContain('require(');
    }
    expect(deployed('extensions.js').size).toBe(5);
  });

  test('a folder without any deploys the bundles as they are', () => {
    expect(deployed('extensions.js').get('RequestsUsersFunction')).toBe('exports.extensions = [];\n');
  });

  test('a file that is no extension ends the synthesis, with its name and what is wrong', () => {
    writeFileSync(join(folder, 'badge.json'), JSON.stringify({ ...badge, resourceType: 'Device' }));
    expect(() => deployed('extensions.js')).toThrow(/cannot be used\.\nbadge\.json: .*resourceType/);
  });

  test('a folder that is not there ends the synthesis', () => {
    const extensions = join(folder, 'none');
    expect(() => synthesize({ extensions })).toThrow(/^The schema extensions cannot be read: .*none/);
  });
});
