import { createServer, type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { APIGatewayProxyEvent, APIGatewayTokenAuthorizerEvent } from 'aws-lambda';
import { type RouteFunction, routeFunctions, routes } from '../../../deployment/functions';
import { responses } from '../../../deployment/gateway-responses';
import { type Api, createGateway } from '../../../local/gateway/gateway';
import type { LambdaFunction } from '../../../local/invoke';

/** A raw request, as sent over the wire. */
export interface Sent {
  readonly method?: string;
  readonly path: string;
  readonly headers?: OutgoingHttpHeaders | readonly string[];
  readonly body?: string | Buffer;
}

export interface Got {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface Served {
  readonly send: (sent: Sent) => Promise<Got>;
  /** What the functions were invoked with. */
  readonly events: readonly APIGatewayProxyEvent[];
  readonly authorizations: readonly APIGatewayTokenAuthorizerEvent[];
  readonly lines: readonly string[];
  close(): Promise<void>;
}

export interface Functions {
  /** The function behind every route. */
  readonly handler?: LambdaFunction;
  readonly authorizer?: LambdaFunction;
  readonly timeout?: number;
  readonly cacheSeconds?: number;
  readonly accept?: () => boolean;
}

/** Allows every call. */
export const allowAll = { principalId: 'p', policyDocument: policy('Allow', '*') };

export function policy(Effect: string, Resource: string | readonly string[]): object {
  return { Version: '2012-10-17', Statement: [{ Effect, Action: 'execute-api:Invoke', Resource }] };
}

/** Serves a gateway with the routes and responses of the real one. */
export async function serve({
  handler,
  authorizer,
  timeout = 60_000,
  cacheSeconds = 0,
  accept,
}: Functions): Promise<Served> {
  const events: APIGatewayProxyEvent[] = [];
  const authorizations: APIGatewayTokenAuthorizerEvent[] = [];
  const lines: string[] = [];
  const deploy = (name: RouteFunction) => ({
    name,
    timeout,
    handler: ((event, context) => {
      events.push(event);
      return handler?.(event, context) ?? Promise.resolve({ statusCode: 200, body: name });
    }) as LambdaFunction,
  });
  const api: Api = {
    stage: 'prod',
    routes,
    responses,
    functions: Object.fromEntries(routeFunctions.map((name) => [name, deploy(name)])) as Api['functions'],
    authorizer: {
      name: 'authorizer',
      timeout,
      handler: ((event, context) => {
        authorizations.push(event);
        return authorizer?.(event, context) ?? Promise.resolve(allowAll);
      }) as LambdaFunction,
    },
    authorizerCacheSeconds: cacheSeconds,
    authorizationPattern: /./,
    ...(accept && { accept }),
    minimumCompressionSize: 1024,
    log: ({ line }) => lines.push(line),
  };
  const server = createServer(createGateway(api));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    events,
    authorizations,
    lines,
    send: (sent) => exchange(port, sent),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Sends a raw request to a port of this machine. */
function exchange(port: number, { method = 'GET', path, headers, body }: Sent): Promise<Got> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ port, host: '127.0.0.1', method, path, headers: headers as OutgoingHttpHeaders });
    outgoing.on('error', reject);
    outgoing.on('response', async (incoming) => {
      const chunks: Buffer[] = [];
      for await (const chunk of incoming) chunks.push(chunk as Buffer);
      resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: Buffer.concat(chunks) });
    });
    outgoing.end(body);
  });
}
