import { groupType, userType } from '../../lambda/directory/resource-types';
import type { StoredMember } from '../../lambda/directory/store';
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

/** Which groups, members and memberships of a batch exist in the tenant. */
interface Present {
  readonly groups: ReadonlySet<string>;
  readonly members: Readonly<Record<ResourceTypeName, ReadonlySet<string>>>;
  readonly memberships: ReadonlyMap<string, ReadonlySet<string>>;
}

/**
 * Adds exported memberships to a tenant, in as few requests as their groups allow. One result each, in their order; a
 * membership is left out when group or member is not there, or may not be a member in the tenant's profile.
 */
export async function importMemberships(
  deployment: Deployment,
  tenant: Tenant,
  exported: readonly Json[],
): Promise<readonly ImportedLine[]> {
  const memberships = exported.map(readExported);
  const present = await readPresent(
    deployment,
    tenant,
    memberships.filter((membership) => membership !== undefined),
  );
  const { memberTypes } = resourceView(tenant.profile, groupType.name).rules;
  const results = memberships.map((membership): ImportedLine => {
    if (!membership) return { leftOut: 'it is not an exported membership' };
    const { group, member, type } = membership;
    if (!memberTypes.includes(type)) {
      return { leftOut: `in profile ${tenant.profile} a ${type} cannot be a member of a group` };
    }
    if (!present.groups.has(group)) return { leftOut: `there is no Group ${group}` };
    if (!present.members[type].has(member)) return { leftOut: `there is no ${type} ${member}` };
    return present.memberships.get(group)?.has(member) ? 'same' : 'new';
  });

  const added = new Map<string, Map<string, StoredMember>>();
  for (const [index, membership] of memberships.entries()) {
    if (!membership || results[index] !== 'new') continue;
    const { group, member, type } = membership;
    const stored: StoredMember = type === 'Group' ? { value: member, type } : { value: member };
    added.set(group, (added.get(group) ?? new Map()).set(member, stored));
  }
  const { tenantId } = tenant;
  await Promise.all(
    [...added].map(([group, members]) => deployment.store.changeMembers(tenantId, group, [...members.values()], [])),
  );
  return results;
}

async function readPresent(
  { store }: Deployment,
  { tenantId }: Tenant,
  memberships: readonly Membership[],
): Promise<Present> {
  const idsOf = (type: ResourceTypeName) => memberships.filter((one) => one.type === type).map(({ member }) => member);
  const pairs = memberships.map(({ group, member }) => ({ groupId: group, memberId: member }));
  const [groups, users, nested, present] = await Promise.all([
    store.existing(
      { tenantId, type: groupType.name },
      memberships.map(({ group }) => group),
    ),
    store.existing({ tenantId, type: userType.name }, idsOf('User')),
    store.existing({ tenantId, type: groupType.name }, idsOf('Group')),
    store.memberships(tenantId, pairs),
  ]);
  return { groups, members: { User: users, Group: nested }, memberships: present };
}

function readExported(value: Json): Membership | undefined {
  if (!isObject(value)) return undefined;
  const { group, member, type } = value;
  if (typeof group !== 'string' || typeof member !== 'string') return undefined;
  return { group, member, type: type === 'Group' ? 'Group' : 'User' };
}
