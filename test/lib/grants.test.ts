import { App, type Environment, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { AccountPrincipal, Role } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import type { IScimEndpoint } from '../../lib/grants';
import { ScimEndpoint } from '../../lib/scim-endpoint';
import { app, render } from './synthesize';

const grants = ['grantReadDirectory', 'grantManageTenants', 'grantReadActivity'] as const;
const place: Environment = { account: '111122223333', region: 'eu-west-1' };
const key = 'arn:aws:kms:eu-west-1:111122223333:key/1';

const newFunction = (stack: Stack, id = 'Mine') =>
  new LambdaFunction(stack, id, { runtime: Runtime.NODEJS_22_X, handler: 'i.h', code: Code.fromInline('x') });

/** What the construct of another app would know. */
const outputs = {
  BaseUrl: 'https://scim.example.com/{tenantId}/scim/v2',
  Region: 'eu-west-1',
  DirectoryTable: 'directory',
  MembershipsTable: 'memberships',
  ActivityTable: 'activity',
  SecretPrefix: 'serverless-scim/Identity/Scim',
  MaxTokenDays: '366',
  AuthorizerLog: 'authorizer',
  UsagePlanLow: 'l',
  UsagePlanStandard: 's',
  UsagePlanHigh: 'h',
};

const description = {
  format: 1,
  region: 'eu-west-1',
  directoryTable: 'directory',
  membershipsTable: 'memberships',
  activityTable: 'activity',
  baseUrl: outputs.BaseUrl,
  secretPrefix: outputs.SecretPrefix,
  usagePlans: { low: 'l', standard: 's', high: 'h' },
  maxTokenDays: 366,
  authorizerLog: 'authorizer',
};

interface Statement {
  readonly Action: string | string[];
  readonly Resource: unknown;
  readonly Condition?: { readonly StringEquals?: Readonly<Record<string, readonly string[]>> };
}

/** The statements of the one policy of a template that names this function. */
function statementsOf(stack: Stack): readonly Statement[] {
  const policies = Object.entries(Template.fromStack(stack).findResources('AWS::IAM::Policy'));
  const [, policy] = policies.find(([id]) => id.startsWith('Mine')) ?? [];
  return policy?.Properties.PolicyDocument.Statement ?? [];
}

const resourcesOf = (stack: Stack) =>
  statementsOf(stack).flatMap(({ Resource }) => (Array.isArray(Resource) ? Resource : [Resource]).map(render));

function imported(stack: Stack, given: Readonly<Record<string, string>> = outputs): IScimEndpoint {
  return ScimEndpoint.fromOutputs(stack, 'Scim', given);
}

test.each(grants)('%s gives a function the description of the deployment', (grant) => {
  const stack = new Stack(app(), 'Other', { env: place });
  imported(stack)[grant](newFunction(stack));
  Template.fromStack(stack).hasResourceProperties('AWS::Lambda::Function', {
    Environment: { Variables: { SCIM_DEPLOYMENT: Match.serializedJson(description) } },
  });
});

test.each(grants)('%s gives a role the same policy; its environment is its own', (grant) => {
  const stack = new Stack(app(), 'Other', { env: place });
  const endpoint = imported(stack);
  endpoint[grant](new Role(stack, 'Mine', { assumedBy: new AccountPrincipal('111122223333') }));
  const other = new Stack(app(), 'Other', { env: place });
  imported(other)[grant](newFunction(other));
  expect(statementsOf(stack)).toEqual(statementsOf(other));
  expect(endpoint.environment).toEqual({ SCIM_DEPLOYMENT: expect.any(String) });
});

test('reading a directory reaches its tables and their indexes, and nothing else', () => {
  const stack = new Stack(app(), 'Other', { env: place });
  imported(stack).grantReadDirectory(newFunction(stack));
  const table = 'arn:aws:dynamodb:eu-west-1:111122223333:table';
  expect(new Set(resourcesOf(stack))).toEqual(
    new Set([
      `${table}/directory`,
      `${table}/directory/index/modified`,
      `${table}/memberships`,
      `${table}/memberships/index/inverse`,
    ]),
  );
});

test('a deployment without activity, limits and a key gives no permission for them', () => {
  const { ActivityTable: _, UsagePlanLow: __, ...rest } = outputs;
  const stack = new Stack(app(), 'Other', { env: place });
  imported(stack, rest).grantManageTenants(newFunction(stack));
  expect(resourcesOf(stack).filter((arn) => /activity|apigateway|kms/.test(arn))).toEqual([]);
});

test.each([
  ['grantReadDirectory', ['kms:Decrypt'], ['dynamodb']],
  ['grantManageTenants', ['kms:Decrypt', 'kms:GenerateDataKey'], ['dynamodb', 'secretsmanager']],
  ['grantReadActivity', ['kms:Decrypt'], ['dynamodb']],
] as const)('%s allows use of the key of the customer by these services only', (grant, actions, services) => {
  const stack = new Stack(app(), 'Other', { env: place });
  const encryptionKey = Key.fromKeyArn(stack, 'Key', key);
  const endpoints: IScimEndpoint[] = [
    new ScimEndpoint(stack, 'Own', { encryptionKey }),
    imported(stack, { ...outputs, EncryptionKey: key }),
  ];
  for (const [at, endpoint] of endpoints.entries()) endpoint[grant](newFunction(stack, `Mine${at}`));
  const kms = statementsOf(stack).filter(({ Action }) => [Action].flat().some((action) => action.startsWith('kms:')));
  expect(kms.map(({ Action, Resource }) => [[Action].flat(), Resource])).toEqual([[[...actions], key]]);
  const via = kms[0]?.Condition?.StringEquals?.['kms:ViaService'];
  expect([via].flat()).toEqual(services.map((service) => `${service}.eu-west-1.amazonaws.com`));
});

test('a function of another stack of the app gets the grant, and CloudFormation passes the names', () => {
  const all = new App();
  const endpoint = new ScimEndpoint(new Stack(all, 'Identity', { env: place }), 'Scim');
  const stack = new Stack(all, 'Application', { env: place });
  endpoint.grantReadDirectory(newFunction(stack));
  const [fn] = Object.values(Template.fromStack(stack).findResources('AWS::Lambda::Function'));
  expect(JSON.stringify(fn?.Properties.Environment)).toContain('Fn::ImportValue');
});

test('the parameter of an endpoint describes it, and another app reads it', () => {
  const stack = new Stack(app(), 'Identity', { env: place });
  new ScimEndpoint(stack, 'Scim').addSsmParameter();
  const [parameter] = Object.values(Template.fromStack(stack).findResources('AWS::SSM::Parameter'));
  expect(parameter?.Properties.Name).toBe('/serverless-scim/Identity/Scim');
  expect(render(parameter?.Properties.Value)).toMatch(/"directoryTable":"ScimTablesDirectory/);

  const name = '/mine';
  const context = {
    [`ssm:account=${place.account}:parameterName=${name}:region=${place.region}`]: JSON.stringify(description),
  };
  const other = new Stack(new App({ context }), 'Other', { env: place });
  const endpoint = ScimEndpoint.fromSsmParameter(other, 'Scim', name);
  expect(endpoint.description).toEqual(description);
});

test('before it is looked up, a parameter does not keep an app from synthesizing', () => {
  const stack = new Stack(new App(), 'Other', { env: place });
  ScimEndpoint.fromSsmParameter(stack, 'Scim', '/mine').grantReadDirectory(newFunction(stack));
  expect(statementsOf(stack)).not.toEqual([]);
});

test('a parameter that describes no endpoint, and a missing output, are named', () => {
  const name = '/mine';
  for (const value of ['text', '{"format":0}', 'null']) {
    const context = { [`ssm:account=${place.account}:parameterName=${name}:region=${place.region}`]: value };
    const stack = new Stack(new App({ context }), 'Other', { env: place });
    expect(() => ScimEndpoint.fromSsmParameter(stack, 'Scim', name)).toThrow(
      /The SSM parameter \/mine does not describe/,
    );
  }
  const { SecretPrefix: _, ...rest } = outputs;
  expect(() => imported(new Stack(app(), 'Other'), rest)).toThrow(/The outputs have no SecretPrefix/);
});
