import type { Trust } from '../tenants/client';
import type { ClientSecret } from '../tenants/credential-secret';
import { entraAudiences, entraTenant } from './entra';
import { tryAgain, wrongAssertion } from './error';
import { type IssuerKeys, UnreachableIssuer } from './issuer-keys';
import { type JWK, type JWTPayload, type JWTVerifyOptions, jose } from './jose';

/** Services for the verification of assertions. */
export interface AssertionServices {
  readonly issuerKeys: Pick<IssuerKeys, 'find'>;
  readonly clock: () => Date;
}

/** A JWT as it was sent. Nothing in it is true yet. */
interface UnverifiedAssertion {
  readonly text: string;
  readonly algorithm: string;
  readonly keyId: string | undefined;
  readonly issuer: string | undefined;
  readonly subject: string | undefined;
  readonly audiences: readonly string[];
}

/** Who has to have signed an assertion, and what it has to be for. */
interface Expectation {
  readonly clientId: string;
  readonly client: ClientSecret;
  readonly audiences: readonly string[];
}

/** Signatures by key pairs only: never `none`, and never a MAC, whose key would be the public key. */
export const algorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];

/** Seconds by which clocks may differ. */
const clockTolerance = 30;

/** The longest life of an assertion that a client signs itself, in seconds. */
const ownAssertionLife = 300;

/** Reads a JWT without verifying it; undefined if it is none, or is signed in a way that is never accepted. */
export async function readAssertion(text: string): Promise<UnverifiedAssertion | undefined> {
  const { decodeJwt, decodeProtectedHeader } = await jose();
  try {
    const { alg: algorithm = '', kid: keyId } = decodeProtectedHeader(text);
    if (!algorithms.includes(algorithm)) return undefined;
    const { iss, sub, aud } = decodeJwt(text);
    return { text, algorithm, keyId, issuer: iss, subject: sub, audiences: [aud ?? []].flat() };
  } catch {
    return undefined;
  }
}

/**
 * Verifies that an assertion was signed by the client itself, or by an issuer that the client trusts, for this client,
 * and is valid now.
 * @throws OAuthError `invalid_client`, or `temporarily_unavailable` if the issuer's keys cannot be fetched
 */
export async function verifyAssertion(
  services: AssertionServices,
  expected: Expectation,
  assertion: UnverifiedAssertion,
): Promise<void> {
  if (assertion.issuer === expected.clientId) await verifyOwn(services, expected, assertion);
  else await verifyFederated(services, findTrust(expected.client.trusts, assertion), assertion);
}

/** `private_key_jwt`: issuer and subject are the client (RFC 7523 §3). The header names no key: all are tried. */
async function verifyOwn(
  { clock }: AssertionServices,
  { clientId, client, audiences }: Expectation,
  assertion: UnverifiedAssertion,
): Promise<void> {
  const options = { issuer: clientId, subject: clientId, audience: [...audiences], currentDate: clock() };
  for (const { jwk } of client.keys) {
    const claims = await verify(assertion, jwk as JWK, options);
    if (!claims) continue;
    const latest = clock().getTime() / 1000 + ownAssertionLife + clockTolerance;
    if ((claims.exp ?? Number.POSITIVE_INFINITY) > latest) throw wrongAssertion('wrong time');
    return;
  }
  throw wrongAssertion('wrong signature');
}

/** The trust that names the assertion's issuer, subject and audience. @throws OAuthError which of them none names */
function findTrust(trusts: readonly Trust[], { issuer, subject, audiences }: UnverifiedAssertion): Trust {
  const ofIssuer = trusts.filter((trust) => trust.issuer === issuer);
  if (ofIssuer.length === 0) throw wrongAssertion('wrong issuer');
  const ofSubject = ofIssuer.filter((trust) => trust.subject === subject);
  if (ofSubject.length === 0) throw wrongAssertion('wrong subject');
  const trust = ofSubject.find(({ audience }) => entraAudiences(audience).some((one) => audiences.includes(one)));
  if (!trust) throw wrongAssertion('wrong audience');
  return trust;
}

async function verifyFederated({ issuerKeys, clock }: AssertionServices, trust: Trust, assertion: UnverifiedAssertion) {
  const { issuer, subject } = trust;
  if (assertion.keyId === undefined) throw wrongAssertion('unknown key');
  const key = await issuerKeys.find(trust, assertion.keyId).catch((error: unknown) => {
    throw error instanceof UnreachableIssuer ? tryAgain(503, 60, error) : error;
  });
  if (!key) throw wrongAssertion('unknown key');
  const audience = [...entraAudiences(trust.audience)];
  const claims = await verify(assertion, key, { issuer, subject, audience, currentDate: clock() });
  if (!claims) throw wrongAssertion('wrong signature');
  const tenant = entraTenant(issuer);
  if (tenant !== undefined && claims.tid !== tenant) throw wrongAssertion('wrong tid');
}

/** The claims of an assertion that was signed with this key; undefined if it was not. @throws OAuthError on wrong claims */
async function verify(
  { text, algorithm }: UnverifiedAssertion,
  jwk: JWK,
  options: JWTVerifyOptions,
): Promise<JWTPayload | undefined> {
  const { errors, importJWK, jwtVerify } = await jose();
  // The issuer says what its key is for; the header, which anybody writes, must not choose otherwise (RFC 8725 §3.1).
  if (jwk.alg !== undefined && jwk.alg !== algorithm) return undefined;
  try {
    const key = await importJWK(jwk, algorithm);
    const { payload } = await jwtVerify(text, key, {
      ...options,
      algorithms,
      clockTolerance,
      requiredClaims: ['exp'],
    });
    return payload;
  } catch (error) {
    if (error instanceof errors.JWTExpired || error instanceof errors.JWTClaimValidationFailed) {
      const wrong = { iss: 'wrong issuer', sub: 'wrong subject', aud: 'wrong audience' } as const;
      throw wrongAssertion(wrong[error.claim as keyof typeof wrong] ?? 'wrong time');
    }
    // A key of another kind than the algorithm, or a signature of another key.
    return undefined;
  }
}
