import type { Tier } from '../../deployment/limits';
import type { ProfileName } from '../scim/schema/profile';
import type { Scope } from '../scim/scope';
import type { TenantStatus } from './tenant';

/** The secret of a token: everything that the authorizer needs, in one read. */
export interface TokenSecret {
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

/** Result of reading a secret; an outage is a result, too. */
export type SecretReading =
  | { readonly kind: 'found'; readonly secret: TokenSecret }
  | { readonly kind: 'absent' }
  /** Secrets Manager does not respond, or refuses. */
  | { readonly kind: 'unavailable'; readonly cause: unknown }
  /** The secret exists, but is not a `TokenSecret`. Its token is not accepted. */
  | { readonly kind: 'unreadable'; readonly cause: Error };

/** Reads the secrets of tokens. */
export interface SecretReader {
  read(tenantId: string, credentialId: string): Promise<SecretReading>;
}
