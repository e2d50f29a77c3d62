import { ArnFormat, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { inverseIndex, modifiedIndex, type Tables } from './tables';

const readActions = ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:Query'];

const writeActions = [
  'dynamodb:BatchWriteItem',
  'dynamodb:ConditionCheckItem',
  'dynamodb:DeleteItem',
  'dynamodb:PutItem',
  'dynamodb:UpdateItem',
];

const readKeyActions = ['kms:Decrypt', 'kms:DescribeKey'];

const writeKeyActions = [
  'kms:Encrypt',
  'kms:GenerateDataKey',
  'kms:GenerateDataKeyWithoutPlaintext',
  'kms:ReEncryptFrom',
  'kms:ReEncryptTo',
];

/** Only the partition of tenants. `ForAllValues` alone also holds for a request without keys. */
const onlyTenants = {
  'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['TENANT'] },
  Null: { 'dynamodb:LeadingKeys': 'false' },
};

/** The ARN of every token's secret. */
export function tokenSecrets(scope: Construct, secretPrefix: string): string {
  return Stack.of(scope).formatArn({
    service: 'secretsmanager',
    resource: 'secret',
    resourceName: `${secretPrefix}/*`,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
}

/** Reading one secret by its name, under the prefix: never listing them, never another application's. */
export function readTokens(scope: Construct, secretPrefix: string): PolicyStatement[] {
  const resources = [tokenSecrets(scope, secretPrefix)];
  return [new PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources })];
}

/** Reading the tables by key and by index. No scan: every search stays inside one tenant's partitions. */
export function readDirectory({ directory, memberships }: Tables): PolicyStatement[] {
  return [
    new PolicyStatement({ actions: readActions, resources: [directory.tableArn, memberships.tableArn] }),
    new PolicyStatement({
      actions: ['dynamodb:Query'],
      resources: [`${directory.tableArn}/index/${modifiedIndex}`, `${memberships.tableArn}/index/${inverseIndex}`],
    }),
    ...useKeys(readKeyActions, directory, memberships),
  ];
}

/** Writing resources and memberships, one by one, in batches and in transactions. */
export function writeDirectory({ directory, memberships }: Tables): PolicyStatement[] {
  return [
    new PolicyStatement({ actions: writeActions, resources: [directory.tableArn, memberships.tableArn] }),
    ...useKeys(writeKeyActions, directory, memberships),
  ];
}

/** Noting a token's last use in its tenant's item, and nothing else. */
export function recordUse({ directory }: Tables): PolicyStatement[] {
  return [
    new PolicyStatement({
      actions: ['dynamodb:UpdateItem'],
      resources: [directory.tableArn],
      conditions: onlyTenants,
    }),
    ...useKeys([...readKeyActions, ...writeKeyActions], directory),
  ];
}

/** Reading the tenants' items, and nothing else. */
export function readTenants({ directory }: Tables): PolicyStatement[] {
  return [
    new PolicyStatement({
      actions: ['dynamodb:Query'],
      resources: [directory.tableArn],
      conditions: onlyTenants,
    }),
    ...useKeys(readKeyActions, directory),
  ];
}

/** Deleting the memberships that something deleted left, claiming and deleting its mark, reading the names for events. */
export function followChanges({ directory, memberships }: Tables): PolicyStatement[] {
  return [
    new PolicyStatement({
      actions: ['dynamodb:BatchGetItem', 'dynamodb:DeleteItem', 'dynamodb:UpdateItem'],
      resources: [directory.tableArn],
    }),
    new PolicyStatement({
      actions: ['dynamodb:BatchWriteItem', 'dynamodb:Query'],
      resources: [memberships.tableArn],
    }),
    new PolicyStatement({
      actions: ['dynamodb:Query'],
      resources: [`${memberships.tableArn}/index/${inverseIndex}`],
    }),
    ...useKeys([...readKeyActions, ...writeKeyActions], directory, memberships),
  ];
}

/** The use of a customer's key, where there is one: DynamoDB uses it in the name of whoever asks. */
function useKeys(actions: string[], ...tables: readonly Tables['directory'][]): PolicyStatement[] {
  const arns = tables.flatMap(({ encryptionKey }) => (encryptionKey ? [encryptionKey.keyArn] : []));
  return arns.length === 0 ? [] : [new PolicyStatement({ actions, resources: [...new Set(arns)] })];
}
