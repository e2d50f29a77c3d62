import { OperatorError } from '../error';

/** An IAM policy (JSON policy language, version 2012-10-17). */
export interface PolicyDocument {
  readonly Version: '2012-10-17';
  readonly Statement: readonly Statement[];
}

/** A statement of a policy; each allows something. */
export interface Statement {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

/** Where in AWS something is. */
export interface Place {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
}

/** The resources of a deployment that `scim-admin` uses. */
export interface DeploymentResources extends Place {
  readonly stack: string;
  readonly directoryTable: string;
  readonly membershipsTable: string;
  /** Absent where the deployer keeps no activity. */
  readonly activityTable?: string;
  readonly secretPrefix: string;
  /** The log group of the authorizer. */
  readonly authorizerLog: string;
  /** Ids of the usage plans. */
  readonly usagePlans: readonly string[];
  /** ARN of the customer managed key, if there is one. */
  readonly encryptionKey?: string;
}

const policy = (...Statement: readonly Statement[]): PolicyDocument => ({ Version: '2012-10-17', Statement });

const allow = (Sid: string, Action: readonly string[], Resource: readonly string[]): Statement => ({
  Sid,
  Effect: 'Allow',
  Action,
  Resource,
});

/** The place in a stack's ARN. @throws OperatorError if it is no ARN of a stack */
export function placeOfStack(stackId: string): Place {
  const [, partition, region, account] = /^arn:([\w-]+):cloudformation:([\w-]+):(\d{12}):stack\//.exec(stackId) ?? [];
  if (partition && region && account) return { partition, region, account };
  throw new OperatorError(`CloudFormation returned "${stackId}" as the id of the stack, which is no ARN of a stack.`);
}

/** The roles of the CDK's bootstrap stack that `cdk deploy` assumes; CloudFormation gets its own role from them. */
export function cdkRoles({ partition, region, account }: Place): readonly string[] {
  return ['deploy', 'file-publishing', 'lookup'].map(
    (role) => `arn:${partition}:iam::${account}:role/cdk-hnb659fds-${role}-role-${account}-${region}`,
  );
}

/** The policy of a person or pipeline that runs `cdk deploy` and `scim-admin preflight` in a bootstrapped region. */
export function deployerPolicy(place: Place): PolicyDocument {
  const { partition, region, account } = place;
  const gateway = `arn:${partition}:apigateway:${region}::`;
  return policy(
    allow('Deploy', ['sts:AssumeRole'], cdkRoles(place)),
    allow(
      'ReadBootstrapVersion',
      ['ssm:GetParameter'],
      [`arn:${partition}:ssm:${region}:${account}:parameter/cdk-bootstrap/hnb659fds/version`],
    ),
    allow(
      'ReadGateway',
      ['apigateway:GET'],
      ['/account', '/apikeys', '/usageplans'].map((path) => gateway + path),
    ),
    // These actions have no resources that a policy could name.
    allow('ReadQuotas', ['lambda:GetAccountSettings', 'secretsmanager:ListSecrets'], ['*']),
    allow(
      'SimulateOwnPermissions',
      ['iam:GetRole', 'iam:SimulatePrincipalPolicy'],
      [`arn:${partition}:iam::${account}:role/*`, `arn:${partition}:iam::${account}:user/*`],
    ),
  );
}

/** The policy of a person who runs every command of `scim-admin` on a deployment. */
export function operatorPolicy(resources: DeploymentResources): PolicyDocument {
  const { partition, region, usagePlans } = resources;
  const { directory, memberships, secrets } = arns(resources);
  const gateway = `arn:${partition}:apigateway:${region}::`;
  return policy(
    ...reads(resources),
    allow('WriteDirectory', onItems(['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem']), [directory]),
    allow('ReadWrittenMemberships', onItems(['BatchGetItem']), [memberships]),
    allow('CheckDirectory', onItems(['ConditionCheckItem']), [directory]),
    allow('WriteMemberships', onItems(['UpdateItem', 'DeleteItem', 'BatchWriteItem']), [memberships]),
    ...onActivity(resources, 'WriteActivity', ['PutItem', 'UpdateItem', 'BatchWriteItem']),
    allow(
      'WriteTokens',
      ['CreateSecret', 'PutSecretValue', 'DeleteSecret'].map((action) => `secretsmanager:${action}`),
      [secrets],
    ),
    allow('ReadAndCreateApiKeys', ['apigateway:GET', 'apigateway:POST'], [`${gateway}/apikeys`]),
    allow('DeleteApiKeys', ['apigateway:DELETE'], [`${gateway}/apikeys/*`]),
    allow(
      'LimitTenants',
      ['apigateway:POST'],
      usagePlans.map((id) => `${gateway}/usageplans/${id}/keys`),
    ),
    ...keyUse(resources, ['kms:Decrypt', 'kms:GenerateDataKey']),
  );
}

/** The policy of a person who runs the commands that change nothing: lists, `show`, `stats`, `check`, `export`. */
export function readOnlyPolicy(resources: DeploymentResources): PolicyDocument {
  return policy(...reads(resources), ...keyUse(resources, ['kms:Decrypt']));
}

function reads(resources: DeploymentResources): readonly Statement[] {
  const { partition, region, account, stack } = resources;
  const { directory, memberships, secrets, authorizerLog } = arns(resources);
  const stackArn = `arn:${partition}:cloudformation:${region}:${account}:stack/${stack}/*`;
  return [
    allow('FindDeployment', ['cloudformation:DescribeStacks'], [stackArn]),
    allow('ReadDirectory', onItems(['GetItem', 'BatchGetItem', 'Query', 'Scan']), [directory]),
    allow('ReadMemberships', onItems(['GetItem', 'Query', 'Scan']), [memberships]),
    allow('ReadMembershipsOfMember', onItems(['Query']), [`${memberships}/index/inverse`]),
    // The secrets hold hashes of tokens, never tokens.
    allow('ReadTokens', ['secretsmanager:GetSecretValue'], [secrets]),
    allow('ReadRefusedCredentials', ['logs:FilterLogEvents'], [authorizerLog]),
    ...onActivity(resources, 'ReadActivity', ['Query'], ['', '/index/*']),
    allow('ListTokens', ['secretsmanager:ListSecrets'], ['*']),
  ];
}

/** Nothing where the deployment keeps no activity. `parts` follow the table's ARN. */
function onActivity(
  { partition, region, account, activityTable }: DeploymentResources,
  Sid: string,
  actions: readonly string[],
  parts: readonly string[] = [''],
): readonly Statement[] {
  if (activityTable === undefined) return [];
  const arn = `arn:${partition}:dynamodb:${region}:${account}:table/${activityTable}`;
  return [
    allow(
      Sid,
      onItems(actions),
      parts.map((part) => arn + part),
    ),
  ];
}

const onItems = (actions: readonly string[]) => actions.map((action) => `dynamodb:${action}`);

function arns({ partition, region, account, ...names }: DeploymentResources) {
  const table = (name: string) => `arn:${partition}:dynamodb:${region}:${account}:table/${name}`;
  return {
    directory: table(names.directoryTable),
    memberships: table(names.membershipsTable),
    authorizerLog: `arn:${partition}:logs:${region}:${account}:log-group:${names.authorizerLog}:*`,
    secrets: `arn:${partition}:secretsmanager:${region}:${account}:secret:${names.secretPrefix}/*`,
  };
}

/** Secrets Manager and DynamoDB use the customer's key on behalf of the caller. */
function keyUse({ encryptionKey, region }: DeploymentResources, actions: readonly string[]): readonly Statement[] {
  if (encryptionKey === undefined) return [];
  const services = ['secretsmanager', 'dynamodb'].map((service) => `${service}.${region}.amazonaws.com`);
  const Condition = { StringEquals: { 'kms:ViaService': services } };
  return [{ ...allow('UseKey', actions, [encryptionKey]), Condition }];
}
