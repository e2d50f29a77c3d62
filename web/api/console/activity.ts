import type { ApiRemedy } from '../error';
import type { Call, Done, OfTenant, Page, ResourceType } from './call';

/** A row of activity, with its sentence. */
export interface ActivityEntry {
  /** Unique in the tenant. */
  readonly id: string;
  readonly time: string;
  readonly kind: 'change' | 'failure' | 'read' | 'action' | 'bodies';
  /** What happened, without a full stop. */
  readonly sentence: string;
  /** The label or the id of the credential, or `operator`. */
  readonly actor: string;
  /** The status of a failure. */
  readonly status?: number;
  readonly resource?: { readonly type: ResourceType; readonly id?: string; readonly name?: string };
  /** What to do about a failure. */
  readonly remedy?: ApiRemedy;
  /** The id of the request; `activity.show` has the rest. */
  readonly request?: string;
}

/** A row, with everything that it says. */
export interface ActivityDetails extends ActivityEntry {
  readonly credential?: string;
  /** The AWS identity of an operator. */
  readonly identity?: string;
  readonly address?: string;
  readonly agent?: string;
  readonly method?: string;
  /** The pattern of the path, such as `/Users/{id}`. */
  readonly path?: string;
  readonly changed?: readonly string[];
  readonly counts?: Readonly<Record<string, number>>;
  readonly scimType?: string;
  /** The error's detail: the cause. */
  readonly detail?: string;
  readonly milliseconds?: number;
  /** When the row is deleted. */
  readonly keptUntil: string;
}

export interface ActivityFilter {
  readonly failed?: boolean;
  /** Id or name of a user or group. */
  readonly user?: string;
  readonly group?: string;
  /** Id or label of a credential. */
  readonly credential?: string;
  /** Only from this time on. */
  readonly since?: string;
}

export interface ActivityCalls {
  /** 50 rows, the newest first. `position` is where `activity.news` goes on. */
  'activity.list': Call<
    OfTenant & ActivityFilter & { readonly cursor?: string },
    Page & { readonly rows: readonly ActivityEntry[]; readonly position: string }
  >;
  /**
   * Rows that came since a position, the newest first, to be polled every 3 s. Rows can come late: it repeats those of the
   * last two minutes, so merge by `id`. `more`: there are more than these 200; load the list again.
   */
  'activity.news': Call<
    OfTenant & Omit<ActivityFilter, 'since'> & { readonly position: string },
    { readonly rows: readonly ActivityEntry[]; readonly position: string; readonly more: boolean }
  >;
  /** All rows of a request, oldest first, its bodies where they were recorded, and a command that sends it again. */
  'activity.show': Call<
    OfTenant & { readonly request: string },
    {
      readonly rows: readonly ActivityDetails[];
      /** Whether there are more rows than these. */
      readonly more: boolean;
      /** JSON, redacted. */
      readonly sent?: string;
      readonly answered?: string;
      /** For a shell; the token is `$TOKEN`. Absent for what no request did. */
      readonly curl?: string;
      /** What is missing in the command, if anything. */
      readonly curlNote?: string;
    }
  >;
  /** Records the bodies of requests for some hours, at most 168; with 0 it stops. */
  'activity.record': Call<OfTenant & { readonly hours: number }, Done & { readonly until?: string }>;
}
