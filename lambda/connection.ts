import { once } from 'node:events';
import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

type Client = Pick<SecretsManagerClient | DynamoDBDocumentClient, 'config'>;

/** What a process hands in for every client of AWS in it: how requests are sent, and how they are signed. */
export interface HandedIn {
  readonly requestHandler: { handle(request: object): Promise<{ readonly response: object }>; destroy(): void };
  readonly signer: { sign<Request>(request: Request): Promise<Request> };
}

const key = Symbol.for('serverless-scim.clients');

/**
 * The configuration of a client: what the process has handed in, or else the one given. Lambda hands in nothing; the local
 * endpoint answers its functions itself. Bundles share no module, so it is kept where all of them can see it.
 */
export function clientConfiguration<Configuration extends object>(
  configuration: Configuration,
): Configuration & Partial<HandedIn> {
  return { ...configuration, ...(globalThis as { [key]?: HandedIn })[key] };
}

/** Hands in what clients are made with from now on; nothing takes it back. */
export function handIn(handedIn: HandedIn | undefined): void {
  (globalThis as { [key]?: HandedIn | undefined })[key] = handedIn;
}

/**
 * Opens a client's connection while the module loads, for the first request: one GET without a
 * signature (nothing in it can expire), whose response does not matter. Never fails: if the connection cannot be opened
 * now, the first request opens it, or fails with its own error.
 */
export function openEarly(client: Client): void {
  openConnection(client).catch(() => undefined);
}

/** Like `openEarly`; resolves when the connection is open and free. @throws Error if it cannot be opened */
export async function openConnection(client: Client): Promise<void> {
  const url = await endpointOf(client);
  const { response } = await client.config.requestHandler.handle({
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

/** Where a client's calls go: the endpoint that it was given, that the environment names, or that of the region. */
export async function endpointOf({ config }: Client): Promise<URL> {
  const given = (await config.endpoint?.()) ?? (await config.serviceConfiguredEndpoint?.());
  if (typeof given === 'string') return new URL(given);
  if (given) return new URL(`${given.protocol}//${given.hostname}${given.port ? `:${given.port}` : ''}${given.path}`);
  return config.endpointProvider({ Region: await config.region() }).url;
}
