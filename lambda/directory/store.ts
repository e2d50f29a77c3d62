import type { ScimError } from '../scim/message/error';
import type { Resource } from '../scim/resource/resource';
import type { ResourceTypeName } from '../scim/schema/profile';
import type { Charge, Charged, Moment } from './hour-count';
import type { Note } from './note';

/** A stored resource. `created` and `modified` are ISO 8601 instants in UTC, with milliseconds. */
export interface StoredResource {
  readonly id: string;
  readonly version: number;
  readonly created: string;
  readonly modified: string;
  readonly resource: Resource;
  /** Who made the last change. Absent in what an earlier release wrote. */
  readonly by?: Note;
}

/** The names of indexes; `resource-types.ts` says which type has which. */
export type IndexName = 'userName' | 'displayName' | 'externalId' | 'emails';

/** One value by which a resource is found. */
export interface IndexEntry {
  readonly index: IndexName;
  /** The value as the client sent it, for messages. */
  readonly value: string;
  /** The value for comparisons: folded if the attribute is not case-exact. */
  readonly key: string;
  /** Whether the value may belong to one resource of the tenant only. */
  readonly unique: boolean;
}

/** A resource with the entries that lead to it. */
export interface IndexedResource {
  readonly stored: StoredResource;
  readonly entries: readonly IndexEntry[];
}

/** A member of a group: a user unless `type` says otherwise. */
export interface StoredMember {
  readonly value: string;
  readonly type?: 'Group';
}

/** Resources of one type in one tenant. */
export interface Collection {
  readonly tenantId: string;
  readonly type: ResourceTypeName;
}

/** A range of a collection in id order. */
export type Range =
  | { readonly offset: number; readonly limit: number }
  | { readonly after: string | undefined; readonly limit: number };

export interface Page {
  readonly resources: readonly StoredResource[];
  /** How many resources the collection holds, exactly. */
  readonly total: number;
  /** Whether more resources follow. */
  readonly more: boolean;
}

/** How much a call may read, and the error past that. */
export interface Bound {
  readonly most: number;
  readonly refuse: () => ScimError;
}

/** Bounds on `meta.lastModified`, inclusive, as ISO 8601 instants in UTC. */
export interface ModifiedRange {
  readonly from?: string;
  readonly to?: string;
}

/**
 * A lease on a group: while a request holds it, no other one changes more than one of the group's memberships. It
 * expires later than any request can run.
 */
export interface Lease {
  readonly id: string;
  /** When it expires, in milliseconds since the epoch. */
  readonly until: number;
}

/** A group at the time when the lease on it was taken. */
export interface Leased {
  readonly stored: StoredResource;
  readonly lease: Lease;
}

/** A deletion. */
export interface Deletion {
  /** When, as ISO 8601 in UTC. */
  readonly deleted: string;
  /** Who, and in which request. Without it nothing but the id and the time is kept: it is an erasure. */
  readonly by?: Note;
}

/** A group, and one of its members or of those who may become one. */
export interface GroupAndMember {
  /** Absent if there is no such group. */
  readonly group?: StoredResource;
  /** The member to add; absent if it does not exist as what it is to be added. */
  readonly member?: StoredResource;
  readonly isMember: boolean;
}

/** What a group gets besides its next version when its members change. */
export interface Move {
  /** The time of the change, as ISO 8601 in UTC. */
  readonly modified: string;
  readonly by: Note;
}

/** What calls to a store consumed: DynamoDB's capacity units, and transactions refused because another one was under way. */
export interface Consumption {
  readonly readUnits: number;
  readonly writeUnits: number;
  readonly conflicts: number;
}

/**
 * What the directory needs of a store. Every method may throw `LostRace` when the store is throttled, or when what it
 * should change has changed since it was read. Any other error is a failure of the store.
 */
export interface Store {
  /**
   * Adds a resource with its members, all or nothing: no reader sees one without the others.
   * @throws ScimError 409 naming the holder of a value that must be unique.
   */
  create(collection: Collection, created: IndexedResource, members?: readonly StoredMember[]): Promise<void>;

  /** Reads a resource, or several; strongly consistent. Those that do not exist are left out. */
  get(collection: Collection, id: string): Promise<StoredResource | undefined>;
  /** @throws ScimError 400 `tooMany` past `maxBytes`, if they are given */
  getMany(collection: Collection, ids: readonly string[], maxBytes?: number): Promise<readonly StoredResource[]>;

  /** Reads a resource that is about to change; strongly consistent. @throws LostRace while a request holds a lease on it */
  getToChange(collection: Collection, id: string): Promise<StoredResource | undefined>;

  /**
   * Reads a group that is about to change, and the member that it is about to get or to lose; strongly consistent.
   * @param adds as what the member is added; nothing if it is removed
   * @throws LostRace while a request holds a lease on the group
   */
  getGroupAndMember(
    collection: Collection,
    id: string,
    memberId: string,
    adds: ResourceTypeName | undefined,
  ): Promise<GroupAndMember>;

  /**
   * Changes a resource if it is still at `before`'s version and nobody holds a lease on it; or, with a lease, if that is
   * still held. @throws LostRace otherwise; ScimError 409 as `create`.
   */
  update(collection: Collection, before: IndexedResource, after: IndexedResource, lease?: Lease): Promise<void>;

  /**
   * Deletes a resource if it is still at the version given, with its entries, and keeps its id for a year and, unless it
   * is an erasure, the rest for the retention period. From then on no read returns its memberships, though they are
   * deleted only after the request. @throws LostRace at another version
   */
  remove(collection: Collection, removed: IndexedResource, deletion: Deletion): Promise<void>;

  /**
   * When resources were deleted, as ISO 8601, by id; those whose deletion is a year old at `now` are left out. For ids
   * that do not exist: an id that was imported again can have a deletion, too. Strongly consistent.
   */
  deletions(tenantId: string, ids: readonly string[], now: Date): Promise<ReadonlyMap<string, string>>;

  /** A range of the collection in id order. @throws ScimError 400 `tooMany` past `maxBytes`, if they are given */
  page(collection: Collection, range: Range, maxBytes?: number): Promise<Page>;

  /** How many resources the collection holds. */
  count(collection: Collection): Promise<number>;

  /** All resources in id order. @throws ScimError 400 `tooMany` past `limit` resources or `maxBytes`. */
  query(collection: Collection, limit: number, maxBytes: number): Promise<readonly StoredResource[]>;

  /** The ids to which an entry leads, at most `limit`: a few, except where a value need not be unique. */
  find(collection: Collection, index: IndexName, key: string, limit?: number): Promise<readonly string[]>;

  /** The ids of the resources last modified within a range, or up to ten seconds before or after it. @throws ScimError 400 `tooMany` past `limit`. */
  findModified(collection: Collection, range: ModifiedRange, limit: number): Promise<readonly string[]>;

  /** Which of these ids exist; strongly consistent. */
  existing(collection: Collection, ids: readonly string[]): Promise<ReadonlySet<string>>;

  /**
   * All members of some groups by group id, in id order. @throws what the bound makes past it, if there is one
   * @param onMarks is told how many deletion marks were read, here and below; what they hide is left out
   */
  members(
    tenantId: string,
    groupIds: readonly string[],
    bound?: Bound,
    onMarks?: (count: number) => void,
  ): Promise<ReadonlyMap<string, readonly StoredMember[]>>;

  /** Which of these pairs are memberships, as `groupId` → ids of members. */
  memberships(
    tenantId: string,
    pairs: readonly { readonly groupId: string; readonly memberId: string }[],
    onMarks?: (count: number) => void,
  ): Promise<ReadonlyMap<string, ReadonlySet<string>>>;

  /** The ids of the groups that some resources are direct members of, by member id. @throws as `members` */
  groupsOf(
    tenantId: string,
    memberIds: readonly string[],
    bound?: Bound,
    onMarks?: (count: number) => void,
  ): Promise<ReadonlyMap<string, readonly string[]>>;

  /** How many members a group has, at most `most`. */
  countMembers(tenantId: string, groupId: string, most: number): Promise<number>;

  /** Counts a change within the hour, if its limit allows that; if not, everything after it is held. */
  charge(tenantId: string, change: Charge, moment: Moment): Promise<Charged>;

  /**
   * Puts and deletes memberships; idempotent. Without a lease no more than one.
   * @throws LostRace before the lease has ended, with some of the memberships written
   */
  changeMembers(
    tenantId: string,
    groupId: string,
    added: readonly StoredMember[],
    removed: readonly string[],
    lease?: Lease,
  ): Promise<void>;

  /**
   * Gives a group its next version, since one of its members changed. Returns the updated group, if it still exists.
   */
  touch(collection: Collection, id: string, move: Move): Promise<StoredResource | undefined>;

  /**
   * Takes the lease on a group and reads it; undefined when there is none. Until it is released, the lease says by which
   * request the members change. @throws LostRace while another one is held
   */
  lease(collection: Collection, id: string, by: Note): Promise<Leased | undefined>;

  /**
   * Ends a lease. With a move, the group gets its next version as well. Returns the updated group. @throws LostRace when the lease is no longer held, or the group no longer exists
   */
  release(collection: Collection, id: string, lease: Lease, move?: Move): Promise<StoredResource>;
}
