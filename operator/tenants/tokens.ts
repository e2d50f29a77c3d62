import { LostRace, retry } from '../../lambda/directory/retry';
import { type Scope, scopes } from '../../lambda/scim/scope';
import { isExpired, type Tenant, type TokenRecord } from '../../lambda/tenants/tenant';
import { hashToken, makeId, makeToken } from '../../lambda/tenants/token-format';
import { OperatorError } from '../error';
import { alignSecret, createSecret } from './align-secret';
import { requireCredentialLabel, requireOneOf } from './check-options';
import { tokenSecret } from './credential-secrets';
import { describeCredentials } from './describe-credentials';
import { requireEnabled } from './enabled-tenant';
import { tenantDisabled } from './tenant-errors';
import type { TenantServices } from './tenant-services';

const day = 24 * 3600 * 1000;

/** Default lifetime of a token. */
const defaultLife = 365 * day;

/** Default maximum of live tokens per tenant. */
const defaultLimit = 2;

export interface TokenOptions {
  readonly tokenLabel?: string;
  /** Lifetime in milliseconds. */
  readonly life?: number;
  /** What the token may do. @default 'scim', everything */
  readonly scope?: Scope;
}

export interface CreatedToken {
  readonly tokenId: string;
  /** The token itself; only its hash is stored. */
  readonly token: string;
  readonly expires: string;
}

/** `incomplete`: its creation or revocation was interrupted, and it is not accepted; revoke it. */
export type TokenState = 'live' | 'disabled' | 'expired' | 'incomplete';

export interface ListedToken extends TokenRecord {
  readonly tokenId: string;
  readonly state: TokenState;
}

/**
 * Generates a token and its record, without storing anything.
 * @throws OperatorError if it would live longer than the deployment allows, or there is no such scope
 */
export function newToken(services: TenantServices, tenantId: string, options: TokenOptions) {
  const { tokenLabel, scope = 'scim' } = options;
  requireCredentialLabel(tokenLabel);
  requireOneOf('scope', scope, scopes);
  const life = lifeOf(services, options);
  const tokenId = makeId(services.random);
  const token = makeToken({ tenantId, credentialId: tokenId }, services.random);
  const now = services.clock();
  const expires = new Date(now.getTime() + life).toISOString();
  const record: TokenRecord = {
    ...(tokenLabel ? { label: tokenLabel } : {}),
    scope,
    created: now.toISOString(),
    expires,
  };
  return { created: { tokenId, token, expires }, record, hash: hashToken(token) };
}

/** The life of a new token in milliseconds. @throws OperatorError if it is longer than the deployment allows */
function lifeOf({ maxTokenDays = Number.POSITIVE_INFINITY }: TenantServices, { life }: TokenOptions): number {
  const longest = maxTokenDays * day;
  if (life === undefined) return Math.min(defaultLife, longest);
  if (life <= longest) return life;
  throw new OperatorError(
    `A token of this deployment lives at most ${maxTokenDays} days (maxTokenDays), and this one would live ` +
      `${Math.ceil(life / day)}: choose a shorter life, such as ${maxTokenDays}d, or deploy with another maxTokenDays. No token was created.`,
  );
}

/**
 * Creates a token for a tenant. The limit holds even if several operators create tokens at the same time: the token is
 * first added to the tenant item, with a condition, and then its secret is created.
 * @throws OperatorError if the tenant is disabled or does not exist, or has its maximum of live tokens, or the token would
 * live longer than the deployment allows.
 */
export async function createToken(
  services: TenantServices,
  tenantId: string,
  options: TokenOptions & { readonly limit?: number } = {},
): Promise<CreatedToken> {
  const { created, record, hash } = newToken(services, tenantId, options);
  const tenant = await addToTenant(services, tenantId, created.tokenId, record, options.limit ?? defaultLimit);
  await createSecret(services, tenantId, created.tokenId, tokenSecret(tenant, record, hash));
  return created;
}

async function addToTenant(
  services: TenantServices,
  tenantId: string,
  tokenId: string,
  record: TokenRecord,
  limit: number,
): Promise<Tenant> {
  return retry(async () => {
    const tenant = await requireEnabled(services, tenantId);
    const expired = [...tenant.tokens].filter(([, token]) => isExpired(token, services.clock())).map(([id]) => id);
    const live = tenant.tokens.size - expired.length;
    if (live >= limit) {
      const used = [...tenant.tokens].filter(([id]) => !expired.includes(id));
      throw new OperatorError(
        `Tenant ${tenantId} has ${live} live tokens, the most allowed: ${describeCredentials(used)}. Revoke one first, or allow more.`,
        { remedy: { operation: 'revoke token', values: { tenant: tenantId, limit: live + 1 } } },
      );
    }
    if (await services.tenants.addToken(tenantId, tokenId, record, { limit, expired })) return tenant;
    throw new LostRace(`Tenant ${tenantId} was changed by another operator.`);
  });
}

/**
 * Returns the tokens of a tenant with their states, oldest first.
 * @throws OperatorError if a secret was edited by hand; the error of Secrets Manager if that cannot be asked
 */
export async function listTokens(services: TenantServices, tenant: Tenant): Promise<readonly ListedToken[]> {
  const listed = [...tenant.tokens].map(async ([tokenId, record]): Promise<ListedToken> => {
    const reading = await services.secrets.read(tenant.tenantId, tokenId);
    if (reading.kind === 'unavailable') throw reading.cause;
    if (reading.kind === 'unreadable') throw new OperatorError(reading.cause.message, { cause: reading.cause });
    if (reading.kind === 'absent') return { ...record, tokenId, state: 'incomplete' };
    if (isExpired(record, services.clock())) return { ...record, tokenId, state: 'expired' };
    return { ...record, tokenId, state: reading.secret.state === 'enabled' ? 'live' : 'disabled' };
  });
  return (await Promise.all(listed)).sort((a, b) => Date.parse(a.created) - Date.parse(b.created));
}

/**
 * Revokes a token, in any state. It also removes what an interrupted `createToken` left, and a secret that no item
 * lists. The secret is deleted first: an interruption leaves a token that is listed but not accepted.
 * @throws OperatorError if the tenant has no such token.
 */
export async function revokeToken(services: TenantServices, tenant: Tenant, tokenId: string): Promise<void> {
  const reading = await services.secrets.read(tenant.tenantId, tokenId);
  // The secret of a client must not be deleted by this.
  if (reading.kind === 'absent' || (reading.kind === 'found' && reading.secret.kind !== 'token')) {
    requireToken(tenant, tokenId);
  }
  await services.secrets.delete(tenant.tenantId, tokenId);
  await services.tenants.removeToken(tenant.tenantId, tokenId);
}

/**
 * Creates the successor of a token, with the same label and scope. The old token works until it is revoked, or for `overlap`
 * milliseconds.
 * @throws OperatorError if the tenant has no such token, and the errors of `createToken`.
 */
export async function rotateToken(
  services: TenantServices,
  tenant: Tenant,
  tokenId: string,
  options: { readonly overlap?: number; readonly life?: number; readonly limit?: number } = {},
): Promise<CreatedToken> {
  const { label, scope } = requireToken(tenant, tokenId);
  const made = { ...options, scope, ...(label ? { tokenLabel: label } : {}) };
  const created = await createToken(services, tenant.tenantId, made);
  if (options.overlap !== undefined) {
    const end = new Date(services.clock().getTime() + options.overlap).toISOString();
    await services.tenants.endToken(tenant.tenantId, tokenId, end);
    await alignSecret(services, tenant.tenantId, tokenId);
  }
  return created;
}

/**
 * The id of the one live token of a tenant.
 * @throws OperatorError when the tenant is disabled, or has no live token, or several
 */
export async function findOnlyToken(services: TenantServices, tenant: Tenant): Promise<string> {
  const { label, state } = tenant;
  const live = (await listTokens(services, tenant)).filter((token) => token.state === 'live');
  const [token] = live;
  if (token && live.length === 1) return token.tokenId;
  if (state === 'disabled') throw tenantDisabled(label);
  if (!token) {
    throw new OperatorError(`Tenant ${label} has no live token to rotate: create one.`, {
      remedy: { operation: 'create token', values: { tenant: label } },
    });
  }
  throw new OperatorError(
    `Tenant ${label} has ${live.length} live tokens: ${describeCredentials(live.map((one) => [one.tokenId, one]))}. ` +
      'Revoke those that are no longer used, or name the one to rotate and allow one more.',
    { remedy: { operation: 'rotate token', values: { tenant: label, limit: live.length + 1 } } },
  );
}

function requireToken(tenant: Tenant, tokenId: string): TokenRecord {
  const record = tenant.tokens.get(tokenId);
  if (record) return record;
  throw new OperatorError(
    `Tenant ${tenant.tenantId} has no token ${JSON.stringify(tokenId)}: use the id of one of its tokens.`,
    { remedy: { operation: 'list tokens', values: { tenant: tenant.tenantId } } },
  );
}
