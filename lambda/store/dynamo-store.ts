import type {
  Collection,
  IndexedResource,
  IndexName,
  ModifiedRange,
  Page,
  Range,
  SaveResult,
  Store,
  StoredMember,
  StoredResource,
} from '../directory/store';
import { readTotal } from './counts';
import { createResource } from './create';
import { findEntries } from './find';
import {
  deleteMemberships,
  readDeleted,
  readGroupsOf,
  readLeftovers,
  readMembers,
  readMemberships,
  writeMembers,
} from './memberships';
import { findModified, queryResources, readPage } from './pages';
import { existingIds, getResource, getResources, removeResource, touchResource, updateResource } from './resources';
import type { Tables } from './tables';

/** How many memberships of a deleted resource go within the request; the stream handler deletes what is left. */
const sweptInRequest = 1000;

/** The store on two DynamoDB tables. */
export class DynamoStore implements Store {
  constructor(private readonly tables: Tables) {}

  create(collection: Collection, created: IndexedResource, members: readonly StoredMember[] = []): Promise<void> {
    return createResource(this.tables, collection, created, members);
  }

  get(collection: Collection, id: string): Promise<StoredResource | undefined> {
    return getResource(this.tables, collection, id);
  }

  getMany(collection: Collection, ids: readonly string[]): Promise<readonly StoredResource[]> {
    return getResources(this.tables, collection, ids);
  }

  update(collection: Collection, before: IndexedResource, after: IndexedResource): Promise<SaveResult> {
    return updateResource(this.tables, collection, before, after);
  }

  async remove(collection: Collection, removed: IndexedResource, deleted: string): Promise<SaveResult> {
    const [result, leftovers] = await Promise.all([
      removeResource(this.tables, collection, removed, deleted),
      readLeftovers(this.tables, collection, removed.stored.id, sweptInRequest),
    ]);
    if (result === 'saved') await deleteMemberships(this.tables, leftovers);
    return result;
  }

  page(collection: Collection, range: Range): Promise<Page> {
    return readPage(this.tables, collection, range);
  }

  count(collection: Collection): Promise<number> {
    return readTotal(this.tables, collection);
  }

  query(collection: Collection, limit: number): Promise<readonly StoredResource[]> {
    return queryResources(this.tables, collection, limit);
  }

  find(collection: Collection, index: IndexName, key: string): Promise<readonly string[]> {
    return findEntries(this.tables, collection, index, key);
  }

  findModified(collection: Collection, range: ModifiedRange, limit: number): Promise<readonly string[]> {
    return findModified(this.tables, collection, range, limit);
  }

  existing(collection: Collection, ids: readonly string[]): Promise<ReadonlySet<string>> {
    return existingIds(this.tables, collection, ids);
  }

  // What is marked is left out here and below: memberships of a deletion not swept yet, or of a creation under way.
  async members(tenantId: string, groupId: string): Promise<readonly StoredMember[]> {
    const [members, deleted] = await Promise.all([
      readMembers(this.tables, tenantId, groupId),
      readDeleted(this.tables, tenantId),
    ]);
    return deleted.has(groupId) ? [] : members.filter(({ value }) => !deleted.has(value));
  }

  async memberships(
    tenantId: string,
    pairs: readonly { readonly groupId: string; readonly memberId: string }[],
  ): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
    const [found, deleted] = await Promise.all([
      readMemberships(this.tables, tenantId, pairs),
      readDeleted(this.tables, tenantId),
    ]);
    return new Map(
      [...found]
        .filter(([groupId]) => !deleted.has(groupId))
        .map(([groupId, members]) => [groupId, new Set([...members].filter((id) => !deleted.has(id)))]),
    );
  }

  async groupsOf(tenantId: string, memberId: string): Promise<readonly string[]> {
    const [groups, deleted] = await Promise.all([
      readGroupsOf(this.tables, tenantId, memberId),
      readDeleted(this.tables, tenantId),
    ]);
    return deleted.has(memberId) ? [] : groups.filter((id) => !deleted.has(id));
  }

  changeMembers(
    tenantId: string,
    groupId: string,
    added: readonly StoredMember[],
    removed: readonly string[],
  ): Promise<void> {
    return writeMembers(this.tables, tenantId, groupId, added, removed);
  }

  touch(collection: Collection, id: string, modified: string, version?: number): Promise<StoredResource | undefined> {
    return touchResource(this.tables, collection, id, modified, version);
  }
}
