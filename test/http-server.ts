import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { types } from 'node:util';

/** A server of a test. */
export interface HttpServer {
  readonly url: string;
  /** @throws AggregateError of all failures of the listener, so that no test hides them */
  close(): Promise<void>;
}

type Listener = (request: IncomingMessage, response: ServerResponse) => Promise<unknown>;

/**
 * Serves on a free port of 127.0.0.1. If the listener fails, the response is 500 with the failure, in the form of an
 * AWS error, so that the client of a test reports it.
 */
export async function serveHttp(listener: Listener): Promise<HttpServer> {
  const failures: unknown[] = [];
  const server = createServer((request, response) => {
    listener(request, response).catch((error: unknown) => {
      failures.push(error);
      if (response.headersSent) response.destroy();
      else response.writeHead(500).end(JSON.stringify({ __type: 'TestServerFailure', message: describe(error) }));
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      await once(server.close(), 'close');
      if (failures.length > 0)
        throw new AggregateError(failures, `The test's server failed: ${failures.map(describe)}`);
    },
  };
}

function describe(error: unknown): string {
  return types.isNativeError(error) ? (error.stack ?? error.message) : String(error);
}
