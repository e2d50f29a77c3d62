import type { Tenant, TenantState, TokenRecord } from '../../lambda/tenants/tenant';
import type { Random } from '../../lambda/tenants/token-format';
import type { SecretReader, TokenSecret } from '../../lambda/tenants/token-secret';

/** What a new token needs to find in the tenant item to be added to it. */
export interface TokenRoom {
  /** How many tokens may be live at a time. */
  readonly limit: number;
  /** Tokens of the tenant that no longer live, and so do not count. */
  readonly expired: readonly string[];
}

/** The tenant items of the directory table. Reads are strong, changes are single conditional writes or transactions. */
export interface TenantStore {
  /** Adds a tenant; false when its label belongs to another. */
  create(tenant: Tenant): Promise<boolean>;
  get(tenantId: string): Promise<Tenant | undefined>;
  /** The tenant with this label, whatever the letter case. */
  findByLabel(label: string): Promise<Tenant | undefined>;
  /** All tenants; throws at the end, after the others, when one cannot be read. */
  list(): AsyncIterable<Tenant>;
  /** Gives a tenant another label; false when the label belongs to another, or the tenant changed or went meanwhile. */
  rename(tenant: Tenant, label: string): Promise<boolean>;
  /** False when there is no such tenant. */
  setState(tenantId: string, state: TenantState): Promise<boolean>;
  /** Adds a token to an enabled tenant that has room for it; false when it has not, or is disabled, or not there. */
  addToken(tenantId: string, tokenId: string, token: TokenRecord, room: TokenRoom): Promise<boolean>;
  /** Gives a token an earlier end; false when there is no such token or it ends earlier already. */
  endToken(tenantId: string, tokenId: string, expires: string): Promise<boolean>;
  /** False when there is no such token. */
  removeToken(tenantId: string, tokenId: string): Promise<boolean>;
  /** Removes a disabled tenant without tokens, and its label; false when it is not (or no longer) that. */
  remove(tenant: Tenant): Promise<boolean>;
}

/** The secrets of tokens, one each, created, replaced and deleted whole. */
export interface SecretStore extends SecretReader {
  /** Resolves when the secret can be read, so that a token works as soon as it is shown. */
  create(tenantId: string, tokenId: string, secret: TokenSecret): Promise<void>;
  replace(tenantId: string, tokenId: string, secret: TokenSecret): Promise<void>;
  /** Does nothing when there is no such secret. */
  delete(tenantId: string, tokenId: string): Promise<void>;
  /** The ids of all tokens of a tenant that have a secret. */
  list(tenantId: string): AsyncIterable<string>;
}

/** What the operations on tenants and tokens work with. */
export interface TenantServices {
  readonly tenants: TenantStore;
  readonly secrets: SecretStore;
  readonly clock: () => Date;
  readonly random?: Random;
}
