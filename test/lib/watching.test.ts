import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { alarms } from '../../lib/alarms';
import { ScimEndpoint } from '../../lib/scim-endpoint';
import { app, resources, synthesize } from './synthesize';

const pages = join(__dirname, '../../docs/alarms');

test('every alarm has its page, and every page its alarm', () => {
  expect(readdirSync(pages).sort()).toEqual(alarms.map(({ page }) => `${page}.md`).sort());
  for (const { page, id } of alarms) {
    expect(existsSync(join(pages, `${page}.md`))).toBe(true);
    expect(readFileSync(join(pages, `${page}.md`), 'utf8')).toContain(id);
  }
  for (const [id, { Properties }] of resources(synthesize(), 'AWS::CloudWatch::Alarm')) {
    const alarm = alarms.find((definition) => `Watching${definition.id}` === id);
    expect(Properties.AlarmDescription).toBe(`${alarm?.what} What to do: docs/alarms/${alarm?.page}.md`);
  }
});

test('no alarm rings because nothing happens', () => {
  const made = [...resources(synthesize(), 'AWS::CloudWatch::Alarm').values()];
  expect(made.length).toBe(alarms.length);
  for (const { Properties } of made) expect(Properties.TreatMissingData).toBe('notBreaching');
});

test('alarms reach the e-mail address, by a topic that refuses plain HTTP', () => {
  const template = synthesize({ alarmEmail: 'operations@example.com' });
  template.hasResourceProperties('AWS::SNS::Subscription', { Protocol: 'email', Endpoint: 'operations@example.com' });
  template.resourceCountIs('AWS::SNS::TopicPolicy', 1);
  for (const { Properties } of resources(template, 'AWS::CloudWatch::Alarm').values()) {
    expect(Properties.AlarmActions).toEqual([{ Ref: expect.stringMatching(/^EndpointWatchingAlarms/) }]);
  }
  expect(() => synthesize({ alarmEmail: 'operations' })).toThrow('alarmEmail "operations" is not an e-mail address');
});

test('alarms reach the topic handed in', () => {
  const stack = new Stack(app(), 'Test');
  const alarmTopic = Topic.fromTopicArn(stack, 'Topic', 'arn:aws:sns:eu-west-1:111122223333:operations');
  new ScimEndpoint(stack, 'Endpoint', { alarmTopic });
  for (const { Properties } of resources(Template.fromStack(stack), 'AWS::CloudWatch::Alarm').values()) {
    expect(Properties.AlarmActions).toEqual(['arn:aws:sns:eu-west-1:111122223333:operations']);
  }
});

test('there is one dashboard', () => {
  synthesize().resourceCountIs('AWS::CloudWatch::Dashboard', 1);
});

test('every day the function that watches the tokens runs', () => {
  const template = synthesize();
  template.hasResourceProperties('AWS::Events::Rule', {
    ScheduleExpression: 'rate(1 day)',
    State: 'ENABLED',
    Targets: [{ Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('ExpiringExpiryFunction'), 'Arn'] } }],
  });
  template.hasResourceProperties('AWS::CloudWatch::Alarm', {
    Namespace: 'ServerlessScim',
    MetricName: 'DaysToTokenExpiry',
    Dimensions: [{ Name: 'DirectoryTable', Value: { Ref: Match.stringLikeRegexp('TablesDirectory') } }],
    ComparisonOperator: 'LessThanOrEqualToThreshold',
    Threshold: 30,
  });
});
