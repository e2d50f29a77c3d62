import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Scope } from '../scim/scope';
import {
  base62,
  type CredentialName,
  hasChecksum,
  type Random,
  randomText,
  toBigInt,
  withChecksum,
} from './token-format';

/** What an access token says. It is opaque to clients; only its MAC makes it true. */
export interface AccessToken extends CredentialName {
  /** When it expires, in seconds since 1970. */
  readonly expires: number;
  readonly scope: Scope;
}

/** The pattern in docs/credentials.md for secret scanners. */
const pattern = /^sat_([a-z0-9]{12})_([a-z0-9]{12})_([0-9]{10})_(scim|read)_[0-9A-Za-z]{16}_[0-9A-Za-z]{49}$/;

/** The scopes in an access token, which has no colons. */
const scopeOf = { scim: 'scim', read: 'scim:read' } as const;

/** A random part: two tokens of one second differ. */
const nonceLength = 16;
const macLength = 43;
/** The MAC and the checksum. */
const endLength = macLength + 6;

/**
 * Makes an access token: `sat_<tenantId>_<clientId>_<expiry>_<scim|read>_<nonce>_<MAC><checksum>`. The MAC is HMAC-SHA-256
 * of all that is before it, in base62.
 * @param macKey the key of the client, base64url
 */
export function makeAccessToken(
  { tenantId, credentialId, expires, scope }: AccessToken,
  macKey: string,
  random: Random = randomBytes,
): string {
  const access = scope === 'scim' ? 'scim' : 'read';
  const signed = `sat_${tenantId}_${credentialId}_${expires}_${access}_${randomText(nonceLength, random)}_`;
  return withChecksum(signed + macOf(signed, macKey));
}

/** Reads what an access token says; undefined if the form or the checksum is wrong. */
export function parseAccessToken(text: string): AccessToken | undefined {
  const [, tenantId = '', credentialId = '', expires, scope] = pattern.exec(text) ?? [];
  if (!hasChecksum(text) || (scope !== 'scim' && scope !== 'read')) return undefined;
  return { tenantId, credentialId, expires: Number(expires), scope: scopeOf[scope] };
}

/** Whether the MAC of an access token was made with this key; takes constant time. */
export function matchesMac(token: string, macKey: string): boolean {
  const expected = Buffer.from(macOf(token.slice(0, -endLength), macKey));
  const actual = Buffer.from(token.slice(-endLength).slice(0, macLength));
  return expected.length === actual.length && timingSafeEqual(actual, expected);
}

function macOf(text: string, macKey: string): string {
  const mac = createHmac('sha256', Buffer.from(macKey, 'base64url')).update(text).digest();
  return base62(toBigInt(mac), macLength);
}
