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

/** Why there was no response. */
export interface NoAnswer {
  readonly noAnswer: string;
}

/** Sends a request; returns the response, or why there is none. Never rejects. */
export type Send = (outgoing: Outgoing) => Promise<Answer | NoAnswer>;

const timeoutMilliseconds = 60_000;

/**
 * Sends over HTTP(S) with the path exactly as given: `fetch` and `URL` would normalise `//Users`, a trailing `&` and
 * raw quotes, which some clients send. Header names are also sent unchanged.
 */
export const sendHttp: Send = (outgoing) =>
  exchangeOverHttp(outgoing).then(
    (answer) => answer,
    (error: Error) => ({ noAnswer: error.message }),
  );

function exchangeOverHttp(outgoing: Outgoing): Promise<Answer> {
  return new Promise((resolve, reject) => {
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
        response.on('error', reject);
        response.on('end', () => {
          const { statusCode: status = 0, headers } = response;
          const named = Object.entries(headers).map(
            ([name, value]) => [name, [value ?? []].flat().join(', ')] as const,
          );
          resolve({
            status,
            headers: new Map(named),
            text: readText(Buffer.concat(chunks), headers['content-encoding']),
          });
        });
      },
    );
    request.on('timeout', () => request.destroy(new Error(`no answer within ${timeoutMilliseconds} ms`)));
    request.on('error', reject);
    request.end(body);
  });
}

function readText(body: Buffer, encoding: string | undefined): string {
  return (encoding === 'gzip' ? gunzipSync(body) : body).toString('utf8');
}
