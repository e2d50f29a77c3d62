import { App } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { SaasStack } from '../saas-stack';

// The tests need no bundles of the functions.
const app = new App({ context: { 'aws:cdk:bundling-stacks': [] } });
const template = Template.fromStack(new SaasStack(app, 'SaasApp'));

/** What the policy of a function allows, as `<action>`. */
function actionsOf(id: string): readonly string[] {
  const policies = Object.entries(template.findResources('AWS::IAM::Policy'));
  const [, policy] = policies.find(([name]) => name.startsWith(`${id}ServiceRoleDefaultPolicy`)) ?? [];
  const statements: { readonly Action: string | readonly string[] }[] = policy?.Properties.PolicyDocument.Statement;
  return [...new Set(statements.flatMap(({ Action }) => Action))].sort();
}

test('the function that lists people may read the directory, and nothing else', () => {
  expect(actionsOf('People')).toEqual(['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:Query']);
});

test('only the function of the button may create tenants and credentials', () => {
  expect(actionsOf('EnableScim')).toEqual(
    expect.arrayContaining(['dynamodb:PutItem', 'secretsmanager:CreateSecret', 'secretsmanager:DeleteSecret']),
  );
});

test('the function that ends sessions may read and delete sessions, and reads no directory', () => {
  expect(actionsOf('EndSessions')).toEqual(['dynamodb:DeleteItem', 'dynamodb:Query', 'sqs:SendMessage']);
});

test('it is invoked when a user is disabled or deleted, and what it misses is kept', () => {
  template.hasResourceProperties('AWS::Events::Rule', {
    EventPattern: { source: ['serverless-scim'], 'detail-type': ['User Disabled', 'User Deleted'] },
    Targets: [Match.objectLike({ DeadLetterConfig: Match.anyValue() })],
  });
});
