import { createPublicKey, type KeyObject } from 'node:crypto';
import { isObject, type Json, type JsonObject } from '../../lambda/scim/json';
import { OperatorError } from '../error';

/** Members of a JWK that are not public (RFC 7518 §6). */
const privateMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];

/** Bits; shorter RSA keys are refused by RFC 7518 §3.3. */
const leastModulus = 2048;

const curves = ['prime256v1', 'secp384r1'];

/**
 * Reads the public key with which a client signs its assertions.
 * @param text a public key in PEM (SPKI), a certificate in PEM, or a JWK
 * @returns the key as a JWK, its public members only
 * @throws OperatorError if it is none of these, or a private key, or too weak
 */
export function readPublicKey(text: string): JsonObject {
  if (/-----BEGIN (?:\w+ )*PRIVATE KEY-----/.test(text)) throw privateKey();
  const key = text.trimStart().startsWith('{') ? fromJwk(text) : fromPem(text);
  checkStrength(key);
  return key.export({ format: 'jwk' }) as JsonObject;
}

function fromJwk(text: string): KeyObject {
  const jwk = parse(text);
  if (!isObject(jwk)) throw unreadable();
  if (privateMembers.some((name) => name in jwk)) throw privateKey();
  return create({ key: jwk, format: 'jwk' });
}

const fromPem = (text: string) => create({ key: text, format: 'pem' });

function create(input: Parameters<typeof createPublicKey>[0] | { key: JsonObject; format: 'jwk' }): KeyObject {
  try {
    return createPublicKey(input as Parameters<typeof createPublicKey>[0]);
  } catch (error) {
    throw unreadable(error);
  }
}

function parse(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    throw unreadable(error);
  }
}

function checkStrength({ asymmetricKeyType: type, asymmetricKeyDetails: details }: KeyObject): void {
  const { modulusLength = 0, namedCurve = '' } = details ?? {};
  if (type === 'rsa' && modulusLength >= leastModulus) return;
  if (type === 'ec' && curves.includes(namedCurve)) return;
  if (type === 'ed25519') return;
  const what = type === 'rsa' ? `an RSA key of ${modulusLength} bits` : `of type ${type} ${namedCurve}`.trimEnd();
  throw new OperatorError(
    `The key is ${what}: use RSA with at least ${leastModulus} bits, EC with P-256 or P-384, or Ed25519.`,
  );
}

const privateKey = () =>
  new OperatorError(
    'This is a private key, and nothing was stored. Keep it where the client runs, and pass its public key: ' +
      '"openssl pkey -in <file> -pubout" prints that.',
  );

const unreadable = (cause?: unknown) =>
  new OperatorError('The key cannot be read: pass a public key in PEM ("-----BEGIN PUBLIC KEY-----"), or as a JWK.', {
    cause,
  });
