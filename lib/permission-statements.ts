import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Tables } from './table-constructs';

const itemActions = [
  'dynamodb:BatchGetItem',
  'dynamodb:BatchWriteItem',
  'dynamodb:ConditionCheckItem',
  'dynamodb:DeleteItem',
  'dynamodb:GetItem',
  'dynamodb:PutItem',
  'dynamodb:Query',
  'dynamodb:UpdateItem',
];

/** What reading encrypted items takes of their key. */
export const readKeyActions = ['kms:Decrypt', 'kms:DescribeKey'];

/** What writing encrypted items takes of their key. */
export const writeKeyActions = [
  'kms:Encrypt',
  'kms:GenerateDataKey',
  'kms:GenerateDataKeyWithoutPlaintext',
  'kms:ReEncryptFrom',
  'kms:ReEncryptTo',
];

/** The partition of all tenants. */
export const tenantPartition = 'TENANT';

/** Only these partitions. `ForAllValues` alone would also allow a request without keys. */
export const onlyPartitions = (...patterns: string[]) => ({
  'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': patterns },
  Null: { 'dynamodb:LeadingKeys': 'false' },
});

/**
 * No item of a tenant, its label, its credentials or its mapping to roles, whatever else allows it: a fault in a request must
 * not reach them.
 */
export function denyTenants(directory: Tables['directory']): PolicyStatement {
  return new PolicyStatement({
    effect: Effect.DENY,
    actions: itemActions,
    resources: [directory.tableArn],
    conditions: {
      'ForAnyValue:StringLike': { 'dynamodb:LeadingKeys': [tenantPartition, `${tenantPartition}-*`, '*#ROLES'] },
    },
  });
}

/** Reading one secret under the prefix by its name. Not listing secrets, and not those of other applications. */
export function readSecrets(secrets: string, encryptionKey: IKey | undefined): PolicyStatement[] {
  return [
    new PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources: [secrets] }),
    ...(encryptionKey ? [useForSecrets(encryptionKey, secrets, ['kms:Decrypt'])] : []),
  ];
}

/** Creating, reading, replacing and deleting secrets under the prefix by their names. Not listing them. */
export function manageSecrets(secrets: string, encryptionKey: IKey | undefined): PolicyStatement[] {
  const actions = ['CreateSecret', 'DeleteSecret', 'GetSecretValue', 'PutSecretValue'];
  return [
    new PolicyStatement({ actions: actions.map((action) => `secretsmanager:${action}`), resources: [secrets] }),
    ...(encryptionKey ? [useForSecrets(encryptionKey, secrets, ['kms:Decrypt', 'kms:GenerateDataKey'])] : []),
  ];
}

/** Use of a key through Secrets Manager, for these secrets only. */
function useForSecrets({ keyArn, stack }: IKey, secrets: string, actions: string[]): PolicyStatement {
  return new PolicyStatement({
    actions,
    resources: [keyArn],
    conditions: {
      StringEquals: { 'kms:ViaService': `secretsmanager.${stack.region}.amazonaws.com` },
      StringLike: { 'kms:EncryptionContext:SecretARN': secrets },
    },
  });
}

/** Use of a customer managed key, if there is one: DynamoDB uses it on behalf of the caller. */
export function useKeys(actions: string[], ...tables: readonly Tables['directory'][]): PolicyStatement[] {
  const arns = tables.flatMap(({ encryptionKey }) => (encryptionKey ? [encryptionKey.keyArn] : []));
  return arns.length === 0 ? [] : [new PolicyStatement({ actions, resources: [...new Set(arns)] })];
}
