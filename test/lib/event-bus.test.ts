import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { EventBus, Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { ScimEndpoint } from '../../lib/scim-endpoint';
import { ScimStack } from '../../lib/scim-stack';
import { app, resource, resources, synthesize } from './synthesize';

const busArn = 'arn:aws:events:eu-west-1:444455556666:event-bus/central';

function environment(template: Template): Record<string, unknown> {
  const { Environment } = resource(template, 'AWS::Lambda::Function', 'SweepingChangesFunction').Properties;
  return (Environment as { Variables: Record<string, unknown> }).Variables;
}

test('changes go to a bus of the deployment, named after stack and construct', () => {
  expect(resource(synthesize(), 'AWS::Events::EventBus', 'Events').Properties.Name).toBe('Test.Endpoint');
  const odd = new Stack(app(), 'Test');
  new ScimEndpoint(odd, 'users@home');
  Template.fromStack(odd).hasResourceProperties('AWS::Events::EventBus', { Name: 'Test.users.home' });
});

test('a bus handed in, also of another account, is used instead, and no other may be written to', () => {
  const stack = new Stack(app(), 'Test');
  new ScimEndpoint(stack, 'Endpoint', { eventBus: EventBus.fromEventBusArn(stack, 'Bus', busArn) });
  const template = Template.fromStack(stack);
  template.resourceCountIs('AWS::Events::EventBus', 0);
  expect(environment(template).EVENT_BUS_NAME).toBe(busArn);
  const put = [...resources(template, 'AWS::IAM::Policy').values()]
    .flatMap(({ Properties }) => (Properties.PolicyDocument as { Statement: { Action: unknown }[] }).Statement)
    .filter(({ Action }) => JSON.stringify(Action).includes('events:'));
  expect(put).toEqual([{ Action: 'events:PutEvents', Effect: 'Allow', Resource: busArn }]);
});

test('events contain values only if eventValues is set', () => {
  expect(environment(synthesize()).EVENT_VALUES).toBe('false');
  expect(environment(synthesize({ eventValues: true })).EVENT_VALUES).toBe('true');
});

test('a rule of the same app listens on the bus that the endpoint exposes', () => {
  const stack = new ScimStack(app(), 'Test');
  new Rule(stack, 'Left', {
    eventBus: stack.endpoint.eventBus,
    eventPattern: { source: ['serverless-scim'], detailType: ['User Disabled'] },
    targets: [new SqsQueue(new Queue(stack, 'Queue'))],
  });
  const rule = resource(Template.fromStack(stack), 'AWS::Events::Rule', 'Left');
  expect(rule.Properties.EventBusName).toEqual({ Ref: expect.stringMatching(/^EndpointEvents/) });
});
