import { Duration } from 'aws-cdk-lib';

/** Options for the tokens' secrets. */
export interface SecretsProps {
  /**
   * How long an authorizer serves a token without reading its secret again, from 0 to 15 minutes. A revoked token is
   * accepted that much longer, and by the gateway's own cache after it.
   *
   * @default Duration.seconds(60)
   */
  readonly secretCacheTtl?: Duration;
}

/** While Secrets Manager is down a secret serves for as long; a longer cache would make that nothing. */
const maxSecretCacheTtl = Duration.minutes(15);

/** The time that an authorizer keeps a secret. @throws Error for more than 15 minutes */
export function readSecretCacheTtl({ secretCacheTtl = Duration.seconds(60) }: SecretsProps): Duration {
  if (secretCacheTtl.toSeconds() <= maxSecretCacheTtl.toSeconds()) return secretCacheTtl;
  throw new Error(`secretCacheTtl is ${secretCacheTtl.toSeconds()} seconds; it is at most 15 minutes.`);
}
