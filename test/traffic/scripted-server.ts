import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { serveHttp } from '../http-server';

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

/** A server on a free port of 127.0.0.1 that responds with the result of `answer`, and records the requests. */
export async function startScriptedServer(
  answer: (heard: Heard) => Scripted | Promise<Scripted>,
): Promise<ScriptedServer> {
  const heard: Heard[] = [];
  const server = await serveHttp(async (request, response) => {
    const { method = '', url: path = '', headers, rawHeaders } = request;
    const received: Heard = { method, path, headers, rawHeaders, body: await text(request) };
    heard.push(received);
    const scripted = await answer(received);
    response.writeHead(scripted.status, scripted.headers).end(scripted.body);
  });
  return { baseUrl: `${server.url}/scim/v2`, heard, close: server.close };
}
