import type { ApiRemedy } from '../error';
import type { ActivityEntry } from './activity';
import type { Call, Done, OfTenant, Page } from './call';
import type { MadeToken } from './credentials';

export type Profile = 'identity-center' | 'standard' | 'aws-scim-clients';

/** What the console works on. */
export interface Place {
  /** Absent for an endpoint on this machine. */
  readonly aws?: {
    readonly account: string;
    readonly region: string;
    readonly stack: string;
    /** The ARN of who works here; absent if AWS does not say. */
    readonly identity?: string;
    /** The address of the emulator that stands for AWS. */
    readonly emulator?: string;
  };
  /** For an endpoint on this machine: its address, and the folder of its data, if it has one. */
  readonly local?: { readonly url: string; readonly folder?: string };
}

/** A profile, explained for the person who chooses one. */
export interface ProfileChoice {
  readonly name: Profile;
  /** What it is, in one sentence. */
  readonly what: string;
  /** For whom it is, in one sentence. */
  readonly choose: string;
  /** What it does differently from the others. */
  readonly rules: readonly string[];
}

export interface Session {
  readonly version: string;
  readonly place: Place;
  readonly profiles: readonly ProfileChoice[];
  /** Requests per second of each tier; empty where tenants are not limited. */
  readonly tiers: readonly { readonly name: string; readonly rate: number }[];
  /** The longest life of an API token, in days. */
  readonly maxTokenDays: number;
  /** Whether the deployment keeps activity. Without it, screens have no activity and no failures. */
  readonly activityKept: boolean;
}

/** A tenant in the list. */
export interface TenantRow {
  readonly id: string;
  readonly label: string;
  readonly profile: Profile;
  readonly state: TenantState;
  readonly users: number;
  readonly groups: number;
  /** The hour of the last request. */
  readonly lastRequest?: string;
  /** Failures of the last 24 hours; `more` if there are more than were counted. Absent where no activity is kept. */
  readonly failures?: { readonly count: number; readonly more: boolean };
  /** When the next credential ends, and in how many days; absent if it has none that ends. */
  readonly expires?: string;
  readonly daysToExpiry?: number;
}

/** `held`: its brake holds changes. The first that applies, in this order: disabled, paused, held, enabled. */
export type TenantState = 'disabled' | 'paused' | 'held' | 'enabled';

/** What a tenant is. */
export interface TenantFacts {
  readonly id: string;
  readonly label: string;
  readonly profile: Profile;
  readonly state: TenantState;
  readonly created: string;
  readonly baseUrl: string;
  /** On an emulator that does not serve the Base URL: another address, and the header to send. */
  readonly byHost?: { readonly url: string; readonly host: string };
}

/** Something that a person should look at. */
export interface Attention {
  readonly sentence: string;
  readonly remedy?: ApiRemedy;
}

/** Failures of one kind within the last 24 hours. */
export interface FailureKind {
  readonly count: number;
  readonly status: number;
  readonly last: ActivityEntry;
}

export interface Overview extends TenantFacts {
  readonly users: number;
  readonly groups: number;
  readonly credentials: { readonly tokens: number; readonly clients: number; readonly nextExpiry?: string };
  /** The last request of the identity provider that succeeded. */
  readonly lastSuccess?: ActivityEntry;
  /** The most frequent first. */
  readonly failures: readonly FailureKind[];
  readonly attention: readonly Attention[];
}

/** A credential that was refused with 401 again and again, for one reason. */
export interface Refusals {
  readonly credential?: string;
  readonly label?: string;
  readonly sentence: string;
  readonly remedy: ApiRemedy;
  readonly count: number;
  readonly first: string;
  readonly last: string;
}

export interface TenantCalls {
  /** Where the console works, and what there is to choose from. */
  'session.get': Call<Record<string, never>, Session>;
  /** 50 tenants in the order of their labels. `search` finds a part of a label, or an id. `total` counts all that fit. */
  'tenants.list': Call<
    { readonly search?: string; readonly cursor?: string },
    Page & { readonly tenants: readonly TenantRow[]; readonly total: number }
  >;
  /** Creates a tenant with its first token, which is shown once. */
  'tenants.create': Call<
    {
      readonly label: string;
      readonly profile: Profile;
      readonly tokenLabel?: string;
      /** Life of the token in days. @default 365, or the longest that the deployment allows */
      readonly days?: number;
    },
    Done & { readonly tenant: TenantFacts; readonly token: MadeToken }
  >;
  'tenant.overview': Call<OfTenant, Overview>;
  /** Counts the enabled and disabled users: it reads all users, which takes seconds for tens of thousands. */
  'tenant.countUsers': Call<OfTenant, { readonly enabled: number; readonly disabled: number }>;
  /** Credentials that were refused within the last hour, from the log of the deployment. */
  'tenant.refusals': Call<OfTenant, { readonly refusals: readonly Refusals[] }>;
}
