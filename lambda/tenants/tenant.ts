import type { ProfileName } from '../scim/schema/profile';

export type TenantState = 'enabled' | 'disabled';

/** What is known of a token besides its secret. Times are ISO 8601 in UTC. */
export interface TokenRecord {
  readonly label?: string;
  readonly created: string;
  readonly expires: string;
  /** The hour of the last request, to the hour; absent when there was none. */
  readonly lastUse?: string;
}

/** One customer of the deployment: what opens its part of the directory, and under which rules. */
export interface Tenant {
  readonly tenantId: string;
  /** For people; unique in the deployment without letter case; can be renamed. */
  readonly label: string;
  readonly profile: ProfileName;
  readonly state: TenantState;
  readonly created: string;
  readonly tokens: ReadonlyMap<string, TokenRecord>;
}

/** What a label looks like: it is typed on command lines. */
export const labelPattern = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** Tells whether something with this end is past it. */
export function isExpired(holder: { readonly expires: string }, now: Date): boolean {
  return Date.parse(holder.expires) <= now.getTime();
}
