import type { Resource } from '../scim/resource/resource';
import type { ResourceTypeName } from '../scim/schema/profile';

/** What the store keeps of a resource. `created` and `modified` are ISO 8601 instants in UTC, with milliseconds. */
export interface StoredResource {
  readonly id: string;
  readonly version: number;
  readonly created: string;
  readonly modified: string;
  readonly resource: Resource;
}

/** The names by which resources are found without reading all of them; which type has which is said in `resource-types.ts`. */
export type IndexName = 'userName' | 'displayName' | 'externalId' | 'emails';

/** One value by which a resource is found. */
export interface IndexEntry {
  readonly index: IndexName;
  /** The value as the client sent it, for messages. */
  readonly value: string;
  /** The value as it is compared: folded where the attribute is not case-exact. */
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

/** A stretch of a collection in id order. */
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

/** Bounds on `meta.lastModified`, inclusive, as ISO 8601 instants in UTC. */
export interface ModifiedRange {
  readonly from?: string;
  readonly to?: string;
}

/** A conditional write either took place or met another version than the one it was made from. */
export type SaveResult = 'saved' | 'stale';

/** What calls to a store consumed: DynamoDB's capacity units, and transactions refused because another one was under way. */
export interface Consumption {
  readonly readUnits: number;
  readonly writeUnits: number;
  readonly conflicts: number;
}

/**
 * What the directory needs of a store. Every method may throw `ScimError` 429 when the store is throttled; anything
 * else it throws is a failure of the store.
 */
export interface Store {
  /**
   * Adds a resource with its members, all or nothing: whoever sees the one sees the others.
   * @throws ScimError 409 naming the holder of a value that must be unique.
   */
  create(collection: Collection, created: IndexedResource, members?: readonly StoredMember[]): Promise<void>;

  /** Reads a resource, or several; strongly consistent. What does not exist is left out. */
  get(collection: Collection, id: string): Promise<StoredResource | undefined>;
  getMany(collection: Collection, ids: readonly string[]): Promise<readonly StoredResource[]>;

  /** Replaces a resource if it is still at `before`'s version. @throws ScimError 409 as `create`. */
  update(collection: Collection, before: IndexedResource, after: IndexedResource): Promise<SaveResult>;

  /**
   * Deletes a resource, at the instant `deleted`, if it is still at the version given, with its entries. No membership
   * of it is answered from then on, though those past a bound are deleted only after the request.
   */
  remove(collection: Collection, removed: IndexedResource, deleted: string): Promise<SaveResult>;

  /** A stretch of the collection in id order. */
  page(collection: Collection, range: Range): Promise<Page>;

  /** How many resources the collection holds. */
  count(collection: Collection): Promise<number>;

  /** All resources in id order. @throws ScimError 400 `tooMany` past `limit` resources. */
  query(collection: Collection, limit: number): Promise<readonly StoredResource[]>;

  /** The ids to which an entry leads; at most a few, except where a value need not be unique. */
  find(collection: Collection, index: IndexName, key: string): Promise<readonly string[]>;

  /** The ids of the resources last modified within a range. @throws ScimError 400 `tooMany` past `limit`. */
  findModified(collection: Collection, range: ModifiedRange, limit: number): Promise<readonly string[]>;

  /** Which of these ids exist; strongly consistent. */
  existing(collection: Collection, ids: readonly string[]): Promise<ReadonlySet<string>>;

  /** All members of a group, in id order. */
  members(tenantId: string, groupId: string): Promise<readonly StoredMember[]>;

  /** Which of these pairs are memberships, as `groupId` → ids of members. */
  memberships(
    tenantId: string,
    pairs: readonly { readonly groupId: string; readonly memberId: string }[],
  ): Promise<ReadonlyMap<string, ReadonlySet<string>>>;

  /** The ids of the groups a resource is a direct member of. */
  groupsOf(tenantId: string, memberId: string): Promise<readonly string[]>;

  /** Puts and deletes memberships; idempotent. */
  changeMembers(
    tenantId: string,
    groupId: string,
    added: readonly StoredMember[],
    removed: readonly string[],
  ): Promise<void>;

  /**
   * Gives a group its next version, since its members changed, if it still exists and is at `version` where one is given.
   * Returns the group as it then is, or nothing if it was not as expected.
   */
  touch(collection: Collection, id: string, modified: string, version?: number): Promise<StoredResource | undefined>;
}
