import type { DeploymentDescription } from '../../deployment/description';
import { connect, type Deployment } from '../../operator/connection/open';
import type { AwsClientOptions } from '../connection/client-options';
import { factsOf } from '../connection/facts';
import { type Activity, activityOf } from './activity';
import { type Brake, brakeOf } from './brake';
import { type Clients, clientsOf } from './clients';
import { type DeletedResources, deletedOf } from './deleted';
import { type Invitations, invitationsOf } from './invitations';
import { type Roles, rolesOf } from './roles';
import { Session } from './session';
import { type TenantOperations, tenantOperations } from './tenant';
import { type Tokens, tokensOf } from './tokens';

/** Which deployment to manage, and as whom. Without `deployment` and `stackName`: the one in the environment. */
export interface TenantsOptions {
  /**
   * Who does it, for the activity of the tenants, such as `application billing`.
   *
   * @default - `function <name>` in a Lambda function, otherwise nothing
   */
  readonly actor?: string;
  /** The deployment, as the construct's `description` has it. */
  readonly deployment?: DeploymentDescription;
  /**
   * The name of the CloudFormation stack, whose outputs describe the deployment. They are read with the first call, which
   * takes `cloudformation:DescribeStacks`.
   */
  readonly stackName?: string;
  /** The region of the stack. @default - the region of the environment */
  readonly region?: string;
  /** Options for the AWS clients: for an endpoint or credentials of your own. @default - those of the environment */
  readonly clientOptions?: AwsClientOptions;
  /**
   * Called if something was done but could not be recorded in the activity of the tenant.
   *
   * @default - a warning of the process
   */
  readonly onUnrecorded?: (message: string) => void;
}

/**
 * The tenants of a deployment, to manage. Each operation is recorded in the activity of the tenant, with the actor.
 *
 * Every call may throw `UnknownDeploymentError`, `OtherReleaseError`, `MissingPermissionError`, `CredentialsError`,
 * `ThrottledError` and `UnreachableError`; `RefusedError` and `UnknownTenantError` are named at the calls, and after these two
 * nothing was changed. The others can come in the middle of a change, since a credential is an item and a secret: a new
 * credential may then be there as `incomplete`. Revoke it, and create another.
 */
export interface Tenants extends TenantOperations {
  /** The API tokens of a tenant. */
  readonly tokens: Tokens;
  /** The OAuth clients of a tenant. */
  readonly clients: Clients;
  /** The invitations of a customer's administrator to the portal. */
  readonly invitations: Invitations;
  /** What happened to a tenant, and why requests failed. */
  readonly activity: Activity;
  /** The deleted users and groups of a tenant, to restore. */
  readonly deleted: DeletedResources;
  /** The brake of a tenant. */
  readonly brake: Brake;
  /** The mapping of a tenant's groups to roles of the application. */
  readonly roles: Roles;
  /** Closes the connections. A function need not call it. */
  close(): void;
}

/**
 * Opens the tenants of a deployment. Call it once, outside of the handler: connections are reused.
 *
 * Without arguments it is the deployment of which the function has `grantManageTenants`, or `grantReadActivity` to read
 * activity only.
 *
 * @param options which deployment, and as whom
 * @throws UnknownDeploymentError if nothing says which deployment it is
 * @throws OtherReleaseError if another release of serverless-scim made the grant
 *
 * @example
 * import { openTenants } from 'serverless-scim/tenants';
 *
 * const tenants = openTenants({ actor: 'application billing' });
 *
 * export async function enableScim(customer: string) {
 *   const { tenantId, baseUrl, token } = await tenants.create({ label: customer });
 *   return { tenantId, baseUrl, token: token.token };
 * }
 */
export function openTenants(options: TenantsOptions = {}): Tenants {
  const facts = factsOf(options);
  const { actor = defaultActor(), onUnrecorded = (message) => process.emitWarning(message) } = options;
  let opened: Promise<Deployment> | undefined;
  const open = () => {
    opened ??= facts()
      .then((found) => ({ ...connect(found), identity: async () => actor }))
      .catch((error: unknown) => {
        opened = undefined;
        throw error;
      });
    return opened;
  };
  const session = new Session(open, onUnrecorded);
  return {
    ...tenantOperations(session),
    tokens: tokensOf(session),
    clients: clientsOf(session),
    activity: activityOf(session),
    deleted: deletedOf(session),
    invitations: invitationsOf(session),
    brake: brakeOf(session),
    roles: rolesOf(session),
    close: () => {
      opened?.then(({ close }) => close()).catch(() => {});
    },
  };
}

function defaultActor(): string | undefined {
  const { AWS_LAMBDA_FUNCTION_NAME: name } = process.env;
  return name === undefined ? undefined : `function ${name}`;
}
