import { ArnFormat, Stack } from 'aws-cdk-lib';
import type { GrantOnPrincipalOptions } from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';
import type { DeploymentDescription } from '../deployment/description';
import { activityIndexes } from '../deployment/tables';
import { onlyPartitions } from './permission-statements';
import { inverseIndex, modifiedIndex } from './table-constructs';

/** What is allowed, on what. */
export type Allowed = Pick<GrantOnPrincipalOptions, 'actions' | 'resourceArns' | 'conditions'>;

/** The ARNs of what a deployment consists of, for the functions of an application. */
export interface DeploymentArns {
  readonly directory: string;
  readonly memberships: string;
  /** Absent where the deployer keeps no activity. */
  readonly activity?: string;
  /** The secrets of all tokens and clients. */
  readonly secrets?: string;
  /** The log group of the authorizer. */
  readonly authorizerLog?: string;
  readonly apiKeys: string;
  /** The keys of each usage plan; none where tenants are not limited. */
  readonly usagePlanKeys: readonly string[];
}

/** The ARNs of a deployment in the account of a construct. */
export function arnsOf(scope: IConstruct, description: DeploymentDescription): DeploymentArns {
  const { region, directoryTable, membershipsTable, activityTable, secretPrefix, authorizerLog } = description;
  const { usagePlans } = description;
  const arn = (service: string, resource: string, resourceName: string, arnFormat: ArnFormat) =>
    Stack.of(scope).formatArn({ service, region, resource, resourceName, arnFormat });
  const table = (name: string) => arn('dynamodb', 'table', name, ArnFormat.SLASH_RESOURCE_NAME);
  const gateway = (path: string) =>
    Stack.of(scope).formatArn({ service: 'apigateway', region, account: '', resource: '', resourceName: path });
  return {
    directory: table(directoryTable),
    memberships: table(membershipsTable),
    ...(activityTable !== undefined && { activity: table(activityTable) }),
    ...(secretPrefix !== undefined && {
      secrets: arn('secretsmanager', 'secret', `${secretPrefix}/*`, ArnFormat.COLON_RESOURCE_NAME),
    }),
    ...(authorizerLog !== undefined && {
      authorizerLog: arn('logs', 'log-group', `${authorizerLog}:*`, ArnFormat.COLON_RESOURCE_NAME),
    }),
    apiKeys: gateway('apikeys'),
    usagePlanKeys:
      typeof usagePlans === 'object' ? Object.values(usagePlans).map((id) => gateway(`usageplans/${id}/keys`)) : [],
  };
}

const onItems = (...actions: string[]) => actions.map((action) => `dynamodb:${action}`);

/**
 * The partitions of the directory table that reading users and groups takes: those of tenants and credentials are not among
 * them. `*` stands for a tenant's id.
 */
const directoryPartitions = [
  '*#USER',
  '*#GROUP',
  '*#USERNAME#*',
  '*#USER-EXTERNAL#*',
  '*#EMAIL#*',
  '*#GROUPNAME#*',
  '*#COUNT#*',
  '*#DELETED',
  '*#TOMBSTONE',
  '*#STATE',
  '*#ROLES',
];

/** Reading users, groups and memberships. No scans: a query stays in one tenant's partitions. */
export function readDirectory({ directory, memberships }: DeploymentArns): readonly Allowed[] {
  return [
    {
      actions: onItems('BatchGetItem', 'GetItem', 'Query'),
      resourceArns: [directory],
      conditions: onlyPartitions(...directoryPartitions),
    },
    { actions: onItems('Query'), resourceArns: [`${directory}/index/${modifiedIndex}`, memberships] },
    { actions: onItems('BatchGetItem'), resourceArns: [memberships] },
    { actions: onItems('Query'), resourceArns: [`${memberships}/index/${inverseIndex}`] },
  ];
}

/** Reading activity and refused credentials, and whether a tenant exists. */
export function readActivity({ directory, activity, authorizerLog }: DeploymentArns): readonly Allowed[] {
  const indexes = [activityIndexes.subject, 'failures'].map((index) => `${activity}/index/${index}`);
  return [
    { actions: onItems('GetItem'), resourceArns: [directory], conditions: onlyPartitions('*#STATE') },
    ...(activity === undefined ? [] : [{ actions: onItems('Query'), resourceArns: [activity, ...indexes] }]),
    ...(authorizerLog === undefined ? [] : [{ actions: ['logs:FilterLogEvents'], resourceArns: [authorizerLog] }]),
  ];
}

/** Managing tenants and their credentials, and restoring what was deleted. No scans. */
export function manageTenants(arns: DeploymentArns): readonly Allowed[] {
  const { directory, memberships, activity, secrets, apiKeys, usagePlanKeys } = arns;
  const onSecrets = ['CreateSecret', 'DeleteSecret', 'GetSecretValue', 'PutSecretValue'];
  return [
    {
      actions: onItems('BatchGetItem', 'BatchWriteItem', 'ConditionCheckItem', 'DeleteItem', 'GetItem', 'PutItem'),
      resourceArns: [directory],
    },
    { actions: onItems('Query', 'UpdateItem'), resourceArns: [directory] },
    { actions: onItems('BatchWriteItem'), resourceArns: [memberships] },
    ...(activity === undefined
      ? []
      : [{ actions: onItems('BatchWriteItem', 'PutItem', 'UpdateItem'), resourceArns: [activity] }]),
    ...(secrets === undefined
      ? []
      : [
          { actions: onSecrets.map((action) => `secretsmanager:${action}`), resourceArns: [secrets] },
          // This action has no resources that a policy could name.
          { actions: ['secretsmanager:ListSecrets'], resourceArns: ['*'] },
        ]),
    ...(usagePlanKeys.length === 0
      ? []
      : [
          { actions: ['apigateway:GET', 'apigateway:POST'], resourceArns: [apiKeys] },
          { actions: ['apigateway:DELETE'], resourceArns: [`${apiKeys}/*`] },
          { actions: ['apigateway:POST'], resourceArns: [...usagePlanKeys] },
        ]),
    ...readActivity(arns),
  ];
}
