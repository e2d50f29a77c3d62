import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { OperatorError } from '../operator/error';
import type { PageFiles } from './page';
import { respond, type Service } from './respond';
import type { Source } from './source';

/** What a console is started with. */
export interface ConsoleOptions {
  readonly source: Source;
  /** Reads the files of the page, when the first is asked for. */
  readonly page: () => Promise<PageFiles>;
  /** 0 is any free port. @default 0 */
  readonly port?: number;
  /** Called with a failure that nobody expected. */
  readonly log: (failure: unknown) => void;
}

/** A console that runs. */
export interface RunningConsole {
  /** The address that opens it: the secret is in its fragment, which no browser sends. */
  readonly address: string;
  /** Resolves when the calls under way are answered, or take too long. */
  close(): Promise<void>;
}

/** How long calls under way may take when the console ends, in milliseconds. */
const patience = 5_000;

/**
 * Serves the operator's console on 127.0.0.1, to whoever has its address.
 * @throws OperatorError if the port cannot be used
 */
export async function startConsole({ source, page, port = 0, log }: ConsoleOptions): Promise<RunningConsole> {
  const secret = randomBytes(32).toString('base64url');
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(portError(error, port)));
    server.listen(port, '127.0.0.1', resolve);
  });
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const service: Service = {
    host,
    secret,
    page: onceDone(page),
    call: async (name, body) => {
      // Loaded only if needed: a local endpoint must not start later because of it.
      const { answerCall } = require('./answer') as typeof import('./answer');
      return answerCall(source, name, body, log);
    },
    log,
  };
  server.on('request', (request, response) => {
    respond(service, request, response).catch(log);
  });

  return {
    address: `http://${host}/#secret=${secret}`,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      const timer = setTimeout(() => server.closeAllConnections(), patience);
      await closed;
      clearTimeout(timer);
      source.disconnect();
    },
  };
}

/** Does something once; again only after it failed. */
function onceDone<Value>(act: () => Promise<Value>): () => Promise<Value> {
  let done: Promise<Value> | undefined;
  return () => {
    done ??= act().catch((failure: unknown) => {
      done = undefined;
      throw failure;
    });
    return done;
  };
}

function portError({ code, message }: NodeJS.ErrnoException, port: number): OperatorError {
  const why = code === 'EADDRINUSE' ? 'is in use by another program' : `cannot be used (${message})`;
  return new OperatorError(`The port ${port} ${why}: choose another one, or 0 for any free port.`);
}
