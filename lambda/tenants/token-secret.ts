import type { ProfileName } from '../scim/schema/profile';
import type { TenantState } from './tenant';

/** What Secrets Manager holds for a token: all that the authorizer needs, in one read. */
export interface TokenSecret {
  readonly hash: string;
  readonly profile: ProfileName;
  readonly expires: string;
  readonly state: TenantState;
}

/** What came of reading a secret; an outage is a result, so that the authorizer can judge it. */
export type SecretReading =
  | { readonly kind: 'found'; readonly secret: TokenSecret }
  | { readonly kind: 'absent' }
  /** Secrets Manager does not answer, or refuses. */
  | { readonly kind: 'unavailable'; readonly cause: unknown }
  /** The secret exists, but it is not what `TokenSecret` describes. It opens nothing. */
  | { readonly kind: 'unreadable'; readonly cause: Error };

/** Reads the secrets of tokens. */
export interface SecretReader {
  read(tenantId: string, tokenId: string): Promise<SecretReading>;
}
