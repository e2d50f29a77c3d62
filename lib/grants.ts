import { ArnFormat, Stack } from 'aws-cdk-lib';
import { Grant, type GrantOnPrincipalOptions, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { Construct, type IConstruct } from 'constructs';
import { type DeploymentDescription, deploymentVariable } from '../deployment/description';
import { activityIndexes } from '../deployment/tables';
import { onlyPartitions } from './permission-statements';
import { inverseIndex, modifiedIndex } from './table-constructs';

/** What may get a grant: a function, a role, whatever else IAM knows. A function gets the environment as well. */
export interface Grantee extends IGrantable {
  /** A `Function` of `aws-cdk-lib/aws-lambda` has it. */
  addEnvironment?(name: string, value: string): unknown;
}

/** An endpoint, of this app or another, that functions of an application may use. */
export interface IScimEndpoint extends IConstruct {
  /** Where the deployment is: what the library of an application needs to know. */
  readonly description: DeploymentDescription;
  /**
   * The environment variable that the library reads: its name and its value. The grants set it for a function; set it
   * yourself for anything else, such as a container.
   */
  readonly environment: Readonly<Record<string, string>>;

  /**
   * Lets a function read users, groups and memberships of every tenant with `serverless-scim/directory`, and nothing else:
   * no credentials, no activity, no writes. Sets the environment.
   *
   * @param grantee the function, or another principal (its environment is yours to set)
   */
  grantReadDirectory(grantee: Grantee): Grant;

  /**
   * Lets a function manage tenants with `serverless-scim/tenants`: create and delete them, their credentials, limits and
   * state, and restore what was deleted. It includes reading their activity. Sets the environment.
   *
   * @param grantee the function, or another principal (its environment is yours to set)
   */
  grantManageTenants(grantee: Grantee): Grant;

  /**
   * Lets a function read the activity of every tenant with `serverless-scim/tenants`: `activity.list`, `activity.follow`,
   * `activity.refusals`. Sets the environment.
   *
   * @param grantee the function, or another principal (its environment is yours to set)
   */
  grantReadActivity(grantee: Grantee): Grant;
}

/** What is allowed, on what. */
type Allowed = Pick<GrantOnPrincipalOptions, 'actions' | 'resourceArns' | 'conditions'>;

/** The partitions of the directory table that reading users and groups takes: not those of tenants and credentials. */
const directoryPartitions = [
  '*#USER',
  '*#GROUP',
  '*#USERNAME#*',
  '*#USER-EXTERNAL#*',
  '*#EMAIL#*',
  '*#GROUPNAME#*',
  '*#GROUP-EXTERNAL#*',
  '*#COUNT#*',
  '*#DELETED',
  '*#TOMBSTONE',
  '*#STATE',
  '*#ROLES',
];

/** What an endpoint of this app and an imported one have in common: the grants. */
export abstract class GrantingEndpoint extends Construct implements IScimEndpoint {
  abstract readonly description: DeploymentDescription;

  /** The customer managed keys of its tables and secrets. */
  protected abstract readonly keyArns: readonly string[];

  get environment(): Readonly<Record<string, string>> {
    return { [deploymentVariable]: Stack.of(this).toJsonString(this.description) };
  }

  grantReadDirectory(grantee: Grantee): Grant {
    const { directory, memberships } = this.arns;
    return this.grant(grantee, [
      {
        actions: ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:Query'],
        resourceArns: [directory],
        conditions: onlyPartitions(...directoryPartitions),
      },
      { actions: ['dynamodb:Query'], resourceArns: [`${directory}/index/${modifiedIndex}`] },
      {
        actions: ['dynamodb:BatchGetItem', 'dynamodb:Query'],
        resourceArns: [memberships],
      },
      { actions: ['dynamodb:Query'], resourceArns: [`${memberships}/index/${inverseIndex}`] },
      ...this.useKeys(['kms:Decrypt'], 'dynamodb'),
    ]);
  }

  grantManageTenants(grantee: Grantee): Grant {
    const { directory, memberships } = this.arns;
    const writing = [
      'dynamodb:BatchWriteItem',
      'dynamodb:ConditionCheckItem',
      'dynamodb:DeleteItem',
      'dynamodb:PutItem',
      'dynamodb:UpdateItem',
    ];
    return this.grant(grantee, [
      {
        actions: ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:Query', ...writing],
        resourceArns: [directory],
      },
      {
        actions: ['dynamodb:Query', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem', 'dynamodb:BatchWriteItem'],
        resourceArns: [memberships],
      },
      ...this.useKeys(['kms:Decrypt', 'kms:GenerateDataKey'], 'dynamodb', 'secretsmanager'),
    ]);
  }

  grantReadActivity(grantee: Grantee): Grant {
    return this.grant(grantee, this.readActivity());
  }

  private readActivity(): Allowed[] {
    const { activity } = this.arns;
    if (activity === undefined) return [];
    const indexes = Object.keys(activityIndexes).map((index) => `${activity}/index/${index}`);
    return [{ actions: ['dynamodb:Query'], resourceArns: [activity, ...indexes] }];
  }

  private grant(grantee: Grantee, statements: readonly Allowed[]): Grant {
    for (const [name, value] of Object.entries(this.environment)) grantee.addEnvironment?.(name, value);
    const [first, ...others] = statements.map((allowed) => Grant.addToPrincipal({ grantee, ...allowed }));
    return others.reduce((all, each) => all.combine(each), first ?? Grant.drop(grantee, 'no permission is needed'));
  }

  private get arns() {
    const { directoryTable, membershipsTable, activityTable } = this.description;
    const arn = (name: string) => this.arn('dynamodb', 'table', name, ArnFormat.SLASH_RESOURCE_NAME);
    return {
      directory: arn(directoryTable),
      memberships: arn(membershipsTable),
      activity: activityTable === undefined ? undefined : arn(activityTable),
    };
  }

  private arn(service: string, resource: string, resourceName: string, arnFormat: ArnFormat): string {
    const { region } = this.description;
    return Stack.of(this).formatArn({ service, region, resource, resourceName, arnFormat });
  }

  /** Use of the customer's keys on behalf of the caller, by these services only. */
  private useKeys(actions: string[], ...services: readonly string[]): Allowed[] {
    if (this.keyArns.length === 0) return [];
    const { region } = this.description;
    return [
      {
        actions,
        resourceArns: [...this.keyArns],
        conditions: {
          StringEquals: { 'kms:ViaService': services.map((service) => `${service}.${region}.amazonaws.com`) },
        },
      },
    ];
  }
}
