import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { type Random, toBigInt } from '../../lambda/tenants/token-format';

const digits = 6;

/** A new PIN: six digits, each number equally likely. */
export function makePin(random: Random = randomBytes): string {
  return (toBigInt(random(16)) % 10n ** BigInt(digits)).toString().padStart(digits, '0');
}

/** Whether a text has the form of a PIN. */
export function isPin(text: string): boolean {
  return /^[0-9]{6}$/.test(text);
}

/** The HMAC of a PIN with the code of its link as key, in hexadecimal. Whoever reads the table cannot try all PINs. */
export function hashPin(code: string, pin: string): string {
  return createHmac('sha256', code).update(pin).digest('hex');
}

/** Whether a PIN has this hash; takes constant time. */
export function matchesPin(code: string, pin: string, hash: string): boolean {
  const [actual, expected] = [Buffer.from(hashPin(code, pin), 'hex'), Buffer.from(hash, 'hex')];
  return actual.length === expected.length && timingSafeEqual(actual, expected);
}
