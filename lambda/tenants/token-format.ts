import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** Random bytes; tests pass their own. */
export type Random = (bytes: number) => Uint8Array;

/** The parts of a token that need no look-up. */
export interface CredentialName {
  readonly tenantId: string;
  readonly credentialId: string;
}

/** The pattern in docs/credentials.md for secret scanners. */
const pattern = /^sst_([a-z0-9]{12})_([a-z0-9]{12})_[0-9A-Za-z]{49}$/;
const checksumLength = 6;
const secretLength = 43;
const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** A tenant's or token's id: 12 random characters of `[a-z0-9]`. */
export function makeId(random: Random = randomBytes): string {
  // 128 bits for 62: the modulo's bias is 2^-66.
  return (toBigInt(random(16)) % 36n ** 12n).toString(36).padStart(12, '0');
}

/** A new token of 256 random bits for a tenant: `sst_<tenantId>_<credentialId>_<43 base62 characters><6-character checksum>`. */
export function makeToken(name: CredentialName, random: Random = randomBytes): string {
  const unchecked = `sst_${name.tenantId}_${name.credentialId}_${base62(toBigInt(random(32)), secretLength)}`;
  return unchecked + checksum(unchecked);
}

/** Reads a token's tenant and id; undefined if the form or the checksum is wrong. */
export function parseToken(text: string): CredentialName | undefined {
  const [, tenantId, credentialId] = pattern.exec(text) ?? [];
  if (tenantId === undefined || credentialId === undefined) return undefined;
  return checksum(text.slice(0, -checksumLength)) === text.slice(-checksumLength)
    ? { tenantId, credentialId }
    : undefined;
}

/** SHA-256 of a token, in hexadecimal. No salt or stretching: 256 random bits cannot be guessed. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** Whether a token has this hash; takes constant time. */
export function matchesHash(token: string, hash: string): boolean {
  const expected = Buffer.from(hash, 'hex');
  const actual = createHash('sha256').update(token).digest();
  return expected.length === actual.length && timingSafeEqual(actual, expected);
}

/** CRC-32 (ISO-HDLC, as in zip) in base62, as GitHub's tokens have it. */
function checksum(text: string): string {
  let crc = 0xffffffff;
  for (const byte of Buffer.from(text)) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return base62(BigInt(~crc >>> 0), checksumLength);
}

function base62(value: bigint, length: number): string {
  let text = '';
  for (let rest = value; rest > 0n; rest /= 62n) text = digits.charAt(Number(rest % 62n)) + text;
  return text.padStart(length, '0');
}

function toBigInt(bytes: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
}
