import { groupType, type ResourceType, userType } from '../../lambda/directory/resource-types';
import type { StoredMember, StoredResource } from '../../lambda/directory/store';
import type { ResourceTypeName } from '../../lambda/scim/schema/profile';
import type { Deployment } from '../connection/open';

/** A member of a group; `name` is its userName or displayName, `-` when it has none. */
export interface NamedMember {
  readonly value: string;
  readonly type: ResourceTypeName;
  readonly name: string;
}

/** The members of a group with their names, in the order of their names. */
export async function listMembers(
  { store }: Pick<Deployment, 'store'>,
  tenantId: string,
  groupId: string,
): Promise<readonly NamedMember[]> {
  const stored = (await store.members(tenantId, [groupId])).get(groupId) ?? [];
  const named = await nameMembers({ store }, tenantId, stored);
  return [...named].sort((a, b) => a.name.localeCompare(b.name, 'en'));
}

/** A page of the members of a group, in the order of their ids. */
export interface MemberPage {
  readonly members: readonly NamedMember[];
  readonly total: number;
  /** The id after which the next page begins. */
  readonly next?: string;
}

/** Reads a page of the members of a group: all memberships, and the names of those on the page. */
export async function listMemberPage(
  { store }: Pick<Deployment, 'store'>,
  tenantId: string,
  groupId: string,
  { after = '', count }: { readonly after: string | undefined; readonly count: number },
): Promise<MemberPage> {
  const all = (await store.members(tenantId, [groupId])).get(groupId) ?? [];
  const rest = all.filter(({ value }) => value > after);
  const members = await nameMembers({ store }, tenantId, rest.slice(0, count));
  const last = members.at(-1);
  return { members, total: all.length, ...(last && rest.length > count && { next: last.value }) };
}

async function nameMembers(
  { store }: Pick<Deployment, 'store'>,
  tenantId: string,
  stored: readonly StoredMember[],
): Promise<readonly NamedMember[]> {
  const members = stored.map(({ value, type }): Omit<NamedMember, 'name'> => ({ value, type: type ?? 'User' }));
  const read = ({ name }: ResourceType): Promise<readonly StoredResource[]> => {
    const ids = members.filter(({ type }) => type === name).map(({ value }) => value);
    return store.getMany({ tenantId, type: name }, ids);
  };
  const [users, groups] = await Promise.all([read(userType), read(groupType)]);
  const found = new Map([...users, ...groups].map(({ id, resource }) => [id, resource]));
  return members.map((member) => {
    const { userName, displayName } = found.get(member.value) ?? {};
    return { ...member, name: String(userName ?? displayName ?? '-') };
  });
}
