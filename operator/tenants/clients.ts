import { randomBytes } from 'node:crypto';
import { LostRace, retry } from '../../lambda/directory/retry';
import type { JsonObject } from '../../lambda/scim/json';
import { type Scope, scopes } from '../../lambda/scim/scope';
import { accessTokenLife, type ClientRecord, type HashedSecret } from '../../lambda/tenants/client';
import type { Tenant } from '../../lambda/tenants/tenant';
import { hashToken, makeClientSecret, makeId } from '../../lambda/tenants/token-format';
import { OperatorError } from '../error';
import { createSecret } from './align-secret';
import { requireCredentialLabel, requireOneOf } from './check-options';
import { newTrust, type TrustOptions } from './client-trust';
import { clientSecret } from './credential-secrets';
import { describeCredentials } from './describe-credentials';
import { requireEnabled } from './enabled-tenant';
import { tenantDisabled } from './tenant-errors';
import type { TenantServices } from './tenant-services';

const day = 24 * 3600 * 1000;

/** How long client secrets may live; Microsoft asks for one to three years of applications in its gallery. */
const secretDays = { least: 365, most: 1096, usual: 730 };

/** Default maximum of clients per tenant. */
const defaultLimit = 2;

export interface ClientOptions {
  readonly clientLabel?: string;
  /** What access tokens of the client may do. @default 'scim', everything */
  readonly scope?: Scope;
  /** Life of the client secret in milliseconds. */
  readonly life?: number;
  /** Life of its access tokens in milliseconds, one to six hours. @default one hour */
  readonly accessTokenLife?: number;
  /** The public key with which the client signs assertions, as a JWK; then it gets no secret. */
  readonly key?: JsonObject;
  /** The workload of another issuer that may act as the client; then it gets no secret. */
  readonly trust?: TrustOptions;
  /** Maximum number of clients of the tenant. */
  readonly limit?: number;
}

/** A client secret, which cannot be read again: only its hash is stored. */
export interface MadeSecret {
  readonly secret: string;
  readonly expires: string;
}

export interface CreatedClient {
  readonly clientId: string;
  /** Absent for a client that signs assertions. */
  readonly made?: MadeSecret;
}

/**
 * Makes a secret for a client, without storing anything.
 * @param life in milliseconds
 * @throws OperatorError if it would not live one to three years
 */
export function newClientSecret(
  services: TenantServices,
  name: { readonly tenantId: string; readonly clientId: string },
  life = secretDays.usual * day,
): { readonly made: MadeSecret; readonly stored: HashedSecret } {
  if (life < secretDays.least * day || life > secretDays.most * day) {
    throw new OperatorError(
      `A client secret lives one to three years (${secretDays.least}d to ${secretDays.most}d), and this one would live ` +
        `${Math.floor(life / day)} days: choose another life. No secret was created.`,
    );
  }
  const secret = makeClientSecret({ tenantId: name.tenantId, credentialId: name.clientId }, services.random);
  const now = services.clock();
  const expires = new Date(now.getTime() + life).toISOString();
  return { made: { secret, expires }, stored: { hash: hashToken(secret), created: now.toISOString(), expires } };
}

/**
 * Creates a client of a tenant. The limit holds even if several operators create clients at the same time: the client
 * is first added to the tenant item, with a condition, and then its secret is created.
 * @throws OperatorError if the tenant is disabled or does not exist, or has its maximum of clients, or the options are wrong
 */
export async function createClient(
  services: TenantServices,
  tenantId: string,
  options: ClientOptions = {},
): Promise<CreatedClient> {
  const { clientLabel, scope = 'scim', key, trust, limit = defaultLimit } = options;
  requireCredentialLabel(clientLabel);
  requireOneOf('scope', scope, scopes);
  const clientId = makeId(services.random);
  const created = services.clock().toISOString();
  const secret = key || trust ? undefined : newClientSecret(services, { tenantId, clientId }, options.life);
  const record: ClientRecord = {
    ...(clientLabel ? { label: clientLabel } : {}),
    scope,
    accessTokenSeconds: accessTokenSeconds(options),
    secrets: secret ? [secret.stored] : [],
    keys: key ? [{ created, jwk: key }] : [],
    trusts: trust ? [newTrust(trust, created)] : [],
    created,
    version: 1,
  };
  const tenant = await addToTenant(services, tenantId, clientId, record, limit);
  const macKey = Buffer.from((services.random ?? randomBytes)(32)).toString('base64url');
  await createSecret(services, tenantId, clientId, clientSecret(tenant, record, macKey));
  return { clientId, ...(secret ? { made: secret.made } : {}) };
}

/** The life of a client's access tokens, in seconds. @throws OperatorError if it is not one to six hours */
function accessTokenSeconds({ accessTokenLife: life = accessTokenLife.least * 1000 }: ClientOptions): number {
  const seconds = Math.floor(life / 1000);
  if (seconds >= accessTokenLife.least && seconds <= accessTokenLife.most) return seconds;
  throw new OperatorError(
    `An access token lives one to six hours (1h to 6h), and this one would live ${Math.floor(seconds / 60)} minutes: ` +
      'choose another life. No client was created.',
  );
}

async function addToTenant(
  services: TenantServices,
  tenantId: string,
  clientId: string,
  record: ClientRecord,
  limit: number,
): Promise<Tenant> {
  return retry(async () => {
    const tenant = await requireEnabled(services, tenantId);
    const { size } = tenant.clients;
    if (size >= limit) {
      throw new OperatorError(
        `Tenant ${tenantId} has ${size} clients, the most allowed: ${describeCredentials(tenant.clients)}. Revoke one first, or allow more. To replace a secret, rotate it.`,
        { remedy: { operation: 'revoke client', values: { tenant: tenantId, limit: size + 1 } } },
      );
    }
    if (await services.tenants.addClient(tenantId, clientId, record, limit)) return tenant;
    throw new LostRace(`Tenant ${tenantId} was changed by another operator.`);
  });
}

/**
 * Revokes a client with everything that it authenticates with, in any state. It also removes what an interrupted
 * `createClient` left, and a secret that no item lists. The secret is deleted first: an interruption leaves a client that
 * is listed but not accepted.
 * @throws OperatorError if the tenant has no such client
 */
export async function revokeClient(services: TenantServices, tenant: Tenant, clientId: string): Promise<void> {
  const reading = await services.secrets.read(tenant.tenantId, clientId);
  // The secret of a token must not be deleted by this.
  if (reading.kind === 'absent' || (reading.kind === 'found' && reading.secret.kind !== 'client')) {
    requireClient(tenant, clientId);
  }
  await services.secrets.delete(tenant.tenantId, clientId);
  await services.tenants.removeClient(tenant.tenantId, clientId);
}

/**
 * The id of the one client of a tenant.
 * @throws OperatorError if the tenant is disabled, or has no client, or several
 */
export function findOnlyClient({ label, state, clients }: Tenant): string {
  const [only] = clients.keys();
  if (state === 'disabled') throw tenantDisabled(label);
  if (only !== undefined && clients.size === 1) return only;
  if (only === undefined) {
    throw new OperatorError(`Tenant ${label} has no client: create one.`, {
      remedy: { operation: 'create client', values: { tenant: label } },
    });
  }
  throw new OperatorError(
    `Tenant ${label} has ${clients.size} clients: ${describeCredentials(clients)}. Name the one that is meant.`,
    { remedy: { operation: 'list clients', values: { tenant: label } } },
  );
}

/** The client of a tenant with this id. @throws OperatorError if there is none */
export function requireClient(tenant: Tenant, clientId: string): ClientRecord {
  const record = tenant.clients.get(clientId);
  if (record) return record;
  throw new OperatorError(
    `Tenant ${tenant.tenantId} has no client ${JSON.stringify(clientId)}: use the id of one of its clients.`,
    { remedy: { operation: 'list clients', values: { tenant: tenant.tenantId } } },
  );
}
