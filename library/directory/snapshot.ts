import type { StoredResource } from '../../lambda/directory/store';
import { toStoredResource } from '../../lambda/store/items';
import { resourcePartition } from '../../lambda/store/keys';
import { readDeleted } from '../../lambda/store/memberships';
import { chunks, type Tables } from '../../lambda/store/tables';
import { listMembers } from '../../operator/store/members';
import { readPartition } from '../../operator/store/partition';
import { toGroup, toMember, toUser } from './resources';
import type { Group, Member, User } from './user';

/** A user, a group, or one member of a group. */
export type SnapshotEntry<U extends object = object, G extends object = object> =
  | { readonly kind: 'user'; readonly user: User<U> }
  | { readonly kind: 'group'; readonly group: Group<G> }
  | { readonly kind: 'membership'; readonly groupId: string; readonly member: Member };

/** Of how many groups the first members are read at the same time. */
const groupsAtOnce = 16;

/** All users, then each group followed by its members; a page at a time. @internal */
export async function* snapshotEntries<U extends object, G extends object>(
  tables: Tables,
  tenantId: string,
): AsyncIterable<SnapshotEntry<U, G>> {
  for await (const users of pagesOf(tables, tenantId, 'User')) {
    for (const user of users) yield { kind: 'user', user: toUser(user) };
  }
  for await (const page of pagesOf(tables, tenantId, 'Group')) {
    for (const groups of chunks(page, groupsAtOnce)) yield* withMembers<G>(tables, tenantId, groups);
  }
}

async function* pagesOf(
  tables: Tables,
  tenantId: string,
  type: 'User' | 'Group',
): AsyncIterable<readonly StoredResource[]> {
  for await (const items of readPartition(tables, resourcePartition({ tenantId, type }))) {
    yield items.map(toStoredResource);
  }
}

async function* withMembers<G extends object>(tables: Tables, tenantId: string, groups: readonly StoredResource[]) {
  const readers = groups.map((group) => ({ group, pages: listMembers(tables, tenantId, group.id) }));
  // The marks are read after the groups: a group that is there has no mark of its creation any more.
  const [hidden, ...first] = await Promise.all([
    readDeleted(tables, tenantId),
    ...readers.map(({ pages }) => pages.next()),
  ]);
  for (const [index, { group, pages }] of readers.entries()) {
    yield { kind: 'group' as const, group: toGroup<G>(group) };
    for (let page = first[index]; page && !page.done; page = await pages.next()) {
      for (const member of page.value.filter(({ value }) => !hidden.has(value) && !hidden.has(group.id))) {
        yield { kind: 'membership' as const, groupId: group.id, member: toMember(member) };
      }
    }
  }
}
