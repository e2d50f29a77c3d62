import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { ScimEndpoint } from '../../lib/scim-endpoint';
import type { BusEvent } from '../../local/event-bus';
import { playScenario } from '../changes/scenario';
import { eventChecker } from '../changes/schemas';
import { openStage, type Stage } from '../changes/stage';
import { app } from '../lib/synthesize';
import { cognitoClient } from './cognito';
import { compileExamples, type Example, loadExample, readExamples, readJson, run } from './examples';

const document = 'docs/events.md';
const examples = readExamples(document);

test('the events in the document match their schemas', () => {
  const check = eventChecker();
  const events = readJson(document) as BusEvent[];
  expect(events.map((event) => event['detail-type'])).toEqual(['User Disabled', 'Members Added', 'Tenant Held']);
  expect(events.map(check).filter(Boolean)).toEqual([]);
});

test('the examples compile', () => {
  expect(compileExamples(examples)).toBe('');
});

const one = (name: string): Example => {
  const example = examples.find((each) => each.name === name);
  if (!example) throw new Error(`${document} has no example ${name}.`);
  return example;
};

type AddRules = (scope: Construct, scim: ScimEndpoint) => unknown;

/** The template of a stack with an endpoint and an example's rules. */
function synthesize(name: string): Template {
  const stack = new Stack(app(), 'Test');
  loadExample<AddRules>(one(name))(stack, new ScimEndpoint(stack, 'Scim'));
  return Template.fromStack(stack);
}

describe.each(['endSessions', 'mirrorIntoTable', 'mirrorIntoCognito'])('%s', (name) => {
  it("has a rule on the endpoint's bus, with a dead-letter queue", () => {
    const template = synthesize(name);
    const [bus] = Object.keys(template.findResources('AWS::Events::EventBus'));
    template.hasResourceProperties('AWS::Events::Rule', {
      EventBusName: { Ref: bus },
      EventPattern: Match.objectLike({ source: ['serverless-scim'] }),
      Targets: [Match.objectLike({ DeadLetterConfig: Match.anyValue() })],
    });
  });
});

test('tellSlack sends the alarms of the endpoint and of a dead-letter queue to a channel', () => {
  const stack = new Stack(app(), 'Test');
  type TellSlack = (scope: Construct, makeRules: (scim: ScimEndpoint) => IQueue) => void;
  const endSessions = loadExample<(scope: Construct, scim: ScimEndpoint) => IQueue>(one('endSessions'));
  loadExample<TellSlack>(one('tellSlack'))(stack, (scim) => endSessions(stack, scim));
  const template = Template.fromStack(stack);
  const alarms = Object.values(template.findResources('AWS::CloudWatch::Alarm')) as {
    Properties: { AlarmActions?: unknown[] };
  }[];
  const [topic] = Object.keys(template.findResources('AWS::SNS::Topic'));
  expect(alarms.length).toBeGreaterThan(5);
  for (const { Properties } of alarms) expect(Properties.AlarmActions).toEqual([{ Ref: topic }]);
  template.hasResourceProperties('AWS::Chatbot::SlackChannelConfiguration', { SnsTopicArns: [{ Ref: topic }] });
});

test('every example is tested here', () => {
  expect(examples.map(({ name }) => name)).toEqual([
    'endSessions',
    'mirrorIntoTable',
    'mirrorIntoCognito',
    'tellSlack',
  ]);
});

/** The code of the one function of an example. */
function inlineCode(name: string): string {
  const functions = Object.values(synthesize(name).findResources('AWS::Lambda::Function')) as {
    Properties: { Code: { ZipFile?: string } };
  }[];
  return functions.map(({ Properties }) => Properties.Code.ZipFile).find((code) => code !== undefined) ?? '';
}

type Handler = (event: BusEvent) => Promise<void>;

describe('a mirror that gets its events in reverse order and twice', () => {
  let stage: Stage;
  let late: readonly BusEvent[];

  beforeAll(async () => {
    stage = await openStage();
    const { directory, memberships } = await playScenario(stage);
    // One batch per record, so that as much as possible can be out of order.
    for (const record of [...directory, ...memberships]) await stage.handle([record]);
    late = [...stage.events].reverse().flatMap((event) => [event, event]);
  });
  afterAll(() => stage.close());

  it('has the directory in its table', async () => {
    const client = new DynamoDBClient({});
    const names = ['tenantId', 'id'] as const;
    await client.send(
      new CreateTableCommand({
        TableName: 'mirror',
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: names.map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
        KeySchema: names.map((AttributeName, index) => ({ AttributeName, KeyType: index === 0 ? 'HASH' : 'RANGE' })),
      }),
    );
    process.env.TABLE = 'mirror';
    const { handler } = run(inlineCode('mirrorIntoTable'), require) as { handler: Handler };
    for (const event of late) await handler(event);

    const { Items = [] } = await DynamoDBDocumentClient.from(client).send(new ScanCommand({ TableName: 'mirror' }));
    const there = Items.filter(({ gone }) => !gone);
    const resources = there.filter(({ type }) => type === undefined);
    const named = (name: string) => resources.flatMap((item) => (item[name] as string | undefined) ?? []).sort();
    expect(named('displayName')).toEqual(['People', 'Spare']);
    expect(named('userName')).toEqual(['anna', 'ben', 'dora', 'emil', 'fay'].map((user) => `${user}@example.com`));
    // Anna left the group and came back, ben and dora are in it; cleo and the inner group were deleted. Fay and the spare
    // group, with dora, were deleted and restored.
    expect(
      there
        .filter(({ type }) => type === 'User')
        .map(({ userName }) => userName)
        .sort(),
    ).toEqual(['anna', 'ben', 'dora', 'dora', 'fay'].map((user) => `${user}@example.com`));
  });

  it('has in its user pool the users, the deleted one disabled', async () => {
    const users: Parameters<typeof cognitoClient>[0] = new Map();
    process.env.USER_POOL = 'pool';
    const { handler } = run(inlineCode('mirrorIntoCognito'), () => cognitoClient(users)) as { handler: Handler };
    for (const event of late) if (event['detail-type'].startsWith('User')) await handler(event);

    const shown = [...users.values()].map(({ enabled, attributes }) => [attributes.get('preferred_username'), enabled]);
    expect(Object.fromEntries(shown)).toEqual({
      'anna@example.com': true,
      'ben@example.com': true,
      'cleo@example.com': false,
      'dora@example.com': true,
      'emil@example.com': true,
      'fay@example.com': true,
    });
  });
});
