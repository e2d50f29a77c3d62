import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Key } from 'aws-cdk-lib/aws-kms';
import { ScimEndpoint } from '../../lib/scim-endpoint';
import expected from './policies.json';
import { app, render, resources, synthesize } from './synthesize';

interface Statement {
  readonly Action: string | readonly string[];
  readonly Effect: string;
  readonly Resource: unknown;
  readonly Condition?: unknown;
}

/** A condition on partitions in words. `ForAllValues` alone would also hold for a request without keys. */
function describeCondition(condition: unknown): string {
  const { Null, ...others } = condition as Readonly<Record<string, Record<string, unknown>>>;
  const [[operator, keys] = ['', {}], ...more] = Object.entries(others);
  expect(more).toEqual([]);
  expect(Null).toEqual(operator.startsWith('ForAllValues:') ? { 'dynamodb:LeadingKeys': 'false' } : undefined);
  return ` if ${operator} ${[keys['dynamodb:LeadingKeys']].flat().join(', ')}`;
}

function describeStatement({ Action, Effect, Resource, Condition }: Statement): string {
  const on = (Array.isArray(Resource) ? Resource : [Resource]).map(render).join(', ');
  // What the authorizer's use of a key is limited to: encryption-key.test.ts.
  if (Action === 'kms:Decrypt') return `${Action} on ${on}`;
  const condition = Condition === undefined ? '' : describeCondition(Condition);
  return `${Effect === 'Allow' ? '' : `${Effect}: `}${[Action].flat().join(', ')} on ${on}${condition}`;
}

/** What each role may do: `<part>/<function>` → statements. */
function policies(template: Template): Record<string, string[]> {
  const found = [...resources(template, 'AWS::IAM::Policy')].map(([id, { Properties }]) => {
    const { Statement: statements } = Properties.PolicyDocument as { Statement: Statement[] };
    const name = id.replace(/RoleDefaultPolicy$/, '').replace(/^(Requests|Sweeping|Expiring)/, '$1/');
    return [name, statements.map(describeStatement)];
  });
  return Object.fromEntries(found);
}

test('each function may do exactly what its work needs', () => {
  expect(policies(synthesize())).toEqual(expected);
});

test('no role has a managed policy, and each is for one function', () => {
  const template = synthesize();
  const roles = [...resources(template, 'AWS::IAM::Role').values()];
  expect(roles.length).toBe(resources(template, 'AWS::Lambda::Function').size);
  for (const { Properties } of roles) expect(Properties.ManagedPolicyArns).toBeUndefined();
});

test("with a customer's key each function may use it as its work needs, the authorizer for secrets only", () => {
  const stack = new Stack(app(), 'Test', { env: { region: 'eu-west-1' } });
  new ScimEndpoint(stack, 'Endpoint', {
    encryptionKey: Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:111122223333:key/1'),
  });
  const kms = Object.entries(policies(Template.fromStack(stack))).map(([name, statements]) => [
    name,
    statements.filter((statement) => statement.startsWith('kms:')).map((statement) => statement.split(' on ')[0]),
  ]);
  const readWrite = [
    'kms:Decrypt, kms:DescribeKey, kms:Encrypt, kms:GenerateDataKey, kms:GenerateDataKeyWithoutPlaintext, kms:ReEncryptFrom, kms:ReEncryptTo',
  ];
  expect(Object.fromEntries(kms)).toEqual({
    'Requests/Authorizer': ['kms:Decrypt'],
    'Requests/Oauth': ['kms:Decrypt'],
    'Requests/Users': readWrite,
    'Requests/Groups': readWrite,
    'Requests/Bulk': readWrite,
    'Requests/Search': readWrite,
    'Requests/Discovery': readWrite,
    'Expiring/Expiry': ['kms:Decrypt, kms:DescribeKey'],
    'Sweeping/Changes': [
      'kms:Decrypt, kms:DescribeKey, kms:Encrypt, kms:GenerateDataKey, kms:GenerateDataKeyWithoutPlaintext, kms:ReEncryptFrom, kms:ReEncryptTo',
    ],
  });
});
