import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { routeFunctions, routes } from '../../deployment/functions';
import { type RequestSummary, requestEntry } from '../../lambda/gateway/request-entry';
import { alarms } from '../../lib/alarms';
import { ScimEndpoint } from '../../lib/scim-endpoint';
import expectedAlarms from './alarms.json';
import { app, only, render, resource, resources, synthesize } from './synthesize';

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

test('no alarm fires without data', () => {
  const made = [...resources(synthesize(), 'AWS::CloudWatch::Alarm').values()];
  expect(made.length).toBe(alarms.length);
  for (const { Properties } of made) expect(Properties.TreatMissingData).toBe('notBreaching');
});

test.each([
  { props: { alarms: false }, alarmsLeft: 0, dashboards: 1 },
  { props: { dashboard: false }, alarmsLeft: alarms.length, dashboards: 0 },
  { props: { alarms: false, dashboard: false }, alarmsLeft: 0, dashboards: 0 },
])('$props leaves out what it names and nothing else', ({ props, alarmsLeft, dashboards }) => {
  const template = synthesize(props);
  template.resourceCountIs('AWS::CloudWatch::Alarm', alarmsLeft);
  template.resourceCountIs('AWS::CloudWatch::Dashboard', dashboards);
  const others = (made: Template) =>
    Object.values(made.toJSON().Resources as Record<string, { Type: string }>)
      .map(({ Type }) => Type)
      .filter((type) => !type.startsWith('AWS::CloudWatch::'));
  expect(others(template)).toEqual(others(synthesize()));
});

test('a dashboard without alarms has no widget of alarms', () => {
  const body = (template: Template) => render(only(template, 'AWS::CloudWatch::Dashboard').Properties.DashboardBody);
  expect(body(synthesize())).toContain('"type":"alarm"');
  expect(body(synthesize({ alarms: false }))).not.toContain('"type":"alarm"');
});

test('alarms reach the e-mail address, by a topic that refuses plain HTTP', () => {
  const template = synthesize({ alarmEmail: 'operations@example.com' });
  template.hasResourceProperties('AWS::SNS::Subscription', { Protocol: 'email', Endpoint: 'operations@example.com' });
  template.resourceCountIs('AWS::SNS::TopicPolicy', 1);
  for (const { Properties } of resources(template, 'AWS::CloudWatch::Alarm').values()) {
    expect(Properties.AlarmActions).toEqual([{ Ref: expect.stringMatching(/^EndpointWatchingAlarms/) }]);
  }
  expect(() => synthesize({ alarmEmail: 'operations' })).toThrow('alarmEmail "operations" is not an email address');
});

test('alarms reach the topic handed in', () => {
  const stack = new Stack(app(), 'Test');
  const alarmTopic = Topic.fromTopicArn(stack, 'Topic', 'arn:aws:sns:eu-west-1:111122223333:operations');
  new ScimEndpoint(stack, 'Endpoint', { alarmTopic });
  for (const { Properties } of resources(Template.fromStack(stack), 'AWS::CloudWatch::Alarm').values()) {
    expect(Properties.AlarmActions).toEqual(['arn:aws:sns:eu-west-1:111122223333:operations']);
  }
});

/** The metrics of our own that the one dashboard shows: `<name> <dimension>=<value>,…`. */
function shown(template: Template): string[] {
  const { DashboardBody } = only(template, 'AWS::CloudWatch::Dashboard').Properties;
  const { widgets } = JSON.parse(render(DashboardBody)) as { widgets: { properties: { metrics?: unknown[][] } }[] };
  return widgets
    .flatMap(({ properties }) => properties.metrics ?? [])
    .filter(([namespace]) => namespace === 'ServerlessScim')
    .map((metric) => {
      const [, name, ...pairs] = metric.filter((part) => typeof part === 'string') as string[];
      const dimensions = pairs.flatMap((key, index) => (index % 2 === 0 ? [`${key}=${pairs[index + 1]}`] : []));
      return `${name} ${dimensions.sort()}`;
    });
}

/** The metrics that CloudWatch makes of the line of a request, as `shown` has them. */
function published(name: string): string[] {
  const consumption = { readUnits: 0, writeUnits: 0, conflicts: 0 };
  const summary = { deployment: 'TablesDirectory', function: name, consumption } as RequestSummary;
  const { _aws, ...line } = requestEntry(summary, new Date()) as Readonly<Record<string, unknown>> & {
    _aws: { CloudWatchMetrics: { Dimensions: string[][]; Metrics: { Name: string }[] }[] };
  };
  return _aws.CloudWatchMetrics.flatMap(({ Dimensions, Metrics }) =>
    Dimensions.flatMap((names) =>
      Metrics.map(({ Name }) => `${Name} ${names.map((dimension) => `${dimension}=${line[dimension]}`).sort()}`),
    ),
  );
}

test('the dashboard shows every metric that the functions publish of requests, and no other', () => {
  const expected = new Set(routeFunctions.flatMap(published));
  expect(expected.size).toBe(5 * routeFunctions.length + 6);
  expect(new Set(shown(synthesize({ portal: true })))).toEqual(expected);
});

/** One metric of an alarm: `<namespace> <name> <dimension>=<value>`. */
function describeMetric({ Namespace, MetricName, Dimensions }: MetricOf): string {
  const dimensions = Dimensions.map(({ Name, Value }) => `${Name}=${render(Value)}`);
  return [Namespace, MetricName, dimensions.sort().join(',')].join(' ');
}

interface MetricOf {
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Dimensions: readonly { readonly Name: string; readonly Value: unknown }[];
}

interface AlarmOf extends MetricOf {
  readonly Threshold: number;
  readonly EvaluationPeriods: number;
  readonly ComparisonOperator: string;
  readonly Metrics?: readonly { readonly Expression?: string; readonly MetricStat?: { readonly Metric: MetricOf } }[];
}

test('each alarm has the right metrics: tables with their indexes, records written to the bucket and those that were not', () => {
  const made = [...resources(synthesize(), 'AWS::CloudWatch::Alarm')].map(([id, { Properties }]) => {
    const { Metrics = [], Threshold, EvaluationPeriods, ComparisonOperator, ...one } = Properties as unknown as AlarmOf;
    const metrics = Metrics.flatMap(({ MetricStat }) => (MetricStat ? [describeMetric(MetricStat.Metric)] : []));
    const rings = `${ComparisonOperator} ${Threshold}, ${EvaluationPeriods} times`;
    return [id.replace('Watching', ''), { rings, of: Metrics.length > 0 ? metrics : [describeMetric(one)] }];
  });
  expect(Object.fromEntries(made)).toEqual(expectedAlarms);
});

test('a 501 response does not trigger an alarm, although API Gateway counts it as 5xx', () => {
  const { Metrics } = resource(synthesize(), 'AWS::CloudWatch::Alarm', 'WatchingServerErrors').Properties;
  expect(Metrics).toContainEqual(
    expect.objectContaining({ Expression: expect.stringContaining('all, 0 - FILL(notImplemented, 0),') }),
  );
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

test('with an access log the alarm for 429 counts those of the gateway too', () => {
  const template = synthesize({ accessLog: true });
  const { FilterPattern, MetricTransformations } = only(template, 'AWS::Logs::MetricFilter').Properties;
  const open = routes
    .filter((route) => route.open && route.function !== 'portal')
    .map(({ path }) => ` && ($.route != "${path}")`);
  // Anybody can have the open routes answer with 429.
  expect(open).toHaveLength(3);
  expect(FilterPattern).toBe(`{ ($.status = "429")${open.join('')} }`);
  const published = { MetricNamespace: 'ServerlessScim/Test/Endpoint', MetricName: 'ThrottledRequests' };
  expect(MetricTransformations).toEqual([{ ...published, MetricValue: '1' }]);
  const { Metrics } = resource(template, 'AWS::CloudWatch::Alarm', 'WatchingThrottledRequests').Properties;
  expect(Metrics).toMatchObject([
    { Expression: 'SUM([all, 0 - FILL(held, 0)])' },
    { MetricStat: { Metric: { Namespace: published.MetricNamespace, MetricName: published.MetricName }, Stat: 'Sum' } },
    { MetricStat: { Metric: { MetricName: 'Held' }, Stat: 'Sum' } },
  ]);
});
