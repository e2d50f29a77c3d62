import type { Tier } from './limits';

/** The environment variable by which a grant tells a function where the deployment is: a `DeploymentDescription` as JSON. */
export const deploymentVariable = 'SCIM_DEPLOYMENT';

/** The version of the description; the library refuses one with another. */
export const descriptionFormat = 1;

/**
 * Where a deployment is. Grants of `ScimEndpoint` put it into the environment of a function; an SSM parameter carries
 * it to other stacks. To read the directory, the region and the tables suffice.
 */
export interface DeploymentDescription {
  readonly format: typeof descriptionFormat;
  readonly region: string;
  readonly directoryTable: string;
  readonly membershipsTable: string;
  /** Absent where the deployer keeps no activity. */
  readonly activityTable?: string;
  /** A tenant's Base URL, with `{tenantId}` for its id. */
  readonly baseUrl?: string;
  /** The names of the secrets of tokens and clients begin with it. */
  readonly secretPrefix?: string;
  /** ARN of the customer managed key for tables and secrets, where there is one. */
  readonly encryptionKey?: string;
  /** Ids of the usage plans; absent where tenants are not limited. A local endpoint limits them without usage plans. */
  readonly usagePlans?: Readonly<Record<Tier, string>> | 'emulated';
  /** The longest that an API token may live, in days. */
  readonly maxTokenDays?: number;
  /** The log group of the authorizer. */
  readonly authorizerLog?: string;
  /** The address of the portal, and where its page may lead back to; absent where none is deployed. */
  readonly portal?: { readonly url: string; readonly returnUrls: readonly string[] };
}
