import { App, Duration } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { routes } from '../../deployment/functions';
import { responses } from '../../deployment/gateway-responses';
import { ScimStack, type ScimStackProps } from '../../lib/scim-stack';
import { only, render, resource, resources, synthesize } from './synthesize';

/** What each method of each path of the deployed API invokes, and whether anybody may call it, from the template alone. */
function deployedRoutes(template: Template): Record<string, string> {
  const parts = template.findResources('AWS::ApiGateway::Resource');
  const path = (reference: { Ref?: string }): string => {
    const part = parts[reference.Ref ?? ''];
    return part ? `${path(part.Properties.ParentId)}/${part.Properties.PathPart}` : '';
  };
  const methods = Object.values(template.findResources('AWS::ApiGateway::Method')).map(({ Properties }) => {
    expect(Properties.Integration).toMatchObject({ Type: 'AWS_PROXY', IntegrationHttpMethod: 'POST' });
    const [, name = ''] = /Requests(\w+?)Function\.Arn\/invocations$/.exec(render(Properties.Integration.Uri)) ?? [];
    const { HttpMethod: method, AuthorizationType: type } = Properties;
    return [`${method} ${path(Properties.ResourceId) || '/'}`, `${name.toLowerCase()} ${type}`];
  });
  return Object.fromEntries(methods);
}

test('the API has exactly the routes of the table of functions, each behind the authorizer but for the open ones', () => {
  const expected = routes.map(({ method, path, function: name, open }) => [
    `${method} ${path}`,
    `${name} ${open ? 'NONE' : 'CUSTOM'}`,
  ]);
  expect(deployedRoutes(synthesize({ portal: true }))).toEqual(Object.fromEntries(expected));
});

test('without the portal there are no routes of it', () => {
  const expected = routes.filter((route) => route.function !== 'portal').map(({ method, path }) => `${method} ${path}`);
  expect(Object.keys(deployedRoutes(synthesize())).sort()).toEqual(expected.sort());
});

test('the portal may be called by anybody, and has limits of its own', () => {
  const template = synthesize({ portal: true });
  const open = Object.entries(deployedRoutes(template)).filter(([, target]) => target === 'portal NONE');
  expect(open.map(([route]) => route).sort()).toEqual(['GET /portal', 'GET /portal/{proxy+}', 'POST /portal/{proxy+}']);
  const { MethodSettings } = only(template, 'AWS::ApiGateway::Stage').Properties;
  const own = (MethodSettings as Record<string, unknown>[]).filter(({ ResourcePath }) =>
    String(ResourcePath).startsWith('/~1portal'),
  );
  expect(own).toHaveLength(3);
  for (const settings of own) expect(settings).toMatchObject({ ThrottlingRateLimit: 50, ThrottlingBurstLimit: 100 });
});

test('anybody may call the token endpoint and its metadata, and nothing else', () => {
  const open = Object.entries(deployedRoutes(synthesize())).filter(([, target]) => target.endsWith(' NONE'));
  expect(open.map(([route]) => route).sort()).toEqual([
    'GET /.well-known/oauth-authorization-server/{tenantId}',
    'GET /{tenantId}/.well-known/oauth-authorization-server',
    'POST /{tenantId}/oauth2/token',
  ]);
});

test('each open method has a limit of its own', () => {
  const { MethodSettings } = only(synthesize(), 'AWS::ApiGateway::Stage').Properties;
  const own = (MethodSettings as Record<string, unknown>[]).filter(({ HttpMethod }) => HttpMethod !== '*');
  expect(own.map(({ HttpMethod, ResourcePath }) => `${HttpMethod} ${ResourcePath}`).sort()).toEqual([
    'GET /~1.well-known~1oauth-authorization-server~1{tenantId}',
    'GET /~1{tenantId}~1.well-known~1oauth-authorization-server',
    'POST /~1{tenantId}~1oauth2~1token',
  ]);
  for (const settings of own) expect(settings).toMatchObject({ ThrottlingRateLimit: 20, ThrottlingBurstLimit: 40 });
});

test('the gateway keeps the result of an authorizer for five minutes at most', () => {
  expect(() => synthesize({ authorizerCacheTtl: Duration.minutes(6) })).toThrow(
    'authorizerCacheTtl is 360 seconds; it is at most 5 minutes.',
  );
});

test('no resource has two variable parts below it, which API Gateway would refuse', () => {
  const variables = [...resources(synthesize(), 'AWS::ApiGateway::Resource').values()]
    .filter(({ Properties }) => /^\{/.test(String(Properties.PathPart)))
    .map(({ Properties }) => render(Properties.ParentId));
  expect(new Set(variables).size).toBe(variables.length);
});

test('every gateway response is the SCIM error of the manifest', () => {
  const deployed = [...resources(synthesize(), 'AWS::ApiGateway::GatewayResponse').values()].map(({ Properties }) => ({
    type: Properties.ResponseType,
    status: Number(Properties.StatusCode),
    headers: Properties.ResponseParameters,
    body: (Properties.ResponseTemplates as Record<string, string>)['application/json'],
  }));
  const expected = responses.map(({ headers, ...response }) => ({
    ...response,
    headers: Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [`gatewayresponse.header.${name}`, `'${value}'`]),
    ),
  }));
  const byType = (a: { type: unknown }, b: { type: unknown }): number => String(a.type).localeCompare(String(b.type));
  expect(deployed.sort(byType)).toEqual(expected.sort(byType));
});

test('the authorizer reads only the Authorization header, and its result is cached for 60 s, or not at all', () => {
  const properties = { Type: 'TOKEN', IdentitySource: 'method.request.header.Authorization' };
  synthesize().hasResourceProperties('AWS::ApiGateway::Authorizer', {
    ...properties,
    AuthorizerResultTtlInSeconds: 60,
  });
  synthesize({ authorizerCacheTtl: Duration.seconds(0) }).hasResourceProperties('AWS::ApiGateway::Authorizer', {
    ...properties,
    AuthorizerResultTtlInSeconds: 0,
  });
});

describe('in an app without feature flags', () => {
  /** The logical id of the deployment, and what it waits for. */
  function deployment(props: ScimStackProps): [id: string, dependencies: string] {
    const template = Template.fromStack(new ScimStack(new App(), 'Test', props));
    const [entry] = Object.entries(template.findResources('AWS::ApiGateway::Deployment'));
    if (!entry) throw new Error('There is no deployment.');
    return [entry[0], String(entry[1].DependsOn)];
  }

  test('the same settings make the same deployment', () => {
    expect(deployment({})).toEqual(deployment({}));
  });

  test.each<[string, ScimStackProps]>([
    ['another time to keep its answers', { authorizerCacheTtl: Duration.seconds(30) }],
    ['environments of the authorizer that are kept warm', { provisionedConcurrency: { authorizer: 1 } }],
    ['environments of another function that are kept warm', { provisionedConcurrency: { users: 1 } }],
  ])('%s: deployed to the stage, after the authorizer', (_what, props) => {
    const [id, dependencies] = deployment(props);
    expect(id).not.toBe(deployment({})[0]);
    expect(dependencies).toContain('EndpointApiAuthorizer');
  });
});

test('the stage is regional, throttled and compresses', () => {
  const template = synthesize({ throttlingRateLimit: 50, throttlingBurstLimit: 20, stageName: 'v1' });
  template.hasResourceProperties('AWS::ApiGateway::RestApi', {
    EndpointConfiguration: { Types: ['REGIONAL'] },
    MinimumCompressionSize: 1024,
  });
  template.hasResourceProperties('AWS::ApiGateway::Stage', {
    StageName: 'v1',
    TracingEnabled: false,
    MethodSettings: Match.arrayWith([
      Match.objectLike({
        HttpMethod: '*',
        ResourcePath: '/*',
        ThrottlingRateLimit: 50,
        ThrottlingBurstLimit: 20,
        DataTraceEnabled: false,
      }),
    ]),
  });
});

test('by default the stage refuses long before an account runs out of environments', () => {
  const { MethodSettings } = only(synthesize(), 'AWS::ApiGateway::Stage').Properties;
  expect(MethodSettings).toContainEqual(
    expect.objectContaining({
      ThrottlingRateLimit: 4000,
      ThrottlingBurstLimit: 800,
      HttpMethod: '*',
      ResourcePath: '/*',
    }),
  );
});

test('the access log is JSON and names routes, never paths, queries, addresses or tokens', () => {
  const stage = only(synthesize({ accessLog: true }), 'AWS::ApiGateway::Stage');
  const { Format } = stage.Properties.AccessLogSetting as { Format: string };
  expect(Object.values(JSON.parse(Format))).toEqual([
    '$context.requestTime',
    '$context.extendedRequestId',
    '$context.authorizer.tenantId',
    '$context.authorizer.credentialId',
    '$context.httpMethod',
    '$context.resourcePath',
    '$context.status',
    '$context.error.responseType',
    '$context.responseLatency',
    '$context.integrationLatency',
    '$context.authorizer.integrationLatency',
    '$context.responseLength',
  ]);
});

test('there is no access log unless accessLog or accountLoggingRole is set: other accounts could not deploy', () => {
  const settings = [
    {},
    { accessLog: true },
    { accountLoggingRole: true },
    { accessLog: false, accountLoggingRole: true },
  ];
  const logged = settings.map((props) => only(synthesize(props), 'AWS::ApiGateway::Stage').Properties.AccessLogSetting);
  expect(logged.map(Boolean)).toEqual([false, true, true, false]);
});

test("the account's logging role is created only if accountLoggingRole is set, before the stage, and kept on removal", () => {
  expect(resources(synthesize(), 'AWS::ApiGateway::Account').size).toBe(0);
  const template = synthesize({ accountLoggingRole: true });
  template.hasResource('AWS::ApiGateway::Account', { DeletionPolicy: 'Retain' });
  const role = resource(template, 'AWS::IAM::Role', 'ApiRestApiCloudWatchRole');
  expect(role.DeletionPolicy).toBe('Retain');
  const [account = ''] = Object.keys(template.findResources('AWS::ApiGateway::Account'));
  template.hasResource('AWS::ApiGateway::Stage', { DependsOn: Match.arrayWith([account]) });
});

test('each function behind the API may be invoked by this API alone, the daily one by its schedule alone', () => {
  const permissions = [...resources(synthesize(), 'AWS::Lambda::Permission').values()].map(({ Properties }) => {
    expect(Properties.Action).toBe('lambda:InvokeFunction');
    const [source] = /RestApi|ExpiringDaily/.exec(JSON.stringify(Properties.SourceArn)) ?? [];
    return `${Properties.Principal} ${source}`;
  });
  expect(permissions.sort()).toEqual([
    ...Array(7).fill('apigateway.amazonaws.com RestApi'),
    'events.amazonaws.com ExpiringDaily',
  ]);
});
