import type { Tier } from '../../deployment/limits';
import type { EmulatedAddress } from './emulated';

/** Options that choose a deployment. */
export interface DeploymentOptions {
  readonly stack: string;
  readonly region?: string;
  readonly local?: string | true;
}

/** What a deployment's outputs say. */
export interface DeploymentFacts {
  /** ARN of the stack. A local endpoint has none. */
  readonly stackId?: string;
  /** A tenant's Base URL, with `{tenantId}` for its id. */
  readonly baseUrlPattern: string;
  /** On an emulator: the same by a `Host` header. */
  readonly byHost?: EmulatedAddress['byHost'];
  readonly directoryTable: string;
  readonly membershipsTable: string;
  /** Absent where the deployer keeps no activity. */
  readonly activityTable?: string;
  readonly secretPrefix: string;
  /** The log group of the authorizer. */
  readonly authorizerLog: string;
  /**
   * Ids of the usage plans of the tiers; `none` where tenants are not limited. A local endpoint has none: its gateway limits
   * requests without them.
   */
  readonly usagePlans?: Readonly<Record<Tier, string>> | 'none';
  /** The longest that an API token may live, in days. */
  readonly maxTokenDays: number;
  /** Where the portal is; absent where none is deployed. */
  readonly portal?: PortalPlace;
  /** ARN of the customer's KMS key for secrets, where there is one. */
  readonly encryptionKey?: string;
  /** Additional configuration of the AWS clients. */
  readonly client: ClientOptions;
}

/** Where the portal of a deployment is. */
export interface PortalPlace {
  /** The address of its page. */
  readonly url: string;
  /** The beginnings of the addresses to which the page may lead back. */
  readonly returnUrls: readonly string[];
}

/** The address of the page of the portal, beside the tenants of a deployment. */
export function portalUrl(baseUrlPattern: string): string {
  return baseUrlPattern.replace(/\/\{tenantId\}.*$/, '/portal');
}

/** Configuration that the AWS clients of a deployment share. */
export interface ClientOptions {
  readonly region?: string;
  readonly endpoint?: string;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}
