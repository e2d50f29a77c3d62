import type { Call, Done, OfTenant } from './call';
import type { TenantFacts } from './tenants';

export type Tier = 'low' | 'standard' | 'high';

/** What the brake holds. */
export interface Hold {
  readonly what: 'users' | 'members';
  /** What it holds, since when and why, in a sentence. */
  readonly sentence: string;
  readonly since: string;
  readonly counted: number;
  readonly limit: number;
}

export interface Settings extends TenantFacts {
  readonly enabled: boolean;
  readonly paused?: string;
  /** Absent where tenants are not limited; `shared`: it shares the limits of that tier with others. */
  readonly limits?: { readonly tier: Tier; readonly shared: boolean };
  readonly brake: {
    readonly on: boolean;
    readonly holds: readonly Hold[];
    /** Until when it holds nothing. */
    readonly releasedUntil?: string;
  };
  /** Whether operators may change users and groups. */
  readonly localChanges: boolean;
  /** Until when the bodies of requests are recorded. */
  readonly recordUntil?: string;
}

export interface SettingCalls {
  'settings.get': Call<OfTenant, Settings>;
  'settings.rename': Call<OfTenant & { readonly label: string }, Done>;
  'settings.setLimits': Call<OfTenant & { readonly tier: Tier }, Done>;
  /** A disabled tenant answers 401, after which identity providers give up: prefer a pause, which answers 503. */
  'settings.setEnabled': Call<OfTenant & { readonly enabled: boolean }, Done>;
  'settings.setPaused': Call<OfTenant & { readonly paused: boolean }, Done>;
  'settings.setBrake': Call<OfTenant & { readonly on: boolean }, Done>;
  /** Lets through what the brake holds, and everything for some hours. @default as long as it was held, and an hour */
  'settings.release': Call<OfTenant & { readonly hours?: number }, Done & { readonly until: string }>;
  /** Lets one user through, by id or userName; everything else stays held. */
  'settings.releaseUser': Call<OfTenant & { readonly user: string }, Done>;
  'settings.setLocalChanges': Call<OfTenant & { readonly allowed: boolean }, Done>;
  /**
   * Deletes a tenant with its credentials, users and groups. Cannot be undone. `confirm` is the label. It takes half a
   * minute or more: it waits for requests under way.
   */
  'settings.deleteTenant': Call<OfTenant & { readonly confirm: string }, Done>;
}
