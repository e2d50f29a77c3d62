import { createHash } from 'node:crypto';
import { isId } from '../directory/id';
import type { Collection, IndexEntry, IndexName } from '../directory/store';
import type { ResourceTypeName } from '../scim/schema/profile';

/** The primary key of an item in the directory table. */
export interface DirectoryKey {
  readonly pk: string;
  readonly sk: string;
}

/** The primary key of an item in the memberships table. */
export interface MembershipKey {
  readonly group: string;
  readonly member: string;
}

/** Sort key of an entry whose value belongs to one resource only. */
const claim = 'CLAIM';

const entryPrefixes: Readonly<Record<ResourceTypeName, Partial<Record<IndexName, string>>>> = {
  User: { userName: 'USERNAME', externalId: 'USER-EXTERNAL', emails: 'EMAIL' },
  Group: { displayName: 'GROUPNAME', externalId: 'GROUP-EXTERNAL' },
};

const typePrefixes: Readonly<Record<ResourceTypeName, string>> = { User: 'USER', Group: 'GROUP' };

/** A hash of the value: keys hold no personal data and have a fixed length. */
function hash(value: string): string {
  return createHash('sha256').update(value, 'utf8').digest('base64url');
}

/** The partition of a collection's resources. */
export function resourcePartition({ tenantId, type }: Collection): string {
  return `${tenantId}#${typePrefixes[type]}`;
}

export function resourceKey(collection: Collection, id: string): DirectoryKey {
  return { pk: resourcePartition(collection), sk: id };
}

/** The partition of the entries that lead from a value to resources. */
export function entryPartition({ tenantId, type }: Collection, index: IndexName, key: string): string {
  return `${tenantId}#${entryPrefixes[type][index]}#${hash(key)}`;
}

export function entryKey(collection: Collection, entry: IndexEntry, id: string): DirectoryKey {
  return { pk: entryPartition(collection, entry.index, entry.key), sk: entry.unique ? claim : id };
}

const typesByEntryPrefix: ReadonlyMap<string | undefined, ResourceTypeName> = new Map(
  (Object.keys(entryPrefixes) as ResourceTypeName[]).flatMap((type) =>
    Object.values(entryPrefixes[type]).map((prefix): [string, ResourceTypeName] => [prefix, type]),
  ),
);

/** The collection of the resources of an entry in this partition, or undefined for other partitions. */
export function parseEntryPartition(pk: string): Collection | undefined {
  const [tenantId, prefix, hashed, ...rest] = pk.split('#');
  const type = typesByEntryPrefix.get(prefix);
  return tenantId !== undefined && type !== undefined && hashed !== undefined && rest.length === 0
    ? { tenantId, type }
    : undefined;
}

/** The partition of a collection's counts: at most 256 rows, by the first two hex digits of an id. */
export function countPartition({ tenantId, type }: Collection): string {
  return `${tenantId}#COUNT#${typePrefixes[type]}`;
}

export function countKey(collection: Collection, id: string): DirectoryKey {
  return { pk: countPartition(collection), sk: id.slice(0, 2) };
}

/** The attribute of a count row that counts the ids with a given third digit. */
export function countLeaf(digit: string): string {
  return `leaf${digit}`;
}

/** Marks that hide memberships: of deletions not swept yet, and of creations in progress. */
export function deletionPartition(tenantId: string): string {
  return `${tenantId}#DELETED`;
}

export function deletionKey(tenantId: string, id: string): DirectoryKey {
  return { pk: deletionPartition(tenantId), sk: id };
}

/** The tombstones of deleted resources. Not in the partition above, which every read of memberships reads. */
export function tombstonePartition(tenantId: string): string {
  return `${tenantId}#TOMBSTONE`;
}

export function tombstoneKey(tenantId: string, id: string): DirectoryKey {
  return { pk: tombstonePartition(tenantId), sk: id };
}

/** What is kept of deleted resources besides their ids, for the retention period. */
export function tombstoneBodyPartition(tenantId: string): string {
  return `${tenantId}#TOMBSTONE-BODY`;
}

/** The item with what is kept of a deleted resource. */
export function tombstoneBodyKey(tenantId: string, id: string): DirectoryKey {
  return { pk: tombstoneBodyPartition(tenantId), sk: id };
}

/** The partition of all tenant items. */
export const tenantPartition = 'TENANT';

/** The prefix of the partitions of tenants' labels; other partitions begin with a tenant's id. */
export const tenantLabelPrefix = `${tenantPartition}-LABEL`;

/** The item of a tenant and its credentials. */
export function tenantKey(tenantId: string): DirectoryKey {
  return { pk: tenantPartition, sk: tenantId };
}

/** The item that keeps a label unique, ignoring case. */
export function tenantLabelKey(label: string): DirectoryKey {
  return { pk: `${tenantLabelPrefix}#${label.toLowerCase()}`, sk: claim };
}

/** A tenant's state, which its requests read. It outlives the tenant, since caches may still hold its tokens. */
export function tenantStateKey(tenantId: string): DirectoryKey {
  return { pk: `${tenantId}#STATE`, sk: 'STATE' };
}

/** The partition of the items that say when a tenant's credentials were last used. */
export function credentialUsePartition(tenantId: string): string {
  return `${tenantId}#USE`;
}

/** The item that says when a credential was last used. */
export function credentialUseKey(tenantId: string, credentialId: string): DirectoryKey {
  return { pk: credentialUsePartition(tenantId), sk: credentialId };
}

/** The partition of the counters of a tenant's changes within an hour. */
export function hourCountPartition(tenantId: string): string {
  return `${tenantId}#BRAKE`;
}

/** A counter: who counts (`brake` or `alarm`), and what. */
export function hourCountKey(tenantId: string, by: string, counter: string): DirectoryKey {
  return { pk: hourCountPartition(tenantId), sk: `${by}#${counter}` };
}

/** The counter that a key names, if it is one of the brake's. */
export function parseHourCountKey({ pk, sk }: DirectoryKey): { tenantId: string; counter: string } | undefined {
  const tenantId = keyTenant(pk);
  const [by, counter] = sk.split('#');
  if (pk !== hourCountPartition(tenantId) || by !== 'brake' || counter === undefined) return undefined;
  return { tenantId, counter };
}

/** The item of a tenant's mapping of groups to roles of the application. */
export function roleMappingKey(tenantId: string): DirectoryKey {
  return { pk: `${tenantId}#ROLES`, sk: 'ROLES' };
}

/** The partition of the invitations to a tenant's portal. */
export function invitationPartition(tenantId: string): string {
  return `${tenantId}#INVITATION`;
}

/** An invitation. */
export function invitationKey(tenantId: string, invitationId: string): DirectoryKey {
  return { pk: invitationPartition(tenantId), sk: invitationId };
}

/** The partition of the sessions of a tenant's portal. */
export function portalSessionPartition(tenantId: string): string {
  return `${tenantId}#SESSION`;
}

/** A session. */
export function portalSessionKey(tenantId: string, sessionId: string): DirectoryKey {
  return { pk: portalSessionPartition(tenantId), sk: sessionId };
}

/** What the administrator of a tenant has chosen in the portal, and how far the checklist is. */
export function portalSetupKey(tenantId: string): DirectoryKey {
  return { pk: `${tenantId}#SETUP`, sk: 'SETUP' };
}

/** The partition of the events of a tenant's portal, until the stream has published them. */
export function portalEventPartition(tenantId: string): string {
  return `${tenantId}#EVENT`;
}

/** An event, by the id of the row of activity about the same. */
export function portalEventKey(tenantId: string, actionId: string): DirectoryKey {
  return { pk: portalEventPartition(tenantId), sk: actionId };
}

const hexDigits = '0123456789abcdef';

/** The partition of the `modified` index for an id: 16 of them, so that a busy tenant does not write to one. */
export function modifiedShard(collection: Collection, id: string): string {
  return `${resourcePartition(collection)}#${id.slice(0, 1)}`;
}

/**
 * The ten seconds of a change, by which the `modified` index is sorted: what changes several times within them keeps its entry
 * in the index, and saves two writes (docs/decisions/modified-index.md).
 * @param modified ISO 8601 in UTC
 */
export function modifiedPeriod(modified: string): string {
  return modified.slice(0, '2026-01-01T00:00:0'.length);
}

export function modifiedShards(collection: Collection): readonly string[] {
  return [...hexDigits].map((digit) => modifiedShard(collection, digit));
}

/** A group or member in the memberships table; the tenant is in both keys, so that tenants never mix. */
export function membershipRef(tenantId: string, id: string): string {
  return `${tenantId}#${id}`;
}

export function membershipKey(tenantId: string, groupId: string, memberId: string): MembershipKey {
  return { group: membershipRef(tenantId, groupId), member: membershipRef(tenantId, memberId) };
}

/** A membership, as its key names it. */
export interface MembershipNames {
  readonly tenantId: string;
  readonly groupId: string;
  readonly memberId: string;
}

/** What a membership's key names, or undefined for a key that is none: its ends are resources of one tenant. */
export function parseMembershipKey({ group, member }: MembershipKey): MembershipNames | undefined {
  const tenantId = keyTenant(group);
  if (tenantId === '' || keyTenant(member) !== tenantId) return undefined;
  const groupId = group.slice(tenantId.length + 1);
  const memberId = member.slice(tenantId.length + 1);
  return isId(groupId) && isId(memberId) ? { tenantId, groupId, memberId } : undefined;
}

/** The tenant with which a key begins; empty when it begins with none. */
export function keyTenant(key: string): string {
  return key.slice(0, Math.max(0, key.indexOf('#')));
}

const typesByPrefix: ReadonlyMap<string | undefined, ResourceTypeName> = new Map([
  ['USER', 'User'],
  ['GROUP', 'Group'],
]);

/** The collection and id named by a resource item's key, or undefined for every other item. */
export function parseResourceKey({ pk, sk }: DirectoryKey): { collection: Collection; id: string } | undefined {
  const [tenantId, prefix, ...rest] = pk.split('#');
  const type = typesByPrefix.get(prefix);
  return tenantId !== undefined && type !== undefined && rest.length === 0
    ? { collection: { tenantId, type }, id: sk }
    : undefined;
}
