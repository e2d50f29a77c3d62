import { NestedStack, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { routeFunctions } from '../../deployment/functions';
import { ScimEndpoint } from '../../lib/scim-endpoint';
import { ScimStack } from '../../lib/scim-stack';
import { app, only, render, resource, resources, synthesize } from './synthesize';

test('the outputs say where everything is', () => {
  const outputs = Object.entries(synthesize().findOutputs('*')).map(([name, { Value }]) => [name, render(Value)]);
  expect(Object.fromEntries(outputs)).toEqual({
    BaseUrl:
      'https://ApiRestApi.execute-api.AWS::Region.AWS::URLSuffix/ApiRestApiDeploymentStageprod/{tenantId}/scim/v2',
    UsagePlanHigh: 'LimitsHigh',
    UsagePlanLow: 'LimitsLow',
    UsagePlanStandard: 'LimitsStandard',
    Region: 'AWS::Region',
    DirectoryTable: 'TablesDirectory',
    MembershipsTable: 'TablesMemberships',
    ActivityTable: 'TablesActivity',
    EventBus: 'Events',
    FailedRecordsBucket: 'SweepingFailedRecords',
    SecretPrefix: 'serverless-scim/Test/Endpoint',
    MaxTokenDays: '366',
    AuthorizerLog: 'RequestsAuthorizerLog',
    AuthorizerFunction: 'RequestsAuthorizerFunction',
    OauthFunction: 'RequestsOauthFunction',
    UsersFunction: 'RequestsUsersFunction',
    GroupsFunction: 'RequestsGroupsFunction',
    BulkFunction: 'RequestsBulkFunction',
    SearchFunction: 'RequestsSearchFunction',
    DiscoveryFunction: 'RequestsDiscoveryFunction',
    ChangesFunction: 'SweepingChangesFunction',
    ExpiryFunction: 'ExpiringExpiryFunction',
  });
});

test('the functions that answer requests, and the output, have the public base URL, and no other function has it', () => {
  const template = synthesize({
    portal: true,
    publicBaseUrl: 'http://127.0.0.1:4566/restapis/{apiId}/prod/_user_request_',
  });
  const expected = 'http://127.0.0.1:4566/restapis/ApiRestApi/prod/_user_request_';
  const told = [...resources(template, 'AWS::Lambda::Function')].flatMap(([id, { Properties }]) => {
    const { Variables } = Properties.Environment as { Variables: Readonly<Record<string, unknown>> };
    return Variables.PUBLIC_BASE_URL === undefined ? [] : [[id, render(Variables.PUBLIC_BASE_URL)]];
  });
  const names = routeFunctions.map((name) => `Requests${name[0]?.toUpperCase()}${name.slice(1)}Function`);
  expect(Object.fromEntries(told)).toEqual(Object.fromEntries(names.map((name) => [name, expected])));
  const { Value } = template.findOutputs('BaseUrl').BaseUrl ?? {};
  expect(render(Value)).toBe(`${expected}/{tenantId}/scim/v2`);
});

/** Names within a role, an API or a metric, which cannot collide with others. */
const inner = new Set(['PolicyName', 'StageName', 'MetricName']);

/** Every name that a template fixes, and that a second stack of the account could therefore not have. */
function fixedNames(template: Template): string[] {
  return Object.values(template.toJSON().Resources as Record<string, { Properties?: Record<string, unknown> }>)
    .flatMap(({ Properties = {} }) => Object.entries(Properties))
    .filter(([key, value]) => /^(Name|\w+Name)$/.test(key) && !inner.has(key) && typeof value === 'string')
    .map(([, value]) => String(value));
}

test('two stacks in one account share no name and no token', () => {
  const both = app();
  const stacks = { one: new ScimStack(both, 'One'), two: new ScimStack(both, 'Two') };
  const one = Template.fromStack(stacks.one);
  const two = Template.fromStack(stacks.two);
  expect(fixedNames(one)).toEqual(expect.arrayContaining(['One/Endpoint', 'One.Endpoint']));
  expect(fixedNames(one).filter((name) => fixedNames(two).includes(name))).toEqual([]);
  const read = resource(two, 'AWS::IAM::Policy', 'RequestsAuthorizerRoleDefaultPolicy');
  expect(JSON.stringify(read)).toContain('secret:serverless-scim/Two/Endpoint/*');
});

test('two endpoints of one stack share no name and no token either', () => {
  const stack = new Stack(app(), 'Test');
  const endpoints = ['A', 'B'].map((id) => new ScimEndpoint(stack, id));
  expect(endpoints.map(({ secretPrefix }) => secretPrefix)).toEqual([
    'serverless-scim/Test/A',
    'serverless-scim/Test/B',
  ]);
  Template.fromStack(stack).resourceCountIs('AWS::ApiGateway::RestApi', 2);
});

test('in a nested stack, whose name is a token, an endpoint also has its name', () => {
  const stack = new NestedStack(new Stack(app(), 'Test'), 'Nested');
  new ScimEndpoint(stack, 'Scim');
  const template = Template.fromStack(stack);
  expect(render(only(template, 'AWS::Events::EventBus').Properties.Name)).toBe('AWS::StackName.Scim');
  expect(render(only(template, 'AWS::ApiGateway::RestApi').Properties.Name)).toBe('AWS::StackName/Scim');
});

test('the APIs of two stacks have different names in CloudWatch', () => {
  expect(only(synthesize(), 'AWS::ApiGateway::RestApi').Properties.Name).toBe('Test/Endpoint');
});
