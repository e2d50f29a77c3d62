import { once } from 'node:events';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';

/** Milliseconds. The gateway gives a request 29 seconds, authorizer and handler together; two attempts must leave room. */
const limits = { connectionTimeout: 1_000, requestTimeout: 3_000 };

/** A client for the request path: it gives up early, so that the gateway can still answer. */
export function secretsManager(): SecretsManagerClient {
  return new SecretsManagerClient({ maxAttempts: 2, requestHandler: { ...limits, throwOnRequestTimeout: true } });
}

/**
 * Opens the client's connection, so that the first request finds it there: one GET without a signature (nothing in it
 * can expire), whose answer does not matter.
 */
export async function openConnection({ config }: SecretsManagerClient): Promise<void> {
  const region = await config.region();
  const { url } = process.env.AWS_ENDPOINT_URL
    ? { url: new URL(process.env.AWS_ENDPOINT_URL) }
    : config.endpointProvider({ Region: region });
  const { response } = await config.requestHandler.handle({
    method: 'GET',
    protocol: url.protocol,
    hostname: url.hostname,
    ...(url.port ? { port: Number(url.port) } : {}),
    path: '/',
    query: {},
    headers: {},
  });
  // The connection is free again only when the answer was read to its end.
  await once(response.body.resume(), 'end');
}
