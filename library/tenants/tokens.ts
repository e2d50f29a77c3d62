import {
  type CreatedToken,
  createToken,
  type ListedToken,
  listTokens,
  revokeToken,
  rotateToken,
} from '../../operator/tenants/tokens';
import { limited } from './checked';
import { type CredentialState, labelled, type Scope } from './credential';
import { days, hours } from './duration';
import { given } from './given';
import type { Session } from './session';

/** An API token of a tenant, without its secret. Times are ISO 8601 in UTC. */
export interface Token {
  readonly tokenId: string;
  /** The name that was given to it. */
  readonly label?: string;
  /** What it may do. */
  readonly scope: Scope;
  readonly state: CredentialState;
  readonly created: string;
  readonly expires: string;
  /** The hour of the last request; absent if there was none. */
  readonly lastUse?: string;
}

/** A new API token. */
export interface NewToken {
  readonly tokenId: string;
  /** The token itself. Only its hash is stored: it cannot be read again. */
  readonly token: string;
  /** When it expires, as ISO 8601 in UTC. */
  readonly expires: string;
}

/** What `tokens.create` may be told. */
export interface TokenOptions {
  /** A name, such as that of the identity provider. It is shown in lists and in the activity. */
  readonly label?: string;
  /**
   * How many days it lives.
   *
   * @default 365, or the longest that the deployment allows
   */
  readonly days?: number;
  /**
   * What it may do: everything, or only read.
   *
   * @default 'scim'
   */
  readonly scope?: Scope;
  /**
   * The most live tokens that the tenant may have, this one included.
   *
   * @default 2
   */
  readonly limit?: number;
}

/** What `tokens.rotate` may be told. */
export interface RotateTokenOptions extends Pick<TokenOptions, 'days' | 'limit'> {
  /**
   * For how many hours the old token works.
   *
   * @default - until it is revoked
   */
  readonly overlapHours?: number;
}

/** The API tokens of a tenant. A change takes effect when caches have expired: within two minutes. */
export interface Tokens {
  /**
   * Creates a token.
   *
   * @throws UnknownTenantError if there is no such tenant
   * @throws RefusedError if the tenant is disabled, has as many live tokens as it may, or the token would live too long
   */
  create(tenantId: string, options?: TokenOptions): Promise<NewToken>;
  /** Returns the tokens with their states, oldest first. @throws UnknownTenantError if there is no such tenant */
  list(tenantId: string): Promise<readonly Token[]>;
  /**
   * Creates the successor of a token, with its label and scope. The old one works until it is revoked, or for
   * `overlapHours`.
   *
   * @throws as `create`, and RefusedError if the tenant has no such token
   */
  rotate(tenantId: string, tokenId: string, options?: RotateTokenOptions): Promise<NewToken>;
  /**
   * Revokes a token, in any state.
   *
   * @throws UnknownTenantError if there is no such tenant
   * @throws RefusedError if the tenant has no such token
   */
  revoke(tenantId: string, tokenId: string): Promise<void>;
}

/** The operations on tokens. @internal */
export function tokensOf(session: Session): Tokens {
  return {
    create: (tenantId, { label, days: life, scope, limit } = {}) =>
      session.change(tenantId, async ({ services }) => {
        const options = given({ tokenLabel: label, life: days(life), scope, limit: limited(limit) });
        const made = await createToken(services, tenantId, options);
        return [{ action: 'tokenCreated', values: { credential: made.tokenId, ...labelled(label) } }, shown(made)];
      }),
    list: (tenantId) =>
      session.of(tenantId, async ({ services }, tenant) => {
        const tokens = await listTokens(services, await services.tenants.withLastUse(tenant));
        return tokens.map(listed);
      }),
    rotate: (tenantId, tokenId, { overlapHours, days: life, limit } = {}) =>
      session.change(tenantId, async ({ services }, tenant) => {
        const options = given({ overlap: hours(overlapHours), life: days(life), limit: limited(limit) });
        const made = await rotateToken(services, tenant, tokenId, options);
        const values = { credential: made.tokenId, old: tokenId, ...labelled(tenant.tokens.get(tokenId)?.label) };
        return [{ action: 'tokenRotated', values }, shown(made)];
      }),
    revoke: (tenantId, tokenId) =>
      session.change(tenantId, async ({ services }, tenant) => {
        await revokeToken(services, tenant, tokenId);
        const values = { credential: tokenId, ...labelled(tenant.tokens.get(tokenId)?.label) };
        return [{ action: 'tokenRevoked', values }, undefined];
      }),
  };
}

const shown = ({ tokenId, token, expires }: CreatedToken): NewToken => ({ tokenId, token, expires });

const listed = ({ tokenId, label, scope, state, created, expires, lastUse }: ListedToken): Token => ({
  tokenId,
  scope,
  state,
  created,
  expires,
  ...given({ label, lastUse }),
});
