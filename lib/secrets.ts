import { Duration } from 'aws-cdk-lib';
import { defaultMaxTokenDays, mostTokenDays } from '../deployment/token-life';

/** Options for the secrets of tokens and clients. */
export interface SecretsProps {
  /**
   * How long the authorizer caches a token's secret, from 0 to 15 minutes. A revoked token is accepted that much longer,
   * in addition to the gateway's cache (`authorizerCacheTtl`).
   *
   * @default Duration.seconds(60)
   */
  readonly secretCacheTtl?: Duration;

  /**
   * The longest that an API token may live, in days, from 1 to 3,650. `scim-admin` refuses a longer life. Tokens that
   * exist keep theirs.
   *
   * @default 366
   */
  readonly maxTokenDays?: number;
}

/** A cached secret is used for this long while Secrets Manager is down; a longer cache would have no effect on that. */
const maxSecretCacheTtl = Duration.minutes(15);

/** Returns the TTL of the authorizer's cache of secrets. @throws Error if it is more than 15 minutes */
export function readSecretCacheTtl({ secretCacheTtl = Duration.seconds(60) }: SecretsProps): Duration {
  if (secretCacheTtl.toSeconds() <= maxSecretCacheTtl.toSeconds()) return secretCacheTtl;
  throw new Error(`secretCacheTtl is ${secretCacheTtl.toSeconds()} seconds; it is at most 15 minutes.`);
}

/** Returns the longest life of a token, in days. @throws Error if it is not a whole number from 1 to 3,650 */
export function readMaxTokenDays({ maxTokenDays = defaultMaxTokenDays }: SecretsProps): number {
  if (Number.isInteger(maxTokenDays) && maxTokenDays >= 1 && maxTokenDays <= mostTokenDays) return maxTokenDays;
  throw new Error(`maxTokenDays is ${maxTokenDays}; it is a whole number of days from 1 to ${mostTokenDays}.`);
}
