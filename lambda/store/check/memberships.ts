import { batchGet } from '../batches';
import { type DirectoryKey, deletionKey, isId, type MembershipKey, membershipRef, refId, resourceKey } from '../keys';
import type { Tables } from '../tables';
import type { Difference } from './difference';
import { commit, describeKey, keyOf, mustExist, readItem } from './read';

/** The tenant of a membership; undefined when its key cannot be read. */
export function tenantOf({ group, member }: MembershipKey): string | undefined {
  const tenantId = group.slice(0, group.indexOf('#'));
  const readable = [group, member].every((ref) => isId(refId(ref)) && ref === membershipRef(tenantId, refId(ref)));
  return readable ? tenantId : undefined;
}

/** Looks again at a membership whose group or member seemed not to be there, or to be of another type. */
export async function judgeMembership(tables: Tables, key: MembershipKey): Promise<Difference | undefined> {
  const tenantId = tenantOf(key) ?? '';
  const ends = endsOf(tenantId, key);
  const [item, found] = await Promise.all([
    readItem(tables, tables.memberships, key),
    batchGet(tables, tables.directory, unique(Object.values(ends)), ['pk', 'sk']),
  ]);
  const present = new Set(found.map((one) => describeKey(keyOf(one))));
  const there = (end: DirectoryKey) => present.has(describeKey(end));
  // What a marked deletion left is hidden, and so is what a marked creation writes before its group.
  if (!item || there(ends.groupMark) || there(ends.memberMark)) return undefined;

  const missing = there(ends.group) ? [ends.user, ends.nested, ends.memberMark] : [ends.group, ends.groupMark];
  if (!there(ends.group) || !(there(ends.user) || there(ends.nested))) {
    return {
      tenantId,
      problem: 'dangling membership',
      detail: describeKey(key),
      repair: () =>
        commit(tables, [
          { Delete: { TableName: tables.memberships, Key: { ...key } } },
          ...unique(missing).map((end) => mustExist(tables, end, false)),
        ]),
    };
  }
  const type = there(ends.nested) ? 'Group' : undefined;
  if (item.type === type) return undefined;
  return {
    tenantId,
    problem: 'wrong member type',
    detail: `${describeKey(key)}: the member is a ${type ?? 'User'}`,
    repair: () => commit(tables, [setType(tables, key, type), mustExist(tables, type ? ends.nested : ends.user, true)]),
  };
}

function setType({ memberships }: Tables, key: MembershipKey, type: 'Group' | undefined) {
  return {
    Update: {
      TableName: memberships,
      Key: { ...key },
      UpdateExpression: type ? 'SET #type = :type' : 'REMOVE #type',
      ConditionExpression: 'attribute_exists(#group)',
      ExpressionAttributeNames: { '#type': 'type', '#group': 'group' },
      ...(type && { ExpressionAttributeValues: { ':type': type } }),
    },
  };
}

/** Whatever in the directory says that a membership holds. */
function endsOf(tenantId: string, { group, member }: MembershipKey) {
  return {
    group: resourceKey({ tenantId, type: 'Group' }, refId(group)),
    user: resourceKey({ tenantId, type: 'User' }, refId(member)),
    nested: resourceKey({ tenantId, type: 'Group' }, refId(member)),
    groupMark: deletionKey(tenantId, refId(group)),
    memberMark: deletionKey(tenantId, refId(member)),
  };
}

function unique(keys: readonly DirectoryKey[]): readonly DirectoryKey[] {
  return [...new Map(keys.map((key) => [describeKey(key), key])).values()];
}
