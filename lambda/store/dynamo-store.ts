import type { Charge, Charged, Moment } from '../directory/hour-count';
import type { Note } from '../directory/note';
import type {
  Bound,
  Collection,
  Deletion,
  GroupAndMember,
  IndexedResource,
  IndexName,
  Lease,
  Leased,
  ModifiedRange,
  Move,
  Page,
  Range,
  Store,
  StoredMember,
  StoredResource,
} from '../directory/store';
import type { ResourceTypeName } from '../scim/schema/profile';
import { readTotal } from './counts';
import { createResource } from './create';
import { findEntries } from './find';
import { getGroupAndMember } from './group-and-member';
import { charge } from './hour-counts';
import { releaseLease, takeLease } from './lease';
import { countMembersOf, readDeleted, readGroupsOf, readMemberships, readMembersOf, writeMembers } from './memberships';
import { findModified, queryResources, readPage } from './pages';
import {
  existingIds,
  getResource,
  getResources,
  getResourceToChange,
  removeResource,
  touchResource,
  updateResource,
} from './resources';
import type { Tables } from './tables';
import { readDeletions } from './tombstones';

/** The store on two DynamoDB tables. */
export class DynamoStore implements Store {
  constructor(private readonly tables: Tables) {}

  create(collection: Collection, created: IndexedResource, members: readonly StoredMember[] = []): Promise<void> {
    return createResource(this.tables, collection, created, members);
  }

  get(collection: Collection, id: string): Promise<StoredResource | undefined> {
    return getResource(this.tables, collection, id);
  }

  getMany(
    collection: Collection,
    ids: readonly string[],
    maxBytes = Number.POSITIVE_INFINITY,
  ): Promise<readonly StoredResource[]> {
    return getResources(this.tables, collection, ids, maxBytes);
  }

  getToChange(collection: Collection, id: string): Promise<StoredResource | undefined> {
    return getResourceToChange(this.tables, collection, id);
  }

  getGroupAndMember(
    collection: Collection,
    id: string,
    memberId: string,
    adds: ResourceTypeName | undefined,
  ): Promise<GroupAndMember> {
    return getGroupAndMember(this.tables, collection, id, memberId, adds);
  }

  update(collection: Collection, before: IndexedResource, after: IndexedResource, lease?: Lease): Promise<void> {
    return updateResource(this.tables, collection, before, after, lease);
  }

  remove(collection: Collection, removed: IndexedResource, deletion: Deletion): Promise<void> {
    return removeResource(this.tables, collection, removed, deletion);
  }

  deletions(tenantId: string, ids: readonly string[], now: Date): Promise<ReadonlyMap<string, string>> {
    return readDeletions(this.tables, tenantId, ids, now);
  }

  page(collection: Collection, range: Range, maxBytes = Number.POSITIVE_INFINITY): Promise<Page> {
    return readPage(this.tables, collection, range, maxBytes);
  }

  count(collection: Collection): Promise<number> {
    return readTotal(this.tables, collection);
  }

  query(collection: Collection, limit: number, maxBytes: number): Promise<readonly StoredResource[]> {
    return queryResources(this.tables, collection, limit, maxBytes);
  }

  find(collection: Collection, index: IndexName, key: string, limit?: number): Promise<readonly string[]> {
    return findEntries(this.tables, collection, index, key, limit);
  }

  findModified(collection: Collection, range: ModifiedRange, limit: number): Promise<readonly string[]> {
    return findModified(this.tables, collection, range, limit);
  }

  existing(collection: Collection, ids: readonly string[]): Promise<ReadonlySet<string>> {
    return existingIds(this.tables, collection, ids);
  }

  // Marked memberships are left out here and below: those of a deletion that is not swept yet, or of a creation in
  // progress. The marks are read once for the whole call.
  async members(
    tenantId: string,
    groupIds: readonly string[],
    bound?: Bound,
    onMarks?: (count: number) => void,
  ): Promise<ReadonlyMap<string, readonly StoredMember[]>> {
    if (groupIds.length === 0) return new Map();
    const [found, deleted] = await Promise.all([
      readMembersOf(this.tables, tenantId, groupIds, bound),
      readDeleted(this.tables, tenantId, onMarks),
    ]);
    return withoutMarked(found, deleted, ({ value }) => value);
  }

  async memberships(
    tenantId: string,
    pairs: readonly { readonly groupId: string; readonly memberId: string }[],
    onMarks?: (count: number) => void,
  ): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
    if (pairs.length === 0) return new Map();
    const [found, deleted] = await Promise.all([
      readMemberships(this.tables, tenantId, pairs),
      readDeleted(this.tables, tenantId, onMarks),
    ]);
    const members = new Map([...found].map(([groupId, ids]) => [groupId, [...ids]]));
    return new Map([...withoutMarked(members, deleted, (id) => id)].map(([groupId, ids]) => [groupId, new Set(ids)]));
  }

  async groupsOf(
    tenantId: string,
    memberIds: readonly string[],
    bound?: Bound,
    onMarks?: (count: number) => void,
  ): Promise<ReadonlyMap<string, readonly string[]>> {
    if (memberIds.length === 0) return new Map();
    const [found, deleted] = await Promise.all([
      readGroupsOf(this.tables, tenantId, memberIds, bound),
      readDeleted(this.tables, tenantId, onMarks),
    ]);
    return withoutMarked(found, deleted, (id) => id);
  }

  countMembers(tenantId: string, groupId: string, most: number): Promise<number> {
    return countMembersOf(this.tables, tenantId, groupId, most);
  }

  charge(tenantId: string, change: Charge, moment: Moment): Promise<Charged> {
    return charge(this.tables, tenantId, 'brake', change, moment);
  }

  changeMembers(
    tenantId: string,
    groupId: string,
    added: readonly StoredMember[],
    removed: readonly string[],
    lease?: Lease,
  ): Promise<void> {
    return writeMembers(this.tables, tenantId, groupId, added, removed, lease);
  }

  touch(collection: Collection, id: string, move: Move): Promise<StoredResource | undefined> {
    return touchResource(this.tables, collection, id, move);
  }

  lease(collection: Collection, id: string, by: Note): Promise<Leased | undefined> {
    return takeLease(this.tables, collection, id, by);
  }

  release(collection: Collection, id: string, lease: Lease, move?: Move): Promise<StoredResource> {
    return releaseLease(this.tables, collection, id, lease, move);
  }
}

/** The memberships by id, without those of marked groups and members. */
function withoutMarked<Value>(
  found: ReadonlyMap<string, readonly Value[]>,
  marked: ReadonlySet<string>,
  idOf: (value: Value) => string,
): ReadonlyMap<string, readonly Value[]> {
  return new Map(
    [...found].map(([id, values]) => [id, marked.has(id) ? [] : values.filter((value) => !marked.has(idOf(value)))]),
  );
}
