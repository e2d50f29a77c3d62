import { Duration } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { render, resource, resources, synthesize } from './synthesize';

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
    RequestsUsersFunction: 28,
    RequestsGroupsFunction: 28,
    RequestsBulkFunction: 28,
    RequestsSearchFunction: 28,
    RequestsDiscoveryFunction: 28,
    SweepingChangesFunction: 300,
    ExpiringExpiryFunction: 60,
  });
});

test('only the authorizer has the name of the secrets, only the others have the names of both tables', () => {
  const environment = [...resources(synthesize(), functionType)].map(([id, { Properties }]) => {
    const { Variables } = Properties.Environment as { Variables: Record<string, unknown> };
    return [id, Object.entries(Variables).map(([name, value]) => `${name}=${render(value)}`)];
  });
  const tables = ['DIRECTORY_TABLE=TablesDirectory', 'MEMBERSHIPS_TABLE=TablesMemberships'];
  expect(Object.fromEntries(environment)).toEqual({
    RequestsAuthorizerFunction: [
      'SECRET_PREFIX=serverless-scim/Test/Endpoint',
      'SECRET_CACHE_SECONDS=60',
      expect.stringMatching(/^SHARED_API_KEY=scimshared/),
      'DEPLOYMENT=TablesDirectory',
    ],
    RequestsUsersFunction: tables,
    RequestsGroupsFunction: tables,
    RequestsBulkFunction: tables,
    RequestsSearchFunction: tables,
    RequestsDiscoveryFunction: tables,
    SweepingChangesFunction: [
      ...tables,
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
