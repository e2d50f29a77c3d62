import { QueryCommand, type QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import { isId } from '../directory/id';
import type { Bound, Collection, Lease, StoredMember } from '../directory/store';
import { Allowance } from './allowance';
import { batchGet, batchWrite } from './batches';
import { type Item, toMembership, toStoredMember } from './items';
import { deletionPartition, type MembershipKey, membershipKey, membershipRef } from './keys';
import { requireTime } from './lease';
import { queryAll } from './pages';
import { call, inParallel, type Tables } from './tables';

/** How many queries for memberships run at the same time. */
const queriesAtOnce = 50;

/** The members of some groups by group id, in id order: a query for each. @throws what the bound makes */
export function readMembersOf(tables: Tables, tenantId: string, groupIds: readonly string[], bound?: Bound) {
  return byId(tables, groupIds, bound, (id) => ofGroup(tables, tenantId, id), toStoredMember);
}

/** How many memberships a group has, at most `most`, those of deleted members included. */
export async function countMembersOf(tables: Tables, tenantId: string, groupId: string, most: number): Promise<number> {
  let count = 0;
  let start: Item | undefined;
  do {
    const command = new QueryCommand({
      ...ofGroup(tables, tenantId, groupId),
      Select: 'COUNT',
      Limit: most - count,
      ...(start ? { ExclusiveStartKey: start } : {}),
    });
    const { Count = 0, LastEvaluatedKey } = await call(() => tables.client.send(command));
    count += Count;
    start = LastEvaluatedKey;
  } while (start && count < most);
  return count;
}

/** Which of these pairs are memberships, as `groupId` → ids of members. */
export async function readMemberships(
  tables: Tables,
  tenantId: string,
  pairs: readonly { readonly groupId: string; readonly memberId: string }[],
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const known = pairs.filter(({ groupId, memberId }) => isId(groupId) && isId(memberId));
  const keys = known.map(({ groupId, memberId }) => membershipKey(tenantId, groupId, memberId));
  const found = new Map<string, Set<string>>();
  for (const item of await batchGet(tables, tables.memberships, unique(keys))) {
    const { groupId, memberId } = toMembership(item);
    const members = found.get(groupId) ?? new Set();
    found.set(groupId, members.add(memberId));
  }
  return found;
}

/**
 * The ids of the groups of some resources by member id, from the inverse index: a query for each, as fresh as the index.
 * @throws what the bound makes
 */
export function readGroupsOf(tables: Tables, tenantId: string, memberIds: readonly string[], bound?: Bound) {
  return byId(
    tables,
    memberIds,
    bound,
    (id) => ofMember(tables, tenantId, id),
    (item) => toMembership(item).groupId,
  );
}

async function byId<Value>(
  tables: Tables,
  ids: readonly string[],
  bound: Bound | undefined,
  ofId: (id: string) => QueryCommandInput,
  toValue: (item: Item) => Value,
): Promise<ReadonlyMap<string, readonly Value[]>> {
  const distinct = [...new Set(ids)];
  const allowance = bound && new Allowance(bound.most, bound.refuse);
  // Queries that run at the same time read no more in total than the bound allows.
  const paged = bound ? { Limit: Math.ceil(bound.most / Math.min(queriesAtOnce, distinct.length)) } : {};
  const read = async (id: string): Promise<readonly [string, readonly Value[]]> => {
    if (!isId(id)) return [id, []];
    const items = await queryAll(tables, { ...ofId(id), ...paged }, undefined, (page) => allowance?.take(page.length));
    return [id, items.map(toValue)];
  };
  return new Map(await inParallel(distinct, read, queriesAtOnce));
}

/**
 * Puts and deletes memberships of a group; idempotent.
 * @throws LostRace before the lease, if there is one, has ended
 */
export function writeMembers(
  tables: Tables,
  tenantId: string,
  groupId: string,
  added: readonly StoredMember[],
  removed: readonly string[],
  lease?: Lease,
): Promise<void> {
  const writes = [
    ...added.map((member) => ({ put: membershipItem(tenantId, groupId, member) })),
    ...removed.map((id) => ({ delete: membershipKey(tenantId, groupId, id) })),
  ];
  return batchWrite(tables, tables.memberships, writes, lease && (() => requireTime(lease)));
}

/** A membership as an item of the memberships table. */
export function membershipItem(tenantId: string, groupId: string, { value, type }: StoredMember): Item {
  return { ...membershipKey(tenantId, groupId, value), ...(type && { type }) };
}

/**
 * The ids of resources that are marked, as deleted or not yet created: their memberships are not shown.
 * @param onMarks is told how many were read, page by page, and ends the reading if it throws
 */
export async function readDeleted(
  tables: Tables,
  tenantId: string,
  onMarks: (count: number) => void = () => undefined,
): Promise<ReadonlySet<string>> {
  const query = {
    TableName: tables.directory,
    KeyConditionExpression: 'pk = :pk',
    ProjectionExpression: 'sk',
    ExpressionAttributeValues: { ':pk': deletionPartition(tenantId) },
    ConsistentRead: true,
  };
  const items = await queryAll(tables, query, undefined, (page) => onMarks(page.length));
  return new Set(items.map((item) => String(item.sk)));
}

/** The memberships that a deleted resource leaves: those of it in groups and, of a group, those of its members. */
export interface Leftovers {
  readonly asMember: readonly Item[];
  readonly asGroup: readonly Item[];
}

/** Reads the memberships that a deleted resource leaves; those as a member are as fresh as the index. */
export async function readLeftovers(tables: Tables, { tenantId, type }: Collection, id: string): Promise<Leftovers> {
  const [asMember, asGroup] = await Promise.all([
    queryAll(tables, ofMember(tables, tenantId, id)),
    type === 'Group' ? queryAll(tables, ofGroup(tables, tenantId, id)) : [],
  ]);
  return { asMember, asGroup };
}

/** Deletes the memberships that a deleted resource left. */
export function deleteLeftovers(tables: Tables, { asMember, asGroup }: Leftovers): Promise<void> {
  return batchWrite(
    tables,
    tables.memberships,
    unique([...asMember, ...asGroup].map(toKey)).map((key) => ({ delete: key })),
  );
}

/** The query for the members of a group, in id order. */
export function ofGroup(tables: Tables, tenantId: string, groupId: string) {
  return {
    TableName: tables.memberships,
    KeyConditionExpression: '#group = :group',
    ExpressionAttributeNames: { '#group': 'group' },
    ExpressionAttributeValues: { ':group': membershipRef(tenantId, groupId) },
    ConsistentRead: true,
  };
}

function ofMember(tables: Tables, tenantId: string, memberId: string) {
  return {
    TableName: tables.memberships,
    IndexName: 'inverse',
    KeyConditionExpression: '#member = :member',
    ExpressionAttributeNames: { '#member': 'member' },
    ExpressionAttributeValues: { ':member': membershipRef(tenantId, memberId) },
  };
}

function toKey(item: Item): MembershipKey {
  return { group: String(item.group), member: String(item.member) };
}

function unique(keys: readonly MembershipKey[]): readonly MembershipKey[] {
  return [...new Map(keys.map((key) => [`${key.group} ${key.member}`, key])).values()];
}
