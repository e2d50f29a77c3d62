import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { gunzipSync } from 'node:zlib';

export interface Outgoing {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface Answer {
  readonly status: number;
  /** By lower-case name. */
  readonly headers: ReadonlyMap<string, string>;
  readonly text: string;
}

/** There was no answer, and why. */
export interface NoAnswer {
  readonly noAnswer: string;
}

/** Sends a request; gives the answer, or why there is none. It never rejects. */
export type Send = (outgoing: Outgoing) => Promise<Answer | NoAnswer>;

const timeoutMilliseconds = 60_000;

/**
 * Sends over HTTP(S) with the path exactly as given: `fetch` and `URL` would normalise `//Users`, a trailing `&` and
 * raw quotes, which is what some clients send. A client's own header names are kept too.
 */
export const sendHttp: Send = (outgoing) =>
  new Promise((resolve) => {
    const fail = (error: Error): void => resolve({ noAnswer: error.message });
    const { protocol, hostname, port } = new URL(outgoing.url);
    const send = protocol === 'https:' ? httpsRequest : httpRequest;
    const body = outgoing.body === undefined ? undefined : Buffer.from(outgoing.body);
    const request = send(
      {
        method: outgoing.method,
        hostname,
        ...(port ? { port } : {}),
        path: outgoing.url.slice(outgoing.url.indexOf('/', protocol.length + 2)),
        headers: { ...outgoing.headers, ...(body ? { 'Content-Length': String(body.length) } : {}) },
        timeout: timeoutMilliseconds,
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', fail);
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: new Map(
              Object.entries(response.headers).map(([name, value]) => [name, [value ?? []].flat().join(', ')]),
            ),
            text: readText(Buffer.concat(chunks), response.headers['content-encoding']),
          }),
        );
      },
    );
    request.on('timeout', () => request.destroy(new Error(`no answer within ${timeoutMilliseconds} ms`)));
    request.on('error', fail);
    request.end(body);
  });

function readText(body: Buffer, encoding: string | undefined): string {
  return (encoding === 'gzip' ? gunzipSync(body) : body).toString('utf8');
}
