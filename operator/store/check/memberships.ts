import { batchGet } from '../../../lambda/store/batches';
import {
  type DirectoryKey,
  deletionKey,
  type MembershipKey,
  type MembershipNames,
  parseMembershipKey,
  resourceKey,
} from '../../../lambda/store/keys';
import { getItem, type Tables } from '../../../lambda/store/tables';
import type { Difference } from './difference';
import { commit, describeKey, keyOf, mustExist } from './read';

/**
 * Examines a membership whose group or member seemed not to exist, or to be of another type. An item with an
 * unreadable key is not a membership.
 */
export async function judgeMembership(tables: Tables, key: MembershipKey): Promise<Difference | undefined> {
  const names = parseMembershipKey(key);
  if (!names) return undefined;
  const { tenantId } = names;
  const ends = endsOf(names);
  const [item, found] = await Promise.all([
    getItem(tables, tables.memberships, key),
    batchGet(tables, tables.directory, unique(Object.values(ends)), { ProjectionExpression: 'pk, sk' }),
  ]);
  const present = new Set(found.map((one) => describeKey(keyOf(one))));
  const there = (end: DirectoryKey) => present.has(describeKey(end));
  // Marks hide the memberships of deletions, and of creations whose group is not written yet.
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

/** The keys in the directory table that decide whether a membership is valid. */
function endsOf({ tenantId, groupId, memberId }: MembershipNames) {
  return {
    group: resourceKey({ tenantId, type: 'Group' }, groupId),
    user: resourceKey({ tenantId, type: 'User' }, memberId),
    nested: resourceKey({ tenantId, type: 'Group' }, memberId),
    groupMark: deletionKey(tenantId, groupId),
    memberMark: deletionKey(tenantId, memberId),
  };
}

function unique(keys: readonly DirectoryKey[]): readonly DirectoryKey[] {
  return [...new Map(keys.map((key) => [describeKey(key), key])).values()];
}
