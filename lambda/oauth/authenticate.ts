import { maxPerClient } from '../tenants/client';
import type { ClientSecret, SecretReader } from '../tenants/credential-secret';
import { hasIdForm } from '../tenants/id';
import { TooManyUnknown } from '../tenants/secret-cache';
import { isExpired } from '../tenants/tenant';
import { matchesHash, parseClientSecret } from '../tenants/token-format';
import { type AssertionServices, readAssertion, verifyAssertion } from './assertion';
import { type OAuthError, type Reason, tryAgain, wrongAssertion, wrongSecret } from './error';
import type { Presented } from './token-request';

/** Services for the authentication of clients. */
export interface AuthenticationServices extends AssertionServices {
  readonly secrets: SecretReader;
}

/** A client whose authentication succeeded. */
export interface AuthenticatedClient {
  readonly clientId: string;
  readonly client: ClientSecret;
}

/** Where a client is authenticated: the tenant in the path, and the URLs by which it may name this endpoint. */
export interface Place {
  readonly tenantId: string;
  /** The URL of the token endpoint and the issuer of its metadata: what an assertion of the client itself is for. */
  readonly audiences: readonly string[];
}

/** Stands in for a secret that does not exist: as many are compared for every client, and for one that does not exist. */
const nothing = { hash: '0'.repeat(64), expires: '' };

/**
 * Authenticates a client of a tenant.
 * @throws OAuthError `invalid_client`, or `temporarily_unavailable` if that cannot be checked now
 */
export async function authenticate(
  services: AuthenticationServices,
  place: Place,
  presented: Presented,
): Promise<AuthenticatedClient> {
  return presented.method === 'secret' ? bySecret(services, place, presented) : byAssertion(services, place, presented);
}

/** Noise has no valid checksum and costs no look-up. */
async function bySecret(
  services: AuthenticationServices,
  { tenantId }: Place,
  { clientId, secret }: Extract<Presented, { method: 'secret' }>,
): Promise<AuthenticatedClient> {
  const name = parseClientSecret(secret);
  if (name?.tenantId !== tenantId || name.credentialId !== clientId) throw wrongSecret('garbled');
  const client = await readClient(services, tenantId, clientId);
  const secrets = Array.from({ length: maxPerClient.secrets }, (_, index) => client?.secrets[index] ?? nothing);
  const [match] = secrets.filter(({ hash }) => matchesHash(secret, hash));
  if (!client) throw wrongSecret('unknown');
  if (!match) throw wrongSecret('wrong secret');
  if (isExpired(match, services.clock())) throw wrongSecret('expired');
  return { clientId, client: enabled(client, wrongSecret) };
}

async function byAssertion(
  services: AuthenticationServices,
  { tenantId, audiences }: Place,
  { clientId: named, assertion }: Extract<Presented, { method: 'assertion' }>,
): Promise<AuthenticatedClient> {
  const unverified = await readAssertion(assertion);
  const clientId = named ?? unverified?.subject;
  if (!unverified || clientId === undefined || !hasIdForm(clientId)) throw wrongAssertion('garbled');
  const client = await readClient(services, tenantId, clientId);
  if (!client) throw wrongAssertion('unknown');
  await verifyAssertion(services, { clientId, client, audiences }, unverified);
  return { clientId, client: enabled(client, wrongAssertion) };
}

function enabled(client: ClientSecret, refuse: (reason: Reason) => OAuthError): ClientSecret {
  if (client.state === 'enabled') return client;
  throw refuse('disabled');
}

async function readClient(
  { secrets }: AuthenticationServices,
  tenantId: string,
  clientId: string,
): Promise<ClientSecret | undefined> {
  // The path is whatever a stranger writes; a name that no secret can have would be an error of Secrets Manager's.
  if (!hasIdForm(tenantId)) return undefined;
  const reading = await secrets.read(tenantId, clientId);
  // A flood of made-up clients is the fault of who sends it.
  if ('cause' in reading) throw tryAgain(reading.cause instanceof TooManyUnknown ? 429 : 500, 1, reading.cause);
  return reading.kind === 'found' && reading.secret.kind === 'client' ? reading.secret : undefined;
}
