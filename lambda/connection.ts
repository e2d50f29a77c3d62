import { Agent } from 'node:https';
import { isIP } from 'node:net';
import type { Duplex } from 'node:stream';
import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/** A client of the SDK. */
export type Client = Pick<SecretsManagerClient | DynamoDBDocumentClient, 'config'>;

/** What a process hands in for every client of AWS in it: how requests are sent, and how they are signed. */
export interface HandedIn {
  readonly requestHandler: { handle(request: object): Promise<{ readonly response: object }>; destroy(): void };
  readonly signer: { sign<Request>(request: Request): Promise<Request> };
}

const key = Symbol.for('serverless-scim.clients');
const shared = globalThis as { [key]?: HandedIn | undefined };

type Connect = Agent['createConnection'];

/** An agent that can open a connection before there is a request; the first request to its host takes it. */
export class EarlyAgent extends Agent {
  private readonly early = new Map<string, Duplex>();

  /** Opens a connection. Never fails: if this one does, the first request opens its own, or fails with its own error. */
  open(host: string, port: number): void {
    const socket = super.createConnection({ ...this.options, host, port, servername: isIP(host) ? '' : host });
    if (!socket) return;
    const name = `${host}:${port}`;
    const forget = () => this.early.delete(name);
    this.early.set(name, socket.once('error', forget).once('close', forget));
  }

  /** The connection that was opened early, even if it is not ready yet; otherwise a new one. */
  override createConnection(...[options, callback]: Parameters<Connect>): ReturnType<Connect> {
    const name = `${options.host}:${options.port}`;
    const socket = this.early.get(name);
    this.early.delete(name);
    return socket ?? super.createConnection(options, callback);
  }
}

const agent = new EarlyAgent({ keepAlive: true, maxSockets: 50 });

/**
 * The configuration of a client: what the process has handed in, or else the limits given. Lambda hands in nothing; the local
 * endpoint answers its functions itself. Bundles share no module, so it is kept where all of them can see it.
 */
export function clientConfiguration<Configuration extends { readonly requestHandler?: object }>(
  configuration: Configuration,
) {
  const requestHandler = { ...configuration.requestHandler, httpsAgent: agent };
  return { ...configuration, requestHandler, ...shared[key] };
}

/** Hands in what clients are made with from now on; nothing takes it back. */
export function handIn(handedIn: HandedIn | undefined): void {
  shared[key] = handedIn;
}

/** Opens a client's connection while the module loads, for the first request. Never fails. */
export function openEarly(client: Client): void {
  endpointOf(client).then(
    ({ protocol, hostname, port }) => {
      if (protocol === 'https:' && !shared[key]) agent.open(hostname, Number(port || 443));
    },
    () => undefined,
  );
}

/** Where a client's calls go: the endpoint that it was given, that the environment names, or that of the region. */
export async function endpointOf({ config }: Client): Promise<URL> {
  const given = (await config.endpoint?.()) ?? (await config.serviceConfiguredEndpoint?.());
  if (typeof given === 'string') return new URL(given);
  if (given) return new URL(`${given.protocol}//${given.hostname}${given.port ? `:${given.port}` : ''}${given.path}`);
  const [Region, UseFIPS, UseDualStack] = await Promise.all([
    config.region(),
    config.useFipsEndpoint(),
    config.useDualstackEndpoint(),
  ]);
  return config.endpointProvider({ Region, UseFIPS, UseDualStack }).url;
}
