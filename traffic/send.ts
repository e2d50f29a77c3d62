import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { types } from 'node:util';
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

/** Why there was no response: in words, and the error. */
export interface NoAnswer {
  readonly noAnswer: string;
  readonly cause?: unknown;
}

/** Sends a request; returns the response, or why there is none. Never rejects. */
export type Send = (outgoing: Outgoing) => Promise<Answer | NoAnswer>;

const timeoutMilliseconds = 60_000;

/**
 * Sends over HTTP(S) with the path exactly as given: `fetch` and `URL` would normalise `//Users`, a trailing `&` and
 * raw quotes, which some clients send. Header names are also sent unchanged.
 */
export const sendHttp: Send = async (outgoing) => {
  try {
    return await exchangeOverHttp(outgoing);
  } catch (cause) {
    return { noAnswer: describe(cause), cause };
  }
};

/** An error's message and those of its causes. The error for a host with several addresses has an error for each, and no message. */
function describe(error: unknown): string {
  if (!types.isNativeError(error)) return String(error);
  const { message, name, errors = [], cause } = error as Error & { readonly errors?: readonly unknown[] };
  const causes = [...errors, ...(cause === undefined ? [] : [cause])].map(describe);
  return [message, ...causes].filter((text) => text !== '').join('; ') || name;
}

interface Raw extends Omit<Answer, 'text'> {
  readonly body: Buffer;
}

async function exchangeOverHttp(outgoing: Outgoing): Promise<Answer> {
  const { body, ...answer } = await exchangeBytes(outgoing);
  return { ...answer, text: readText(body, answer.headers.get('content-encoding')) };
}

function exchangeBytes(outgoing: Outgoing): Promise<Raw> {
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
          resolve({ status, headers: new Map(named), body: Buffer.concat(chunks) });
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
