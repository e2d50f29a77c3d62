import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { context as flags } from '../../cdk.json';
import { ScimStack } from '../../lib/scim-stack';
import { readSettings } from '../../lib/settings';
import cases from './settings.json';

test.each(cases.read)('$context is read as $settings', ({ context, settings }) => {
  expect(readSettings(context)).toEqual(settings);
});

test.each(cases.refused)('$context is refused: $message', ({ context, message }) => {
  expect(() => readSettings(context)).toThrow(message);
});

test("the CDK's own context is none of ours", () => {
  const context = {
    ...flags,
    'availability-zones:account=1:region=eu-west-1': ['a'],
    'aws:cdk:version-reporting': true,
  };
  expect(readSettings(context)).toEqual({});
});

test('an unknown setting is refused with the list of those that exist', () => {
  expect(() => readSettings({ memmorySize: '512' })).toThrow(
    /^There is no setting "memmorySize"\. There are: stackName, .*memorySize, .*alarmTopicArn\.$/,
  );
});

test('all settings together make a stack, offline', () => {
  const settings = readSettings(cases.all);
  const stack = new ScimStack(new App({ context: flags }), 'Test', {
    env: { account: '111122223333', region: 'eu-west-1' },
    settings,
  });
  const template = Template.fromStack(stack);
  template.resourceCountIs('AWS::WAFv2::WebACL', 1);
  template.resourceCountIs('AWS::WAFv2::IPSet', 2);
  template.resourceCountIs('AWS::WAFv2::WebACLAssociation', 1);
  template.hasResourceProperties('AWS::ApiGateway::DomainName', {
    DomainName: 'scim.example.com',
    SecurityPolicy: 'TLS_1_2',
  });
  template.resourceCountIs('AWS::Route53::RecordSet', 1);
  template.hasOutput('BaseUrl', { Value: 'https://scim.example.com/{tenantId}/scim/v2' });
});

interface Incomplete {
  readonly settings: Readonly<Record<string, string>>;
  readonly region?: string;
  readonly message: string;
}

test.each(cases.incomplete as readonly Incomplete[])(
  '$settings is refused: $message',
  ({ settings, region, message }) => {
    const props = { settings: readSettings(settings), ...(region ? { env: { region } } : {}) };
    expect(() => new ScimStack(new App(), 'Test', props)).toThrow(message);
  },
);
