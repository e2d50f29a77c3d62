import { Duration } from 'aws-cdk-lib';

/** Options for the tokens' secrets. */
export interface SecretsProps {
  /**
   * How long the authorizer caches a token's secret, from 0 to 15 minutes. A revoked token is accepted that much longer,
   * in addition to the gateway's cache (`authorizerCacheTtl`).
   *
   * @default Duration.seconds(60)
   */
  readonly secretCacheTtl?: Duration;
}

/** A cached secret is used for this long while Secrets Manager is down; a longer cache would have no effect on that. */
const maxSecretCacheTtl = Duration.minutes(15);

/** Returns the TTL of the authorizer's cache of secrets. @throws Error if it is more than 15 minutes */
export function readSecretCacheTtl({ secretCacheTtl = Duration.seconds(60) }: SecretsProps): Duration {
  if (secretCacheTtl.toSeconds() <= maxSecretCacheTtl.toSeconds()) return secretCacheTtl;
  throw new Error(`secretCacheTtl is ${secretCacheTtl.toSeconds()} seconds; it is at most 15 minutes.`);
}
