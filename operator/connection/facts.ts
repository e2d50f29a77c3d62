/** Options that say which deployment is meant. */
export interface DeploymentOptions {
  readonly stack: string;
  readonly region?: string;
  readonly local?: string | true;
}

/** What can be known of a deployment from outside. */
export interface DeploymentFacts {
  /** A tenant's Base URL, with `{tenantId}` for its id. */
  readonly baseUrlPattern: string;
  readonly directoryTable: string;
  readonly membershipsTable: string;
  readonly secretPrefix: string;
  /** ARN of the customer's KMS key for secrets, where there is one. */
  readonly encryptionKey?: string;
  /** How AWS's clients reach it, beyond what the environment says. */
  readonly client: ClientOptions;
}

interface ClientOptions {
  readonly region?: string;
  readonly endpoint?: string;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}
