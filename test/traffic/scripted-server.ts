import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Heard {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly rawHeaders: readonly string[];
  readonly body: string;
}

export interface Scripted {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

export interface ScriptedServer {
  readonly baseUrl: string;
  readonly heard: readonly Heard[];
  readonly close: () => Promise<void>;
}

/** A server on a free port of 127.0.0.1 that answers whatever `answer` makes of a request, and remembers the requests. */
export async function startScriptedServer(
  answer: (heard: Heard) => Scripted | Promise<Scripted>,
): Promise<ScriptedServer> {
  const heard: Heard[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', async () => {
      const { method = '', url: path = '', headers, rawHeaders } = request;
      heard.push({ method, path, headers, rawHeaders, body: Buffer.concat(chunks).toString('utf8') });
      const scripted = await answer(heard.at(-1) as Heard);
      response.writeHead(scripted.status, scripted.headers).end(scripted.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}/scim/v2`,
    heard,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
