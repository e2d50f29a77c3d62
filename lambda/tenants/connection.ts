import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { clientConfiguration } from '../connection';

/** Milliseconds. Authorizer and handler together have the gateway's 29 seconds; two attempts must leave enough time. */
const limits = { connectionTimeout: 1_000, requestTimeout: 3_000 };

/** A client for requests: it times out early, so that the gateway can still respond. */
export function secretsManager(): SecretsManagerClient {
  return new SecretsManagerClient(
    clientConfiguration({ maxAttempts: 2, requestHandler: { ...limits, throwOnRequestTimeout: true } }),
  );
}
