import type { Tier } from '../../deployment/limits';
import type { ProfileName } from '../scim/schema/profile';
import type { Scope } from '../scim/scope';
import type { ClientAuthentication } from './client';
import type { TenantStatus } from './tenant';

/** The value of a token's secret in Secrets Manager: everything that the authorizer needs, in one read. */
export interface TokenSecret {
  readonly kind: 'token';
  readonly hash: string;
  readonly profile: ProfileName;
  readonly expires: string;
  readonly state: TenantStatus;
  readonly scope: Scope;
  /** What the operator called the token; absent without a label. */
  readonly label?: string;
  /** The tier of the tenant's API key; absent while it has none of its own. */
  readonly tier?: Tier;
}

/**
 * The value of a client's secret in Secrets Manager: everything that the token endpoint and the authorizer need, in one
 * read. It repeats what the tenant item says (`alignSecret`); only the key is nowhere else.
 */
export interface ClientSecret extends ClientAuthentication {
  readonly kind: 'client';
  readonly profile: ProfileName;
  readonly state: TenantStatus;
  /** The tier of the tenant's API key; absent while it has none of its own. */
  readonly tier?: Tier;
  /** The key of the MAC of the client's access tokens: 32 random bytes, base64url. */
  readonly macKey: string;
}

/** The secret of a credential. */
export type CredentialSecret = TokenSecret | ClientSecret;

/** Result of reading a secret; an outage is a result, too. */
export type SecretReading =
  | { readonly kind: 'found'; readonly secret: CredentialSecret }
  | { readonly kind: 'absent' }
  /** Secrets Manager does not respond, or refuses. */
  | { readonly kind: 'unavailable'; readonly cause: unknown }
  /** The secret exists, but is neither a token's nor a client's. Its credential is not accepted. */
  | { readonly kind: 'unreadable'; readonly cause: Error };

/** Reads the secrets of credentials. */
export interface SecretReader {
  read(tenantId: string, credentialId: string): Promise<SecretReading>;
}
