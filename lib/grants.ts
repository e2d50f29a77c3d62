import { Stack } from 'aws-cdk-lib';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { Construct, type IConstruct } from 'constructs';
import { type DeploymentDescription, deploymentVariable } from '../deployment/description';
import {
  type Allowed,
  arnsOf,
  type DeploymentArns,
  manageTenants,
  readActivity,
  readDirectory,
} from './grant-statements';

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

/** What an endpoint of this app and an imported one have in common: the grants. */
export abstract class GrantingEndpoint extends Construct implements IScimEndpoint {
  abstract readonly description: DeploymentDescription;

  /** The customer managed keys of its tables and secrets. */
  protected abstract readonly keyArns: readonly string[];

  get environment(): Readonly<Record<string, string>> {
    return { [deploymentVariable]: Stack.of(this).toJsonString(this.description) };
  }

  grantReadDirectory(grantee: Grantee): Grant {
    return this.grant(grantee, readDirectory, ['kms:Decrypt'], 'dynamodb');
  }

  grantManageTenants(grantee: Grantee): Grant {
    return this.grant(grantee, manageTenants, ['kms:Decrypt', 'kms:GenerateDataKey'], 'dynamodb', 'secretsmanager');
  }

  grantReadActivity(grantee: Grantee): Grant {
    return this.grant(grantee, readActivity, ['kms:Decrypt'], 'dynamodb');
  }

  private grant(
    grantee: Grantee,
    statements: (arns: DeploymentArns) => readonly Allowed[],
    keyActions: string[],
    ...services: readonly string[]
  ): Grant {
    for (const [name, value] of Object.entries(this.environment)) grantee.addEnvironment?.(name, value);
    const allowed = [...statements(arnsOf(this, this.description)), ...this.useKeys(keyActions, ...services)];
    const grants = allowed.map((each) => Grant.addToPrincipal({ grantee, ...each }));
    return grants.reduce((all, each) => all.combine(each));
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
