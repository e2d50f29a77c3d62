import { isId } from '../directory/id';
import type { Collection, GroupAndMember } from '../directory/store';
import type { ResourceTypeName } from '../scim/schema/profile';
import { getTogether } from './batches';
import { toMembership, toStoredResource } from './items';
import { type DirectoryKey, deletionKey, membershipKey, resourceKey } from './keys';
import { requireNoLease } from './lease';
import type { Tables } from './tables';

/**
 * Reads what a change of one membership has to know, in one call: see `Store.getGroupAndMember`. The marks of a tenant are
 * not read: what exists has none (docs/decisions/deletion-marks.md), and a member to remove has one at most.
 */
export async function getGroupAndMember(
  tables: Tables,
  group: Collection,
  groupId: string,
  memberId: string,
  adds: ResourceTypeName | undefined,
): Promise<GroupAndMember> {
  if (!isId(groupId)) return { isMember: false };
  const { tenantId } = group;
  const groupKey = resourceKey(group, groupId);
  const otherKey = adds ? resourceKey({ tenantId, type: adds }, memberId) : deletionKey(tenantId, memberId);
  const others = isId(memberId) && !isSame(groupKey, otherKey) ? [otherKey] : [];
  const memberships = isId(memberId) ? [membershipKey(tenantId, groupId, memberId)] : [];
  const items = await getTogether(tables, [groupKey, ...others], memberships);

  const read = ({ pk, sk }: DirectoryKey) => items.find((item) => item.pk === pk && item.sk === sk);
  const [found, other] = [read(groupKey), read(otherKey)];
  if (found) requireNoLease(found);
  const stored = items.filter(({ member }) => member !== undefined).map(toMembership);
  return {
    ...(found && { group: toStoredResource(found) }),
    ...(adds && other && { member: toStoredResource(other) }),
    isMember: stored.length > 0 && (adds !== undefined || !other),
  };
}

function isSame(a: DirectoryKey, b: DirectoryKey): boolean {
  return a.pk === b.pk && a.sk === b.sk;
}
