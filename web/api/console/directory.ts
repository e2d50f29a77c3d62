import type { ApiRemedy } from '../error';
import type { ActivityEntry } from './activity';
import type { Call, Done, OfTenant, Page, ResourceType } from './call';

interface OfType extends OfTenant {
  readonly type: ResourceType;
}

interface OfResource extends OfType {
  readonly id: string;
}

/** A user or group in a list. */
export interface ResourceRow {
  readonly id: string;
  readonly type: ResourceType;
  /** The `userName` of a user, the `displayName` of a group. */
  readonly name: string;
  /** The `displayName` of a user. */
  readonly displayName?: string;
  /** The primary email of a user, or the first one. */
  readonly email?: string;
  readonly externalId?: string;
  /** Of a user. */
  readonly active?: boolean;
  readonly modified: string;
}

/** A deleted user or group that is still kept. */
export interface DeletedRow {
  readonly id: string;
  readonly type: ResourceType;
  readonly name?: string;
  readonly externalId?: string;
  readonly deleted: string;
  readonly keptUntil: string;
  /** Who deleted it. */
  readonly by: string;
  /** False for some seconds after the deletion, and where deleted resources are not kept. */
  readonly restorable: boolean;
  /** Whether its memberships are still being removed, for about a minute: until then, it cannot be restored. */
  readonly isSweeping: boolean;
  /** Those that exist with the same name or externalId: probably the same one, created again. */
  readonly thereNow: readonly { readonly id: string; readonly same: readonly string[] }[];
}

/** Everything about one user or group. */
export interface Resource extends ResourceRow {
  /** As SCIM shows it, without `members`; the groups of a user have their names as `display`. */
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly groups: readonly { readonly id: string; readonly name?: string }[];
  /** An operator's own change, which the identity provider has not overwritten yet. */
  readonly changedHere?: { readonly on: string; readonly action: string; readonly identityProvider: string };
  /** The newest first. */
  readonly activity: readonly ActivityEntry[];
  readonly moreActivity: boolean;
}

/** Why somebody is, or is not, in the directory. */
export interface Answer {
  /**
   * `present`: it is there; `disabled`: it is there, disabled; `refused`: its creation failed; `deleted`: it was deleted
   * and is kept; `gone`: it was here once and is not kept; `similar`: only others with similar names are there; `unknown`:
   * nothing that is kept names it, so that the identity provider has probably not sent it.
   */
  readonly code: 'present' | 'disabled' | 'refused' | 'deleted' | 'gone' | 'similar' | 'unknown';
  /** Sentences: what is the case, since when, and why. */
  readonly sentence: string;
  readonly remedy?: ApiRemedy;
}

export interface FoundResources {
  readonly answer: Answer;
  /** Those with exactly this name, email, externalId or id. */
  readonly found: readonly ResourceRow[];
  /** Up to 20 others of which a part of the name or email is this text. */
  readonly similar: readonly ResourceRow[];
  /** Why others were not looked for, if so: the directory is too large. */
  readonly similarNote?: string;
  /** Failures that name it, newest first: above all refused creations. */
  readonly failures: readonly ActivityEntry[];
  /** Deleted ones with this text in their name or externalId, the last deleted first. */
  readonly deleted: readonly DeletedRow[];
}

export interface Member {
  readonly id: string;
  readonly type: ResourceType;
  readonly name: string;
}

export interface DirectoryCalls {
  /** 50 users or groups, in the order of their ids: however many there are, a page takes the same time. */
  'resources.list': Call<
    OfType & { readonly cursor?: string; readonly active?: boolean },
    Page & { readonly resources: readonly ResourceRow[]; readonly total: number }
  >;
  /**
   * Answers "why is Anna missing?": who has this userName, displayName, email, externalId or id, who was refused or
   * deleted, and who has a similar name.
   */
  'resources.find': Call<OfType & { readonly text: string }, FoundResources>;
  'resources.get': Call<OfResource, Resource>;
  /** 50 members of a group, in the order of their ids. */
  'groups.members': Call<
    OfTenant & { readonly id: string; readonly cursor?: string },
    Page & { readonly members: readonly Member[]; readonly total: number }
  >;
  /** Disables or enables a user, until the identity provider writes it again. */
  'users.setActive': Call<OfTenant & { readonly id: string; readonly active: boolean }, Done>;
  /** What an erasure of a user or group deletes, before it is done. `wanted` is its id or its name. */
  'resources.erasable': Call<
    OfType & { readonly wanted: string },
    {
      /** What is erased, in a sentence. */
      readonly sentence: string;
      /** What the operator types to confirm: `confirm` of `resources.erase`. */
      readonly word: string;
    }
  >;
  /** Erases it, with what is kept of it in deletions and activity. Cannot be undone. `confirm` is the `word`. */
  'resources.erase': Call<OfType & { readonly wanted: string; readonly confirm: string }, Done>;
  /** The last 100 deleted ones, the last deleted first. `total` counts all that fit. `since` is a time. */
  'deleted.list': Call<
    OfTenant & { readonly type?: ResourceType; readonly since?: string },
    { readonly deleted: readonly DeletedRow[]; readonly total: number }
  >;
  'deleted.restore': Call<OfResource, Done>;
}
