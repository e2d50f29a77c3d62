import type { APIGatewayProxyEvent } from 'aws-lambda';
import { headersOf } from './headers';

/**
 * The name of the session's cookie. `__Host-` binds it to this host (RFC 6265bis §4.1.3.2), and asks for `Secure`, which
 * browsers keep on https only: an endpoint on this machine has another name.
 */
const nameOf = (isSecure: boolean) => (isSecure ? '__Host-scim-portal' : 'scim-portal');

/**
 * The secret of the session that a browser sent; nothing if it sent two, because another site of the domain can have set
 * one of them.
 */
export function sessionSecret(event: APIGatewayProxyEvent, isSecure: boolean): string | undefined {
  const name = nameOf(isSecure);
  const pairs = headersOf(event, 'cookie').flatMap((header) => header.split(';'));
  // Only the blanks of RFC 6265 are removed: browsers let any site set a cookie with another one in front of `__Host-`.
  const found = pairs.map((pair) => pair.replace(/^[ \t]+|[ \t]+$/g, '').split('=', 2)).filter(([key]) => key === name);
  return found.length === 1 ? found[0]?.[1] : undefined;
}

/** The header that keeps a session's secret in the browser until the session ends. */
export function keepSession(secret: string, isSecure: boolean, seconds: number): string {
  return cookie(`${nameOf(isSecure)}=${secret}`, isSecure, seconds);
}

/** The header that removes it. */
export function forgetSession(isSecure: boolean): string {
  return cookie(`${nameOf(isSecure)}=`, isSecure, 0);
}

function cookie(pair: string, isSecure: boolean, seconds: number): string {
  const attributes = ['Path=/', `Max-Age=${seconds}`, 'HttpOnly', 'SameSite=Strict', ...(isSecure ? ['Secure'] : [])];
  return [pair, ...attributes].join('; ');
}
