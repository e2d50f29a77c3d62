import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';

/** Milliseconds. The gateway gives a request 29 seconds, authorizer and handler together; two attempts must leave room. */
const limits = { connectionTimeout: 1_000, requestTimeout: 3_000 };

/** A client for the request path: it gives up early, so that the gateway can still answer. */
export function secretsManager(): SecretsManagerClient {
  return new SecretsManagerClient({ maxAttempts: 2, requestHandler: { ...limits, throwOnRequestTimeout: true } });
}
