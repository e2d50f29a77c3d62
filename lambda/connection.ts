import { once } from 'node:events';
import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/**
 * Opens a client's connection while the module loads, for the first request: one GET without a
 * signature (nothing in it can expire), whose response does not matter. Never fails: if the connection cannot be opened
 * now, the first request opens it, or fails with its own error.
 */
export function openEarly(client: Pick<SecretsManagerClient | DynamoDBDocumentClient, 'config'>): void {
  openConnection(client).catch(() => undefined);
}

/** Like `openEarly`; resolves when the connection is open and free. @throws Error if it cannot be opened */
export async function openConnection({
  config,
}: Pick<SecretsManagerClient | DynamoDBDocumentClient, 'config'>): Promise<void> {
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
  // The connection is free again only when the response was read to its end.
  await once(response.body.resume(), 'end');
}
