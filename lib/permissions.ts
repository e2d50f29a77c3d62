import { ArnFormat, Stack } from 'aws-cdk-lib';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { Permission } from '../deployment/functions';
import type { Granted, Resources } from './granted';
import {
  denyTenants,
  onlyPartitions,
  readKeyActions,
  readSecrets,
  tenantPartition,
  useKeys,
  writeKeyActions,
} from './permission-statements';
import { portalPermissions } from './portal-permissions';
import { inverseIndex, modifiedIndex, type Tables } from './table-constructs';

/** What reading, creating, changing and deleting one resource and its index entries takes. */
const resourceActions = ['dynamodb:DeleteItem', 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'];

const credentialUses = '*#USE';
const tenantStates = '*#STATE';

/** The ARN of the secret of every credential. */
export function credentialSecrets(scope: Construct, secretPrefix: string): string {
  return Stack.of(scope).formatArn({
    service: 'secretsmanager',
    resource: 'secret',
    resourceName: `${secretPrefix}/*`,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
}

/** Defines each permission of the table of functions. */
export const permissions: Readonly<Record<Permission, (resources: Resources) => Granted>> = {
  ...portalPermissions,

  /** Reading the secrets of tokens and clients. */
  readCredentials: (resources) => ({
    statements: readSecrets(resources.credentialSecrets, resources.encryptionKey),
    environment: {
      ...secretEnvironment(resources),
      SECRET_CACHE_SECONDS: String(resources.secretCacheTtl.toSeconds()),
      SHARED_API_KEY: resources.sharedApiKey,
    },
  }),

  /** Reading the secrets of clients, and knowing which issuers may be asked for their keys. */
  readClients: (resources) => ({
    statements: readSecrets(resources.credentialSecrets, resources.encryptionKey),
    environment: { ...secretEnvironment(resources), FEDERATION_HOSTS: resources.federationHosts.join(' ') },
  }),

  /** Reading resources by their ids and memberships. No scans: every query stays in one tenant's partitions. */
  readDirectory: onTables(({ directory, memberships }) => [
    new PolicyStatement({
      actions: ['dynamodb:BatchGetItem', 'dynamodb:Query'],
      resources: [directory.tableArn, memberships.tableArn],
    }),
    new PolicyStatement({
      actions: ['dynamodb:Query'],
      resources: [`${memberships.tableArn}/index/${inverseIndex}`],
    }),
    denyTenants(directory),
    ...useKeys(readKeyActions, directory, memberships),
  ]),

  /** Finding resources by the time of their last change. */
  findModified: onTables(({ directory }) => [
    new PolicyStatement({
      actions: ['dynamodb:Query'],
      resources: [`${directory.tableArn}/index/${modifiedIndex}`],
    }),
  ]),

  /** Managing users. More changed emails than fit a transaction are written in batches (`updateResource`). */
  manageUsers: onTables(({ directory }) => [
    new PolicyStatement({
      actions: [...resourceActions, 'dynamodb:BatchWriteItem'],
      resources: [directory.tableArn],
    }),
    ...useKeys(writeKeyActions, directory),
  ]),

  /** Managing groups and their members. A small group is created with its members, in one transaction. */
  manageGroups: onTables(({ directory, memberships }) => [
    new PolicyStatement({ actions: resourceActions, resources: [directory.tableArn] }),
    new PolicyStatement({
      actions: ['dynamodb:BatchWriteItem', 'dynamodb:PutItem'],
      resources: [memberships.tableArn],
    }),
    ...useKeys(writeKeyActions, directory, memberships),
  ]),

  /** Reading tenants' states, and nothing else. Functions that manage resources may read every item but tenants. */
  readTenantState: onTables(({ directory }) => [
    new PolicyStatement({
      actions: ['dynamodb:GetItem'],
      resources: [directory.tableArn],
      conditions: onlyPartitions(tenantStates),
    }),
    ...useKeys(readKeyActions, directory),
  ]),

  /** Updating when a credential was last used, and nothing else. */
  recordUse: onTables(({ directory }) => [
    new PolicyStatement({
      actions: ['dynamodb:UpdateItem'],
      resources: [directory.tableArn],
      conditions: onlyPartitions(credentialUses),
    }),
    ...useKeys([...readKeyActions, ...writeKeyActions], directory),
  ]),

  /** Reading tenants and when their credentials were last used, and nothing else. */
  readTenants: onTables(({ directory }) => [
    new PolicyStatement({
      actions: ['dynamodb:Query'],
      resources: [directory.tableArn],
      conditions: onlyPartitions(tenantPartition, credentialUses),
    }),
    ...useKeys(readKeyActions, directory),
  ]),

  /** Keeping deleted resources, deleting their memberships, reading, claiming and deleting marks, reading names for events. */
  followChanges: ({ tables: { directory, memberships, environment }, retentionDays }) => ({
    statements: [
      new PolicyStatement({
        actions: ['dynamodb:BatchGetItem', 'dynamodb:DeleteItem', 'dynamodb:GetItem', 'dynamodb:UpdateItem'],
        resources: [directory.tableArn],
      }),
      // The number of users, and the marks of what is deleted.
      new PolicyStatement({
        actions: ['dynamodb:Query'],
        resources: [directory.tableArn],
        conditions: onlyPartitions('*#COUNT#USER', '*#DELETED'),
      }),
      new PolicyStatement({
        actions: ['dynamodb:BatchWriteItem', 'dynamodb:Query'],
        resources: [memberships.tableArn],
      }),
      new PolicyStatement({
        actions: ['dynamodb:Query'],
        resources: [`${memberships.tableArn}/index/${inverseIndex}`],
      }),
      denyTenants(directory),
      ...useKeys([...readKeyActions, ...writeKeyActions], directory, memberships),
    ],
    environment: { ...environment, DELETED_RESOURCE_RETENTION_DAYS: String(retentionDays) },
  }),

  /** Putting rows of activity and marks of reads, and nothing else: not reading them, nor rows that only members find. */
  putActivity: withActivity(({ tableArn }) => [
    new PolicyStatement({
      actions: ['dynamodb:PutItem'],
      resources: [tableArn],
      conditions: onlyPartitions('*#ACTIVITY', '*#BODY', '*#READ'),
    }),
  ]),

  /** Putting rows of changes. */
  recordChanges: withActivity(({ tableArn }) => [
    new PolicyStatement({
      actions: ['dynamodb:BatchWriteItem'],
      resources: [tableArn],
      conditions: onlyPartitions('*#ACTIVITY', '*#MEMBER'),
    }),
  ]),

  /** Reading both streams, and writing failed records; Lambda first lists the bucket. */
  readStreams: ({ tables, failedRecords }) => ({
    statements: [
      new PolicyStatement({
        actions: ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'],
        resources: [tables.directoryStreamArn, tables.membershipsStreamArn],
      }),
      // Lambda calls this before it reads any stream; the action has no resource.
      new PolicyStatement({ actions: ['dynamodb:ListStreams'], resources: ['*'] }),
      new PolicyStatement({ actions: ['s3:ListBucket'], resources: [failedRecords.bucketArn] }),
      new PolicyStatement({ actions: ['s3:PutObject'], resources: [failedRecords.arnForObjects('*')] }),
    ],
    environment: {},
  }),

  /** Sending messages to the queue of second sweeps, and receiving them. */
  sweepLater: ({ sweeps, sweepDelay }) => ({
    statements: [
      new PolicyStatement({
        actions: ['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage', 'sqs:SendMessage'],
        resources: [sweeps.queueArn],
      }),
      ...(sweeps.encryptionMasterKey
        ? [
            new PolicyStatement({
              actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
              resources: [sweeps.encryptionMasterKey.keyArn],
            }),
          ]
        : []),
    ],
    environment: { SWEEP_QUEUE_URL: sweeps.queueUrl, SWEEP_DELAY_SECONDS: String(sweepDelay.toSeconds()) },
  }),

  /** Putting events on this bus and no other. */
  putEvents: ({ eventBus: { eventBusArn }, eventValues }) => ({
    statements: [new PolicyStatement({ actions: ['events:PutEvents'], resources: [eventBusArn] })],
    // A bus in another account can only be named by its ARN.
    environment: { EVENT_BUS_NAME: eventBusArn, EVENT_VALUES: String(eventValues) },
  }),
};

function secretEnvironment({ secretPrefix, tables }: Resources): Readonly<Record<string, string>> {
  return { SECRET_PREFIX: secretPrefix, DEPLOYMENT: tables.directory.tableName };
}

/** A permission on the tables, with the variables that name them. */
function onTables(statements: (tables: Tables) => readonly PolicyStatement[]): (resources: Resources) => Granted {
  return ({ tables }) => ({ statements: statements(tables), environment: tables.environment });
}

/** A permission on the table of activity, with the variables that name it; nothing if no activity is kept. */
function withActivity(
  statements: (activity: TableV2) => readonly PolicyStatement[],
): (resources: Resources) => Granted {
  return ({ tables: { activity }, activityDays }): Granted => {
    if (!activity) return { statements: [], environment: {} };
    return {
      statements: [...statements(activity), ...useKeys([...readKeyActions, ...writeKeyActions], activity)],
      environment: { ACTIVITY_TABLE: activity.tableName, ACTIVITY_DAYS: String(activityDays) },
    };
  };
}
