import type { JsonObject } from '../../lambda/scim/json';
import type { ProfileName, ResourceTypeName } from '../../lambda/scim/schema/profile';
import type { ComparedPath } from './compared-path';

/** What the source expects of a user: enabled, disabled, or either. */
export type Standing = 'enabled' | 'disabled' | 'either';

/** A user or group that the tenant should have. */
export interface ExpectedResource {
  readonly type: ResourceTypeName;
  /** The id in the source, where memberships refer to it. */
  readonly id?: string;
  /** Such as `users.csv line 7`. */
  readonly at: string;
  /** As a client would send it. */
  readonly body: JsonObject;
  /** The values that the source has; without them, the resource is complete. */
  readonly paths?: readonly ComparedPath[];
  readonly standing: Standing;
}

/** A membership that the tenant should have, by the names or by the ids of the source. */
export interface ExpectedMembership {
  readonly at: string;
  readonly group: { readonly name: string } | { readonly id: string };
  /** The name of a user is the value of the attribute by which users are matched. */
  readonly member: { readonly name: string } | { readonly id: string; readonly type: ResourceTypeName };
}

export type ExpectedItem =
  | { readonly resource: ExpectedResource }
  | { readonly membership: ExpectedMembership }
  /** A member that is no user, and is not compared. */
  | { readonly otherMember: true };

/** The attribute by which users of the tenant and of a source are matched. */
export type MatchAttribute = 'userName' | 'externalId';

/** What a source must know about the comparison. */
export interface SourceContext {
  readonly profile: ProfileName;
  readonly match: MatchAttribute;
  /** Told how a file is read, such as `users.csv: read as Okta (column "login")`. */
  readonly onNote: (note: string) => void;
}

/** Where it is written what the tenant should have. */
export interface Source {
  /** Who changes the tenant otherwise, such as `Okta`. */
  readonly title: string;
  /**
   * What it holds: everything that this deployment stores, everything of another endpoint, users with some of their
   * attributes, or members of some groups.
   */
  readonly holds: 'everything' | 'everything of another' | 'users' | 'members';
  items(context: SourceContext): AsyncIterable<ExpectedItem>;
}
