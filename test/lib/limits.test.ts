import { tenantKey, tierOfKey, tiers } from '../../deployment/limits';
import { only, render, resource, resources, synthesize } from './synthesize';

const throttles = (template: ReturnType<typeof synthesize>) =>
  [...resources(template, 'AWS::ApiGateway::UsagePlan')].map(([id, { Properties }]) => [id, Properties.Throttle]);

test('there is a usage plan for each tier, on the one stage', () => {
  const template = synthesize();
  expect(throttles(template)).toEqual([
    ['LimitsLow', { RateLimit: 25, BurstLimit: 50 }],
    ['LimitsStandard', { RateLimit: 50, BurstLimit: 100 }],
    ['LimitsHigh', { RateLimit: 200, BurstLimit: 400 }],
  ]);
  for (const { Properties } of resources(template, 'AWS::ApiGateway::UsagePlan').values()) {
    expect(Properties.ApiStages).toMatchObject([
      { ApiId: { Ref: expect.stringContaining('RestApi') }, Stage: { Ref: expect.stringContaining('Stage') } },
    ]);
  }
});

test('a deployer sets the rate of a tier; the others keep theirs', () => {
  expect(throttles(synthesize({ tenantRateLimits: { standard: 80 } }))).toEqual([
    ['LimitsLow', { RateLimit: 25, BurstLimit: 50 }],
    ['LimitsStandard', { RateLimit: 80, BurstLimit: 160 }],
    ['LimitsHigh', { RateLimit: 200, BurstLimit: 400 }],
  ]);
});

test('every method behind the authorizer needs a key, and the authorizer alone hands it over', () => {
  const template = synthesize();
  expect(only(template, 'AWS::ApiGateway::RestApi').Properties.ApiKeySourceType).toBe('AUTHORIZER');
  for (const { Properties } of resources(template, 'AWS::ApiGateway::Method').values()) {
    expect(Properties.ApiKeyRequired ?? false).toBe(Properties.AuthorizationType === 'CUSTOM');
  }
});

test('without limits of tenants no method needs a key, and there are neither plans nor keys nor outputs of them', () => {
  const template = synthesize({ tenantLimits: false });
  for (const { Properties } of resources(template, 'AWS::ApiGateway::Method').values()) {
    expect(Properties.ApiKeyRequired ?? false).toBe(false);
  }
  for (const type of ['UsagePlan', 'UsagePlanKey', 'ApiKey']) template.resourceCountIs(`AWS::ApiGateway::${type}`, 0);
  expect(Object.keys(template.findOutputs('*')).filter((name) => name.startsWith('UsagePlan'))).toEqual([]);
});

test('tenants without a key of their own share the one that the authorizer knows, in the default tier', () => {
  const template = synthesize();
  const key = render(only(template, 'AWS::ApiGateway::ApiKey').Properties.Value);
  expect(JSON.stringify(only(template, 'AWS::ApiGateway::ApiKey').Properties.Value)).toContain('AWS::StackId');
  expect(key).toMatch(/^scimshared[0-9a-f]{12}/);
  const authorizer = resource(template, 'AWS::Lambda::Function', 'RequestsAuthorizerFunction');
  const { Variables } = authorizer.Properties.Environment as { Variables: { SHARED_API_KEY: unknown } };
  expect(render(Variables.SHARED_API_KEY)).toBe(key);
  expect(render(only(template, 'AWS::ApiGateway::UsagePlanKey').Properties.UsagePlanId)).toBe('LimitsStandard');
});

test('scim-admin finds the usage plan of each tier in the outputs', () => {
  expect(Object.keys(synthesize().findOutputs('*')).filter((name) => name.startsWith('UsagePlan'))).toEqual([
    'UsagePlanLow',
    'UsagePlanStandard',
    'UsagePlanHigh',
  ]);
});

test('the key of a tenant names its tier and has a length that API Gateway takes', () => {
  for (const tier of tiers) {
    const key = tenantKey('abcdefghijkl', tier);
    expect(tierOfKey(key)).toBe(tier);
    expect(key.length).toBeGreaterThanOrEqual(20);
    expect(tiers.filter((other) => tier.startsWith(other))).toEqual([tier]);
  }
  expect(tierOfKey('scimtenantabcdefghijklother')).toBeUndefined();
});

test('requests that do not have the shape of a credential run no function', () => {
  const { IdentityValidationExpression } = only(synthesize(), 'AWS::ApiGateway::Authorizer').Properties;
  expect(IdentityValidationExpression).toContain('sst_');
});
