import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Key } from 'aws-cdk-lib/aws-kms';
import { ScimEndpoint } from '../../lib/scim-endpoint';
import { ScimStack } from '../../lib/scim-stack';
import { app, resources } from './synthesize';

const keyArn = 'arn:aws:kms:eu-west-1:111122223333:key/1';
const env = { account: '111122223333', region: 'eu-west-1' };

/** A stack with all optional parts, and with this key. */
function withImportedKey(): Template {
  const scope = new Stack(app(), 'Keys', { env });
  const encryptionKey = Key.fromKeyArn(scope, 'Key', keyArn);
  return Template.fromStack(new ScimStack(app(), 'Test', { env, encryptionKey, accessLog: true }));
}

/** Each type of resource that can hold personal data or secrets, and the path of its key in the properties. */
const keyOf: Readonly<Record<string, readonly (string | number)[]>> = {
  'AWS::DynamoDB::GlobalTable': ['Replicas', 0, 'SSESpecification', 'KMSMasterKeyId'],
  'AWS::SQS::Queue': ['KmsMasterKeyId'],
  'AWS::S3::Bucket': [
    'BucketEncryption',
    'ServerSideEncryptionConfiguration',
    0,
    'ServerSideEncryptionByDefault',
    'KMSMasterKeyID',
  ],
  'AWS::Logs::LogGroup': ['KmsKeyId'],
  'AWS::Lambda::Function': ['KmsKeyArn'],
  'AWS::Events::EventBus': ['KmsKeyIdentifier'],
};

test.each(Object.entries(keyOf))("each %s is encrypted with the customer's key", (type, path) => {
  const found = [...resources(withImportedKey(), type)];
  expect(found.length).toBeGreaterThan(0);
  for (const [, { Properties }] of found) expect(Properties).toHaveProperty([...path], keyArn);
});

test('every type of resource that stores something is in the list above, or stores neither personal data nor secrets', () => {
  const stored = Object.values(withImportedKey().toJSON().Resources as Record<string, { Type: string }>)
    .map(({ Type }) => Type)
    .filter((type) => /^AWS::(DynamoDB|SQS|S3|SNS|Logs|Lambda|Events|SecretsManager|SSM|Kinesis)::/.test(type));
  const empty = ['AWS::SQS::QueuePolicy', 'AWS::S3::BucketPolicy', 'AWS::Lambda::Permission', 'AWS::Events::Rule'];
  const mappings = ['AWS::Lambda::EventSourceMapping', 'AWS::Logs::MetricFilter'];
  expect([...new Set(stored)].sort()).toEqual([...Object.keys(keyOf), ...empty, ...mappings].sort());
});

test('the authorizer may decrypt the secrets of tokens alone, through Secrets Manager alone', () => {
  const statements = [...resources(withImportedKey(), 'AWS::IAM::Policy')]
    .filter(([id]) => id.startsWith('RequestsAuthorizer'))
    .flatMap(([, { Properties }]) => (Properties.PolicyDocument as { Statement: { Action: unknown }[] }).Statement);
  const secrets = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:serverless-scim/Test/Endpoint/*';
  expect(statements.filter(({ Action }) => String(Action).includes('kms:'))).toEqual([
    {
      Action: 'kms:Decrypt',
      Effect: 'Allow',
      Resource: keyArn,
      Condition: {
        StringEquals: { 'kms:ViaService': 'secretsmanager.eu-west-1.amazonaws.com' },
        StringLike: { 'kms:EncryptionContext:SecretARN': secrets },
      },
    },
  ]);
});

test('scim-admin finds the key for new secrets in the outputs; without a key there is no such output', () => {
  expect(withImportedKey().findOutputs('EncryptionKey')).toMatchObject({ EncryptionKey: { Value: keyArn } });
  expect(Template.fromStack(new ScimStack(app(), 'Test')).findOutputs('EncryptionKey')).toEqual({});
});

test('a key of the same app lets CloudWatch Logs and EventBridge use it, for this endpoint', () => {
  const stack = new Stack(app(), 'Test', { env });
  new ScimEndpoint(stack, 'Endpoint', { encryptionKey: new Key(stack, 'Key') });
  const [key] = Object.values(Template.fromStack(stack).findResources('AWS::KMS::Key'));
  const statements = key?.Properties.KeyPolicy.Statement as { Principal: { Service?: string }; Condition?: object }[];
  const services = statements.filter(({ Principal }) => Principal.Service !== undefined);
  expect(services.map(({ Principal }) => Principal.Service).sort()).toEqual([
    'events.amazonaws.com',
    'logs.eu-west-1.amazonaws.com',
  ]);
  for (const { Condition } of services) expect(JSON.stringify(Condition)).toContain('kms:EncryptionContext:aws:');
});
