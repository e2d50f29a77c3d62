import { whileLeased } from '../../lambda/directory/lease';
import type { Note } from '../../lambda/directory/note';
import { groupType, userType } from '../../lambda/directory/resource-types';
import { retry } from '../../lambda/directory/retry';
import type { Store, StoredMember } from '../../lambda/directory/store';
import { isObject, type Json } from '../../lambda/scim/json';
import type { ResourceTypeName } from '../../lambda/scim/schema/profile';
import { resourceView } from '../../lambda/scim/schema/view';
import type { Tenant } from '../../lambda/tenants/tenant';
import type { Deployment } from '../connection/open';
import type { ImportedLine } from './import-resource';

interface Membership {
  readonly group: string;
  readonly member: string;
  readonly type: ResourceTypeName;
}

/** The groups, members and memberships of a batch that exist in the tenant already. */
interface Present {
  readonly groups: ReadonlySet<string>;
  readonly members: Readonly<Record<ResourceTypeName, ReadonlySet<string>>>;
}

/**
 * Adds exported memberships to a tenant, in as few requests as their groups allow. One result each, in their order; a
 * membership is left out when the group or member does not exist, or may not be a member in the tenant's profile.
 */
export async function importMemberships(
  { store }: Pick<Deployment, 'store'>,
  { tenantId, profile }: Pick<Tenant, 'tenantId' | 'profile'>,
  exported: readonly Json[],
  by: Note,
): Promise<readonly ImportedLine[]> {
  const memberships = exported.map(readExported);
  const named = memberships.filter((membership) => membership !== undefined);
  const present = await readPresent(store, tenantId, named);
  const { memberTypes } = resourceView(profile, groupType.name).rules;
  const reasons = memberships.map((membership): string | undefined => {
    if (!membership) return 'it is not an exported membership';
    const { group, member, type } = membership;
    if (!memberTypes.includes(type)) return `in profile ${profile} a ${type} cannot be a member of a group`;
    if (!present.groups.has(group)) return noGroup(group);
    return present.members[type].has(member) ? undefined : `there is no ${type} ${member}`;
  });

  const wanted = new Map<string, StoredMember[]>();
  for (const [index, membership] of memberships.entries()) {
    if (!membership || reasons[index] !== undefined) continue;
    const { group, member: value, type } = membership;
    wanted.set(group, [...(wanted.get(group) ?? []), type === 'Group' ? { value, type } : { value }]);
  }
  const added = new Map(
    await Promise.all(
      [...wanted].map(
        async ([group, members]) => [group, await addMembers(store, tenantId, group, members, by)] as const,
      ),
    ),
  );
  return memberships.map((membership, index) => {
    const leftOut = reasons[index];
    if (!membership || leftOut !== undefined) return { leftOut: leftOut ?? '' };
    const ids = added.get(membership.group);
    if (!ids) return { leftOut: noGroup(membership.group) };
    return ids.has(membership.member) ? 'new' : 'same';
  });
}

const noGroup = (group: string): string => `there is no Group ${group}`;

/**
 * Adds members to a group while no request changes more than one of them.
 * @returns the ids of those that were not members; undefined when the group was deleted meanwhile
 */
function addMembers(
  store: Store,
  tenantId: string,
  groupId: string,
  members: readonly StoredMember[],
  by: Note,
): Promise<ReadonlySet<string> | undefined> {
  const collection = { tenantId, type: groupType.name };
  const pairs = members.map(({ value: memberId }) => ({ groupId, memberId }));
  return retry(() =>
    whileLeased(store, collection, groupId, by, async ({ lease }) => {
      const present = (await store.memberships(tenantId, pairs)).get(groupId);
      const added = members.filter(({ value }) => !present?.has(value));
      await store.changeMembers(tenantId, groupId, added, [], lease);
      await store.release(collection, groupId, lease);
      return new Set(added.map(({ value }) => value));
    }),
  );
}

async function readPresent(store: Store, tenantId: string, memberships: readonly Membership[]): Promise<Present> {
  const idsOf = (type: ResourceTypeName) => memberships.filter((one) => one.type === type).map(({ member }) => member);
  const [groups, users, nested] = await Promise.all([
    store.existing(
      { tenantId, type: groupType.name },
      memberships.map(({ group }) => group),
    ),
    store.existing({ tenantId, type: userType.name }, idsOf('User')),
    store.existing({ tenantId, type: groupType.name }, idsOf('Group')),
  ]);
  return { groups, members: { User: users, Group: nested } };
}

function readExported(value: Json): Membership | undefined {
  if (!isObject(value)) return undefined;
  const { group, member, type } = value;
  if (typeof group !== 'string' || typeof member !== 'string') return undefined;
  return { group, member, type: type === 'Group' ? 'Group' : 'User' };
}
