import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { waitPatiently } from './patience';
import { startError } from './start-error';

/** A server that listens on this machine only. */
export interface Listening {
  readonly url: string;
  readonly port: number;
  /** May be called more than once. */
  close(): Promise<void>;
}

/** Listens on 127.0.0.1. `port` 0 is any free port. @throws StartError if the port cannot be used */
export async function listen(listener: RequestListener, port: number): Promise<Listening> {
  const server = createServer(listener);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(explain(error, port)));
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${address.port}`,
    port: address.port,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeIdleConnections();
      await waitPatiently(closed);
      server.closeAllConnections();
      // Clients in this process must notice that their connections are closed before another server uses the port.
      await sleep(20);
    },
  };
}

function explain(error: NodeJS.ErrnoException, port: number): Error {
  const why = error.code === 'EADDRINUSE' ? 'is in use by another program' : `cannot be used (${error.message})`;
  return startError(`The port ${port} ${why}: pass --port another one, or 0 for any free port.`, error);
}
