import type { Tier } from '../../deployment/limits';
import type { TenantState } from '../../lambda/directory/tenant-state';
import type { ClientRecord } from '../../lambda/tenants/client';
import type { CredentialSecret, SecretReader } from '../../lambda/tenants/credential-secret';
import type { Tenant, TenantStatus, TokenRecord } from '../../lambda/tenants/tenant';
import type { Random } from '../../lambda/tenants/token-format';

/** The condition for adding a token to a tenant. */
export interface TokenRoom {
  /** Maximum number of live tokens. */
  readonly limit: number;
  /** Expired tokens of the tenant, which do not count. */
  readonly expired: readonly string[];
}

/** Fields to set for a tenant; those that are undefined are removed. */
export type StateChange = {
  readonly [Field in keyof Omit<TenantState, 'deleted'>]?: TenantState[Field] | undefined;
};

/** The tenant items of the directory table. Reads are strongly consistent; changes are conditional writes or transactions. */
export interface TenantStore {
  /** Adds a tenant. Returns false if its label belongs to another. */
  create(tenant: Tenant): Promise<boolean>;
  get(tenantId: string): Promise<Tenant | undefined>;
  /** Returns the tenant with this label, ignoring case. */
  findByLabel(label: string): Promise<Tenant | undefined>;
  /** Returns all tenants, without the last use of their credentials. If one cannot be read, throws after the others. */
  list(): AsyncIterable<Tenant>;
  /** Adds when the credentials of a tenant were last used: a call per tenant. */
  withLastUse(tenant: Tenant): Promise<Tenant>;
  /** Changes the label. Returns false if it belongs to another tenant, or the tenant was changed or deleted meanwhile. */
  rename(tenant: Tenant, label: string): Promise<boolean>;
  /** Returns false if there is no such tenant. */
  setState(tenantId: string, state: TenantStatus): Promise<boolean>;
  /** Records that the tenant has an API key of this tier. Returns false if there is no such tenant. */
  setTier(tenantId: string, tier: Tier): Promise<boolean>;
  /** Adds a token. Returns false if the tenant has too many, is disabled or does not exist. */
  addToken(tenantId: string, tokenId: string, token: TokenRecord, room: TokenRoom): Promise<boolean>;
  /** Lets a token expire earlier. Returns false if there is no such token, or it expires before that. */
  endToken(tenantId: string, tokenId: string, expires: string): Promise<boolean>;
  /** Returns false if there is no such token. */
  removeToken(tenantId: string, tokenId: string): Promise<boolean>;
  /** Adds a client. Returns false if the tenant has `limit` clients, is disabled or does not exist. */
  addClient(tenantId: string, clientId: string, client: ClientRecord, limit: number): Promise<boolean>;
  /** Replaces a client, which gets the next version. Returns false if it has another version than the given one. */
  changeClient(tenantId: string, clientId: string, client: ClientRecord): Promise<boolean>;
  /** Returns false if there is no such client. */
  removeClient(tenantId: string, clientId: string): Promise<boolean>;
  /** Marks a tenant as deleted, permanently. Returns the time of the first mark, which may be earlier than `now`. */
  markDeleted(tenantId: string, now: string): Promise<string>;
  /** What operators have set for a tenant; nothing for one that does not exist. */
  readState(tenantId: string): Promise<TenantState>;
  /** Sets single fields of it. Returns the state after that; undefined for a tenant that is deleted. */
  changeState(tenantId: string, fields: StateChange): Promise<TenantState | undefined>;
  /** Removes a disabled tenant without credentials, and its label. Returns false if it is enabled or has credentials. */
  remove(tenant: Tenant): Promise<boolean>;
}

/** The secrets of credentials, one for each. */
export interface SecretStore extends SecretReader {
  /**
   * Resolves when the secret can be read, so that a token works as soon as it is printed.
   * @throws OperatorError if it cannot be read in time
   */
  create(tenantId: string, credentialId: string, secret: CredentialSecret): Promise<void>;
  replace(tenantId: string, credentialId: string, secret: CredentialSecret): Promise<void>;
  /** Does nothing if there is no such secret. */
  delete(tenantId: string, credentialId: string): Promise<void>;
  /** Returns the ids of a tenant's credentials that have a secret. */
  list(tenantId: string): AsyncIterable<string>;
}

/** The API keys by which API Gateway limits the requests of each tenant. */
export interface ApiKeys {
  /** Creates the tenant's key of a tier if it does not exist yet. Returns false if there can be none: `refusal` says why. */
  create(tenantId: string, tier: Tier): Promise<boolean>;
  /** Why `create` returned false, and what to do. */
  readonly refusal: string;
  /** Deletes the tenant's keys of all tiers. */
  delete(tenantId: string): Promise<void>;
}

/** Services for the operations on tenants and tokens. */
export interface TenantServices {
  readonly tenants: TenantStore;
  readonly secrets: SecretStore;
  readonly apiKeys: ApiKeys;
  readonly clock: () => Date;
  /** The longest that a token may live, in days. @default - no maximum, for the token of a local endpoint's own tenant */
  readonly maxTokenDays?: number;
  readonly random?: Random;
}
