import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Permission } from '../deployment/functions';
import type { activityIndexes } from '../deployment/tables';
import type { Granted, Resources } from './granted';
import {
  manageSecrets,
  onlyPartitions,
  readKeyActions,
  tenantPartition,
  useKeys,
  writeKeyActions,
} from './permission-statements';
import { inverseIndex } from './table-constructs';

/** The partitions with users, groups and what leads to them, and none with tenants or credentials. */
const people = [
  ...['USER', 'GROUP', 'DELETED', 'TOMBSTONE', 'TOMBSTONE-BODY', 'BRAKE'].map((name) => `*#${name}`),
  ...['USERNAME', 'USER-EXTERNAL', 'EMAIL', 'GROUPNAME'].map((name) => `*#${name}#*`),
];

type PortalPermission = Extract<
  Permission,
  'keepSessions' | 'manageCredentials' | 'managePeople' | 'readActivity' | 'readRefusals' | 'servePortal'
>;

/** What the portal alone needs. Nothing lets it list tenants, create one or delete one. */
export const portalPermissions: Readonly<Record<PortalPermission, (resources: Resources) => Granted>> = {
  /** Invitations, sessions, what the administrator chose, and events until they are published. */
  keepSessions: ({ tables: { directory } }) => ({
    statements: [
      new PolicyStatement({
        actions: ['dynamodb:DeleteItem', 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
        resources: [directory.tableArn],
        conditions: onlyPartitions('*#INVITATION', '*#SESSION', '*#SETUP', '*#EVENT'),
      }),
    ],
    environment: {},
  }),

  /** One tenant by its id, with its credentials and their secrets. No query: the partition of tenants cannot be listed. */
  manageCredentials: ({ tables: { directory }, credentialSecrets, secretPrefix, encryptionKey }) => ({
    statements: [
      new PolicyStatement({
        actions: ['dynamodb:GetItem', 'dynamodb:UpdateItem'],
        resources: [directory.tableArn],
        conditions: onlyPartitions(tenantPartition),
      }),
      new PolicyStatement({
        actions: ['dynamodb:DeleteItem', 'dynamodb:Query'],
        resources: [directory.tableArn],
        conditions: onlyPartitions('*#USE'),
      }),
      ...manageSecrets(credentialSecrets, encryptionKey),
    ],
    environment: { SECRET_PREFIX: secretPrefix, ...(encryptionKey ? { SECRET_KEY: encryptionKey.keyArn } : {}) },
  }),

  /** Reading users and groups, disabling users, restoring deleted ones with their memberships. */
  managePeople: ({ tables: { directory, memberships, environment } }) => ({
    statements: [
      new PolicyStatement({
        actions: [
          'dynamodb:BatchGetItem',
          'dynamodb:DeleteItem',
          'dynamodb:GetItem',
          'dynamodb:PutItem',
          'dynamodb:Query',
          'dynamodb:UpdateItem',
        ],
        resources: [directory.tableArn],
        conditions: onlyPartitions(...people),
      }),
      new PolicyStatement({ actions: ['dynamodb:BatchWriteItem'], resources: [memberships.tableArn] }),
      new PolicyStatement({
        actions: ['dynamodb:Query'],
        resources: [`${memberships.tableArn}/index/${inverseIndex}`],
      }),
      ...useKeys([...readKeyActions, ...writeKeyActions], directory, memberships),
    ],
    environment,
  }),

  /** Reading the rows of a tenant, and adding what the administrator did. */
  readActivity: ({ tables: { activity }, activityDays }): Granted => {
    if (!activity) return { statements: [], environment: {} };
    const index = (name: keyof typeof activityIndexes) => `${activity.tableArn}/index/${name}`;
    return {
      statements: [
        new PolicyStatement({
          actions: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query'],
          resources: [activity.tableArn],
          conditions: onlyPartitions('*#ACTIVITY'),
        }),
        new PolicyStatement({ actions: ['dynamodb:Query'], resources: [index('failures'), index('subject')] }),
        ...useKeys([...readKeyActions, ...writeKeyActions], activity),
      ],
      environment: { ACTIVITY_TABLE: activity.tableName, ACTIVITY_DAYS: String(activityDays) },
    };
  },

  /** Reading which credentials the authorizer refused. */
  readRefusals: ({ authorizerLog }) => ({
    statements: [
      new PolicyStatement({ actions: ['logs:FilterLogEvents'], resources: [authorizerLog?.logGroupArn ?? '*'] }),
    ],
    environment: { AUTHORIZER_LOG: authorizerLog?.logGroupName ?? '' },
  }),

  /** Nothing, but knowing what the deployer set. */
  servePortal: ({ maxTokenDays }) => ({
    statements: [],
    environment: { MAX_TOKEN_DAYS: String(maxTokenDays), PORTAL_SETTINGS: 'settings.json' },
  }),
};
