import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** What the guard needs of a request. */
export interface Asked {
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
}

/** Why a request is refused: its status, and what was wrong. */
export interface Refusal {
  readonly status: number;
  readonly code: 'invalid' | 'secret';
  readonly message: string;
}

const refusal = (status: number, message: string, code: Refusal['code'] = 'invalid'): Refusal => ({
  status,
  code,
  message,
});

/**
 * Judges any request. A page of another site can have a name of its own that leads to 127.0.0.1 (DNS rebinding): then the
 * browser sends that name as the host.
 * @param host the only one that is right, such as `127.0.0.1:50123`
 * @returns nothing if it may pass
 */
export function judgeHost({ headers }: Asked, host: string): Refusal | undefined {
  return headers.host === host ? undefined : refusal(421, `The console is at http://${host} only.`);
}

/**
 * Judges a call: only the console's own page may send it, and only whoever has the secret. A form of another site can send
 * no JSON, and a script of another site neither the header nor this origin.
 * @returns nothing if it may pass
 */
export function judgeCall({ method, headers }: Asked, host: string, secret: string): Refusal | undefined {
  if (method !== 'POST') return refusal(405, 'A call is a POST.');
  if (headers.origin !== `http://${host}`) return refusal(403, "Only the console's own page may call this.");
  // Every browser that the page runs in sends it.
  if (headers['sec-fetch-site'] !== 'same-origin') return refusal(403, "Only the console's own page may call this.");
  if (!/^application\/json(?:; ?charset=utf-8)?$/i.test(headers['content-type'] ?? '')) {
    return refusal(415, 'The body of a call is JSON: application/json.');
  }
  return isSame(String(headers['x-console-secret'] ?? ''), secret)
    ? undefined
    : refusal(401, 'This page does not belong to the console that runs now.', 'secret');
}

/** Compares without telling by the time it takes how much is right. */
function isSame(given: string, secret: string): boolean {
  const [a, b] = [given, secret].map((text) => createHash('sha256').update(text).digest()) as [Buffer, Buffer];
  return timingSafeEqual(a, b);
}
