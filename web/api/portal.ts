/*
 * What the setup portal's page and its server say to each other. A call is `POST <base>/api/<name>` with a JSON body; the
 * answer is the call's `out`, or `{ error: ApiError }` with a status of 400 or more. Times are ISO 8601 in UTC.
 */

/** What the operator has set for how the portal looks. */
export interface Brand {
  /** The product that the customer connects to. */
  readonly productName: string;
  /** Who runs it and invited the customer. */
  readonly operatorName: string;
  /** A data URI of a PNG or SVG, for `<img>` only. */
  readonly logo?: string;
  /** `#rrggbb`; the page makes it readable in light and dark. */
  readonly accentColour?: string;
  /** A `mailto:` or `https:` address for questions. */
  readonly supportUrl?: string;
}

/** `setup`: credentials, checklist, counts, failures. `manage`: people as well. */
export type PortalScope = 'setup' | 'manage';

/** What whoever has the link may see before the PIN: nothing about the directory. */
export interface InvitationInfo extends Brand {
  readonly customer: string;
  readonly scope: PortalScope;
  readonly expires: string;
  /**
   * `open`: may be opened with the PIN. `used`: was opened, at `openedAt`; ask for a new one. `expired`, `revoked` and
   * `locked` (five wrong PINs): ask for a new one.
   */
  readonly state: 'open' | 'used' | 'expired' | 'revoked' | 'locked';
  readonly openedAt?: string;
  /** Whether this browser has a session already, which opening the link would replace, and for which customer. */
  readonly current?: { readonly customer: string; readonly isSame: boolean };
}

/** The identity providers that the portal has steps for. */
export type ProviderId = 'okta' | 'entra' | 'onelogin' | 'jumpcloud' | 'ping' | 'google' | 'other';

/** What the administrator chose and noted; kept on the server, so that a reload goes on. */
export interface Setup {
  readonly provider?: ProviderId;
  /** Answers to the questions of the steps, such as `signIn: 'saml'`: at most 20, names of 40 and values of 200 characters. */
  readonly answers?: Readonly<Record<string, string>>;
  /** Ids of the steps that are ticked: at most 100 of 80 characters. */
  readonly done?: readonly string[];
  /** At most 2,000 characters. */
  readonly notes?: string;
}

/** A session that is open. */
export interface Session extends Brand {
  readonly customer: string;
  readonly scope: PortalScope;
  /** When the invitation, and with it the session, ends. Unused for 24 hours, it ends before. */
  readonly expires: string;
  /** Where to go back to, on the operator's list of allowed addresses. */
  readonly returnUrl?: string;
  readonly setup: Setup;
}

/** A credential of the identity provider, without anything secret. */
export interface CredentialInfo {
  readonly id: string;
  /** `token`: an API token. `client`: a client of OAuth 2.0. */
  readonly kind: 'token' | 'client';
  readonly label?: string;
  /** Of the token with which the operator created the connection. */
  readonly isFirst?: true;
  readonly state: 'live' | 'disabled' | 'expired';
  readonly created: string;
  /** To the hour; absent if it was never used. */
  readonly lastUse?: string;
  /** Each secret of it and when it ends: a token has one, a client one or two, or none if it signs assertions. */
  readonly secrets: readonly { readonly created: string; readonly expires: string; readonly isExpired: boolean }[];
}

export interface Overview {
  /** "Base URL", "Tenant URL", "SCIM endpoint". */
  readonly baseUrl: string;
  /** "Token endpoint" of OAuth 2.0. */
  readonly tokenEndpoint: string;
  readonly users: number;
  readonly groups: number;
  /** `paused`: the operator lets no change through at the moment. `held`: mass changes wait for the operator. */
  readonly state: 'running' | 'paused' | 'disabled' | 'held';
  readonly credentials: readonly CredentialInfo[];
  /** The last request that succeeded: a change, or the first read of its kind in an hour. */
  readonly lastRequest?: string;
}

/** A secret that was just made. It cannot be read again: show it once, keep it nowhere. */
export type MadeCredential =
  | {
      readonly kind: 'token';
      readonly id: string;
      readonly baseUrl: string;
      readonly token: string;
      readonly expires: string;
    }
  | {
      readonly kind: 'client';
      readonly id: string;
      readonly tenantUrl: string;
      readonly tokenEndpoint: string;
      readonly clientId: string;
      readonly clientSecret: string;
      readonly expires: string;
    };

export type RotatedCredential = MadeCredential & {
  /** When the secret before it ends; until then both work. */
  readonly previousEnds: string;
};

/** The steps of the checklist, in order. */
export type ChecklistStep = 'testCall' | 'firstUser' | 'firstGroup' | 'firstMember' | 'firstDeactivation';

/** What the identity provider has done for the first time. Test users and the portal's own test do not count. */
export interface Checked {
  readonly step: ChecklistStep;
  /** Absent while it is waited for. */
  readonly done?: {
    readonly time: string;
    /** What happened, in words, without a full stop. */
    readonly sentence: string;
    /** The answer's status. */
    readonly status: number;
    /** The label of the credential. */
    readonly credential?: string;
  };
}

export interface Checklist {
  readonly steps: readonly Checked[];
  /** The last request of the identity provider, whether it succeeded or not. */
  readonly lastRequest?: ActivityLine;
  /** Whether the whole history was read; if not, the next call goes on. */
  readonly isComplete: boolean;
}

/** What happened, in words. */
export interface ActivityLine {
  readonly time: string;
  readonly kind: 'change' | 'failure' | 'read' | 'action';
  readonly sentence: string;
  /** The identity provider's credential, `operator`, or `administrator` of the portal. */
  readonly by: string;
  readonly status?: number;
  /** To tell the operator. */
  readonly requestId?: string;
}

/** Requests that failed for one cause, in the administrator's words. */
export interface FailureKind {
  /**
   * `solved`: each user and group that it concerns was changed since. `quiet`: it has not come for a day, in which other
   * requests succeeded. `open`: somebody has to look at it.
   */
  readonly state: 'open' | 'solved' | 'quiet';
  readonly status: number;
  /** What the cause is. */
  readonly cause: string;
  /** What to do about it. */
  readonly remedy: string;
  readonly count: number;
  readonly first: string;
  readonly last: string;
  /** The last of them. */
  readonly sentence: string;
  readonly requestId?: string;
  /** The users and groups, the latest first: at most 20. `isSolved`: a change of it has succeeded since. */
  readonly subjects: readonly { readonly name: string; readonly type: 'User' | 'Group'; readonly isSolved: boolean }[];
}

/** Requests that were refused because of their credential. */
export interface Refusals {
  readonly cause: string;
  readonly remedy: string;
  readonly count: number;
  readonly last: string;
  readonly credential?: string;
}

/** One check of the self test. */
export interface TestCheck {
  readonly title: string;
  readonly name: string;
  readonly verdict: 'ok' | 'note' | 'failed' | 'not done';
  readonly found: readonly string[];
  /** What to do; empty if nothing. */
  readonly remedy: string;
}

export interface TestResult {
  readonly checks: readonly TestCheck[];
  /** Why the rest was not done. */
  readonly ended?: string;
  /** How many test users and groups could not be deleted; the next test deletes them. */
  readonly left: number;
}

export interface Person {
  readonly id: string;
  readonly userName: string;
  readonly displayName?: string;
  readonly email?: string;
  readonly externalId?: string;
  readonly active: boolean;
  readonly created: string;
  readonly modified: string;
}

export interface PersonDetails extends Person {
  /** The user as SCIM has it, without its groups. */
  readonly resource: Readonly<Record<string, unknown>>;
  readonly groups: readonly { readonly id: string; readonly displayName: string }[];
  /** The latest first, at most 50. */
  readonly activity: readonly ActivityLine[];
  /** Whether somebody here changed it last, and not the identity provider. */
  readonly isChangedHere: boolean;
}

export interface DeletedPerson {
  readonly id: string;
  readonly userName: string;
  readonly deleted: string;
  /** Until when it can be restored. */
  readonly until: string;
  /** Whether its memberships are still being removed, for about a minute: until then, it cannot be restored. */
  readonly isSweeping: boolean;
}

/** Every call of the portal, by name. */
export interface PortalApi {
  /** Anybody may ask. */
  readonly 'brand.get': { in: Record<string, never>; out: Brand };
  /** By the code in the link's fragment. Changes nothing. 404 `unknown-invitation`. */
  readonly 'invitation.get': { in: { readonly code: string }; out: InvitationInfo };
  /**
   * Opens the session. 401 `wrong-pin` (the message says how many attempts are left), 410 `used`, `expired`, `revoked` or
   * `locked`, 409 `other-session` unless `replace` is true.
   */
  readonly 'invitation.open': {
    in: { readonly code: string; readonly pin: string; readonly replace?: boolean };
    out: Session;
  };
  /** 401 `no-session`, as every call below. */
  readonly 'session.get': { in: Record<string, never>; out: Session };
  readonly 'session.end': { in: Record<string, never>; out: Record<string, never> };
  /** Replaces what was saved before. */
  readonly 'setup.save': { in: Setup; out: Setup };
  readonly 'overview.get': { in: Record<string, never>; out: Overview };
  readonly 'checklist.get': { in: Record<string, never>; out: Checklist };
  /** Those of the last seven days, the most frequent first. */
  readonly 'failures.list': { in: Record<string, never>; out: { readonly failures: readonly FailureKind[] } };
  /** Credentials that were refused in the last hour. Slower than the other calls: ask when nothing arrives. */
  readonly 'refusals.list': { in: Record<string, never>; out: { readonly refusals: readonly Refusals[] } };
  /** 409 `too-many`: revoke one first. */
  readonly 'credentials.create': {
    in: { readonly kind: 'token' | 'client'; readonly label?: string };
    out: MadeCredential;
  };
  /** The one before works for `overlapDays` more: 0 to 30, by default 7. */
  readonly 'credentials.rotate': {
    in: { readonly id: string; readonly overlapDays?: number };
    out: RotatedCredential;
  };
  readonly 'credentials.revoke': { in: { readonly id: string }; out: Record<string, never> };
  /** Takes up to 25 seconds. It makes test users and groups, and deletes them. */
  readonly 'test.run': { in: Record<string, never>; out: TestResult };
  /** Scope `manage`, as every call below; 403 `not-allowed` otherwise. By userName, email address or externalId, exactly. */
  readonly 'users.list': {
    in: { readonly search?: string; readonly cursor?: string };
    out: { readonly users: readonly Person[]; readonly total?: number; readonly cursor?: string };
  };
  readonly 'users.get': { in: { readonly id: string }; out: PersonDetails };
  readonly 'users.disable': { in: { readonly id: string }; out: Person };
  readonly 'users.enable': { in: { readonly id: string }; out: Person };
  /** Those that can be restored, the last deleted first, at most 100. */
  readonly 'users.deleted': { in: Record<string, never>; out: { readonly users: readonly DeletedPerson[] } };
  readonly 'users.restore': { in: { readonly id: string }; out: Person };
}
