/** A value of a multi-valued attribute (RFC 7643 §2.4). */
export interface TypedValue {
  readonly value: string;
  readonly type?: string;
  readonly display?: string;
  /** At most one value of an attribute is the primary one. */
  readonly primary?: boolean;
}

/** The components of a name (RFC 7643 §4.1.1). */
export interface Name {
  readonly formatted?: string;
  readonly familyName?: string;
  readonly givenName?: string;
  readonly middleName?: string;
  readonly honorificPrefix?: string;
  readonly honorificSuffix?: string;
}

/** A postal address (RFC 7643 §4.1.2). */
export interface Address {
  readonly formatted?: string;
  readonly streetAddress?: string;
  readonly locality?: string;
  readonly region?: string;
  readonly postalCode?: string;
  readonly country?: string;
  readonly type?: string;
  readonly primary?: boolean;
}

/** The URN of the enterprise extension. */
export type EnterpriseUrn = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

/** The attributes of the enterprise extension (RFC 7643 §4.3). */
export interface EnterpriseUser {
  readonly employeeNumber?: string;
  readonly costCenter?: string;
  readonly organization?: string;
  readonly division?: string;
  readonly department?: string;
  readonly manager?: { readonly value?: string; readonly $ref?: string };
}

/** What every user and group has. */
export interface Stored {
  /** Assigned by the endpoint; it never changes, and is never used again. */
  readonly id: string;
  /** The identity provider's own id, if it sent one. */
  readonly externalId?: string;
  /** Higher after every change; the same number as in the events. */
  readonly version: number;
  /** When it was created, as ISO 8601 in UTC. */
  readonly created: string;
  /** When it was last changed, as ISO 8601 in UTC. For a group, also when its members were. */
  readonly modified: string;
}

/** The extensions of a resource: each may be absent. */
type Extended<E> = { readonly [Urn in keyof E]?: E[Urn] };

/** The attributes of a user, as RFC 7643 §4.1 names them. What the tenant's profile does not store is absent. */
export interface CoreUser extends Stored {
  readonly userName: string;
  /** False for a user that the identity provider disabled: it must not be able to sign in. */
  readonly active: boolean;
  readonly displayName?: string;
  readonly name?: Name;
  readonly nickName?: string;
  readonly profileUrl?: string;
  readonly title?: string;
  readonly userType?: string;
  readonly preferredLanguage?: string;
  readonly locale?: string;
  readonly timezone?: string;
  readonly emails?: readonly TypedValue[];
  readonly phoneNumbers?: readonly TypedValue[];
  readonly addresses?: readonly Address[];
  readonly ims?: readonly TypedValue[];
  readonly photos?: readonly TypedValue[];
  readonly entitlements?: readonly TypedValue[];
  readonly roles?: readonly TypedValue[];
  readonly x509Certificates?: readonly TypedValue[];
}

/**
 * A user. Extensions of your own are a type parameter.
 *
 * @example
 * import type { User } from 'serverless-scim/directory';
 *
 * type Person = User<{ 'urn:example:badge:1.0:User': { readonly badge?: string } }>;
 *
 * export const badgeOf = (person: Person) => person['urn:example:badge:1.0:User']?.badge;
 */
export type User<E extends object = object> = CoreUser &
  Extended<{ [Urn in EnterpriseUrn]: EnterpriseUser }> &
  Extended<E>;

/** The attributes of a group, without its members (RFC 7643 §4.2). */
export interface CoreGroup extends Stored {
  readonly displayName: string;
}

/** A group. Extensions of your own are a type parameter, as for `User`. */
export type Group<E extends object = object> = CoreGroup & Extended<E>;

/** A member of a group. */
export interface Member {
  readonly id: string;
  /** A group in a group is only possible with the profile `standard`. */
  readonly type: 'User' | 'Group';
}

/** One page of users or groups, in the order of their ids. */
export interface Page<Item> {
  readonly items: readonly Item[];
  /** How many there are in the tenant. */
  readonly total: number;
  /** Where the next page begins, for `after`; absent on the last page. */
  readonly next?: string;
}

/** Which page to read. */
export interface PageRequest {
  /** `next` of the page before; absent for the first page. */
  readonly after?: string | undefined;
  /**
   * How many at most, up to 1,000.
   *
   * @default 100
   */
  readonly count?: number;
}
