import { types } from 'node:util';
import { isObject, type Json, type JsonObject } from '../../lambda/scim/json';
import { OperatorError } from '../error';

/** Another SCIM endpoint, and how to wait. */
export interface ScimPlace {
  readonly url: string;
  readonly token: string;
  readonly wait: (milliseconds: number) => Promise<void>;
  readonly signal?: AbortSignal;
}

/** Reads from the endpoint: a path below its Base URL, and a query. */
export type GetScim = (path: string, query: Readonly<Record<string, string>>) => Promise<JsonObject>;

/** The most bytes of one answer, and how long to wait for it in milliseconds. */
const mostBytes = 32 * 1024 * 1024;
const patience = 60_000;

/** How often a request is repeated, and the longest wait before that, in seconds, whatever `Retry-After` says. */
const mostAttempts = 8;
const longestWait = 600;

const repeatable = new Set([429, 502, 503, 504]);

/** Makes the function that reads from an endpoint. @throws OperatorError if its URL is not https, except on this machine */
export function scimGetter({ url: baseUrl, token, wait, signal }: ScimPlace): GetScim {
  const base = checkUrl(baseUrl);
  const headers = { Authorization: `Bearer ${token}`, Accept: 'application/scim+json, application/json' };
  return async (path, query) => {
    const url = new URL(`${base}/${path}`);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    for (let attempt = 1; ; attempt++) {
      if (signal?.aborted) throw new OperatorError('Interrupted: nothing was changed.');
      const response = await ask(url, headers);
      if (response.status === 200) return parse(url, await readText(url, response));
      await response.body?.cancel();
      if (!repeatable.has(response.status) || attempt === mostAttempts) throw refused(url, response.status);
      await wait(1000 * secondsToWait(response, attempt));
    }
  };
}

function checkUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.username !== '' || url.search !== '') {
    throw new OperatorError(`"${text}" is no Base URL of a SCIM endpoint: paste it as https://…/scim/v2.`);
  }
  const isLoopback = /^(?:127\.\d+\.\d+\.\d+|localhost|\[::1\])$/.test(url.hostname);
  if (url.protocol === 'http:' && !isLoopback) {
    throw new OperatorError(`${text} is http, over which the token can be read on the network: use https.`);
  }
  return text.replace(/\/+$/, '');
}

async function ask(url: URL, headers: Readonly<Record<string, string>>): Promise<Response> {
  try {
    return await fetch(url, { headers, redirect: 'manual', signal: AbortSignal.timeout(patience) });
  } catch (error) {
    throw new OperatorError(`${at(url)} does not answer (${reasonOf(error)}): check the URL and the network.`, {
      cause: error,
    });
  }
}

function reasonOf(error: unknown): string {
  // What `fetch` throws is not of this realm where it runs in a virtual machine.
  if (!types.isNativeError(error)) return String(error);
  if (error.name === 'TimeoutError') return `no answer within ${patience / 1000} s`;
  const { cause } = error;
  return types.isNativeError(cause) && 'code' in cause ? String(cause.code) : error.message;
}

/** RFC 9110 §10.2.3: seconds, or a date. */
function secondsToWait({ headers }: Response, attempt: number): number {
  const said = headers.get('retry-after');
  const seconds = said === null ? Number.NaN : Number(said);
  const untilDate = said === null ? Number.NaN : (Date.parse(said) - Date.now()) / 1000;
  const wanted = [seconds, untilDate].find((value) => Number.isFinite(value) && value >= 0) ?? 2 ** attempt;
  return Math.min(longestWait, wanted);
}

async function readText(url: URL, { body }: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body ?? []) {
    const part = chunk as Uint8Array;
    bytes += part.byteLength;
    if (bytes > mostBytes) throw new OperatorError(`${at(url)} answers with more than 32 MB: that cannot be a page.`);
    chunks.push(part);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parse(url: URL, text: string): JsonObject {
  try {
    const value = JSON.parse(text) as Json;
    if (isObject(value)) return value;
  } catch {
    // The same error as for other JSON.
  }
  throw new OperatorError(`${at(url)} does not answer with a JSON object: is this the Base URL of a SCIM endpoint?`);
}

function refused(url: URL, status: number): OperatorError {
  const cures: Readonly<Record<number, string>> = {
    401: 'check the token.',
    403: 'the token may not read this.',
    404: 'check the URL: it must be the Base URL, such as https://…/scim/v2.',
    429: 'it is still throttled after several waits; try again later.',
  };
  const isRedirect = status >= 300 && status < 400;
  const cure = isRedirect ? 'it redirects; use the address of the endpoint itself.' : cures[status];
  return new OperatorError(`${at(url)} answers ${status}: ${cure ?? 'see the log of that endpoint, and try again.'}`);
}

/** Without the query, in which there may be names. */
function at({ origin, pathname }: URL): string {
  return origin + pathname;
}
