import type { Tier } from '../../deployment/limits';
import type { ProfileName } from '../scim/schema/profile';
import type { Scope } from '../scim/scope';
import type { ClientRecord } from './client';

export type TenantStatus = 'enabled' | 'disabled';

/** A token without its secret. Times are ISO 8601 in UTC. */
export interface TokenRecord {
  readonly label?: string;
  readonly scope: Scope;
  readonly created: string;
  readonly expires: string;
  /** The time of the last request, to the hour; absent if there was none. */
  readonly lastUse?: string;
}

/** One customer of the deployment: its credentials, which are tokens and clients, and its profile. */
export interface Tenant {
  readonly tenantId: string;
  /** Name for people; unique in the deployment, ignoring case; can be changed. */
  readonly label: string;
  readonly profile: ProfileName;
  readonly state: TenantStatus;
  /** The tier of its limits; absent while it shares a key with others. */
  readonly tier?: Tier;
  readonly created: string;
  readonly tokens: ReadonlyMap<string, TokenRecord>;
  readonly clients: ReadonlyMap<string, ClientRecord>;
}

/** The form of a label, which is typed on command lines. */
export const labelPattern = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** Whether a token has expired. */
export function isExpired(holder: { readonly expires: string }, now: Date): boolean {
  return Date.parse(holder.expires) <= now.getTime();
}
