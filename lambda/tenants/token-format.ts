import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** Random bytes; tests pass their own. */
export type Random = (bytes: number) => Uint8Array;

/** The tenant and the id in a credential, which need no look-up. */
export interface CredentialName {
  readonly tenantId: string;
  readonly credentialId: string;
}

/** What tokens, client secrets, and the codes and sessions of the portal look like; docs/credentials.md has the patterns for secret scanners. */
const patterns = {
  sst: /^sst_([a-z0-9]{12})_([a-z0-9]{12})_[0-9A-Za-z]{49}$/,
  scs: /^scs_([a-z0-9]{12})_([a-z0-9]{12})_[0-9A-Za-z]{49}$/,
  spi: /^spi_([a-z0-9]{12})_([a-z0-9]{12})_[0-9A-Za-z]{49}$/,
  sps: /^sps_([a-z0-9]{12})_([a-z0-9]{12})_[0-9A-Za-z]{49}$/,
};

type Prefix = keyof typeof patterns;

const checksumLength = 6;
const secretLength = 43;
const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** The id of a tenant, a token or a client: 12 random characters of `[a-z0-9]`. */
export function makeId(random: Random = randomBytes): string {
  // 128 bits for 62: the modulo's bias is 2^-66.
  return (toBigInt(random(16)) % 36n ** 12n).toString(36).padStart(12, '0');
}

/** A new token of 256 random bits for a tenant: `sst_<tenantId>_<tokenId>_<43 base62 characters><6-character checksum>`. */
export function makeToken(name: CredentialName, random: Random = randomBytes): string {
  return makeSecret('sst', name, random);
}

/** Reads a token's tenant and id; undefined if the form or the checksum is wrong. */
export function parseToken(text: string): CredentialName | undefined {
  return parseSecret('sst', text);
}

/** A new client secret of 256 random bits: `scs_<tenantId>_<clientId>_<43 base62 characters><6-character checksum>`. */
export function makeClientSecret(name: CredentialName, random: Random = randomBytes): string {
  return makeSecret('scs', name, random);
}

/** Reads the tenant and the client of a client secret; undefined if the form or the checksum is wrong. */
export function parseClientSecret(text: string): CredentialName | undefined {
  return parseSecret('scs', text);
}

/** A new code of 256 random bits for an invitation to the portal: `spi_<tenantId>_<invitationId>_…`, as a token. */
export function makeInvitationCode(name: CredentialName, random: Random = randomBytes): string {
  return makeSecret('spi', name, random);
}

/** Reads the tenant and the invitation of a code; undefined if the form or the checksum is wrong. */
export function parseInvitationCode(text: string): CredentialName | undefined {
  return parseSecret('spi', text);
}

/** A new secret of 256 random bits for a session of the portal: `sps_<tenantId>_<sessionId>_…`, as a token. */
export function makeSessionSecret(name: CredentialName, random: Random = randomBytes): string {
  return makeSecret('sps', name, random);
}

/** Reads the tenant and the session of a session's secret; undefined if the form or the checksum is wrong. */
export function parseSessionSecret(text: string): CredentialName | undefined {
  return parseSecret('sps', text);
}

function makeSecret(prefix: Prefix, { tenantId, credentialId }: CredentialName, random: Random): string {
  return withChecksum(`${prefix}_${tenantId}_${credentialId}_${randomText(secretLength, random)}`);
}

function parseSecret(prefix: Prefix, text: string): CredentialName | undefined {
  const [, tenantId, credentialId] = patterns[prefix].exec(text) ?? [];
  if (tenantId === undefined || credentialId === undefined || !hasChecksum(text)) return undefined;
  return { tenantId, credentialId };
}

/** Random base62 characters: up to 43, which 256 random bits fill. */
export function randomText(length: number, random: Random): string {
  return base62(toBigInt(random(32)), secretLength).slice(-length);
}

/** Adds the checksum of 6 characters: CRC-32 (ISO-HDLC, as in zip) in base62, as GitHub's tokens have it. */
export function withChecksum(text: string): string {
  return text + checksum(text);
}

/** Whether a text ends with the checksum of what is before it. */
export function hasChecksum(text: string): boolean {
  return checksum(text.slice(0, -checksumLength)) === text.slice(-checksumLength);
}

/** SHA-256 of a token or a client secret, in hexadecimal. No salt or stretching: 256 random bits cannot be guessed. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** Whether a token or a client secret has this hash; takes constant time. */
export function matchesHash(token: string, hash: string): boolean {
  const expected = Buffer.from(hash, 'hex');
  const actual = createHash('sha256').update(token).digest();
  return expected.length === actual.length && timingSafeEqual(actual, expected);
}

function checksum(text: string): string {
  let crc = 0xffffffff;
  for (const byte of Buffer.from(text)) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return base62(BigInt(~crc >>> 0), checksumLength);
}

/** A number in base62, with leading zeros. */
export function base62(value: bigint, length: number): string {
  let text = '';
  for (let rest = value; rest > 0n; rest /= 62n) text = digits.charAt(Number(rest % 62n)) + text;
  return text.padStart(length, '0');
}

/** Bytes as a number, big-endian. */
export function toBigInt(bytes: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
}
