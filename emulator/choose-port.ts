import { createServer } from 'node:net';

/**
 * Returns a port of the loopback address on which nothing listens: the wanted one, or any for 0.
 * @throws Error if something listens on the wanted one
 */
export function choosePort(wanted: number): Promise<number> {
  return new Promise((done, failed) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      failed(error.code === 'EADDRINUSE' ? inUse(wanted) : error);
    });
    server.listen(wanted, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => done(typeof address === 'object' && address ? address.port : wanted));
    });
  });
}

const inUse = (port: number) =>
  new Error(
    `Port ${port} is in use. If an emulator runs there, use it with --url http://127.0.0.1:${port}; otherwise choose another port with --port.`,
  );
