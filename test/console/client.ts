import { request } from 'node:http';
import type { ConsoleApi } from '../../web/api/console';
import type { ApiError } from '../../web/api/error';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** Sends a request with exactly these headers, as `fetch` cannot: it sets `Host` and `Origin` itself. */
export function send(
  url: string,
  {
    method = 'GET',
    headers = {},
    body = '',
  }: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const path = url.slice(url.indexOf('/', 'http://'.length));
    const sending = request({ hostname, port, path, method, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const { statusCode: status = 0 } = response;
        resolve({ status, headers: response.headers, body: Buffer.concat(chunks).toString() });
      });
    });
    sending.on('error', reject);
    sending.end(body);
  });
}

/** A call that was refused. */
class Refused extends Error {
  constructor(
    readonly status: number,
    readonly error: ApiError,
  ) {
    super(error.message);
  }
}

/** The headers of the console's own page. */
export function pageHeaders(address: string): Record<string, string> {
  const { origin, host, hash } = new URL(address);
  return {
    Host: host,
    Origin: origin,
    'Sec-Fetch-Site': 'same-origin',
    'Content-Type': 'application/json',
    'X-Console-Secret': hash.slice('#secret='.length),
  };
}

/** Calls a console as its page does. */
export function callerOf(address: string) {
  return async <Name extends keyof ConsoleApi>(
    name: Name,
    input: ConsoleApi[Name]['in'],
  ): Promise<ConsoleApi[Name]['out']> => {
    const url = `${new URL(address).origin}/api/${name}`;
    const answer = await send(url, { method: 'POST', headers: pageHeaders(address), body: JSON.stringify(input) });
    const body = JSON.parse(answer.body) as ConsoleApi[Name]['out'] & { readonly error?: ApiError };
    if (answer.status === 200) return body;
    throw new Refused(answer.status, body.error as ApiError);
  };
}
