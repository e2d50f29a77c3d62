import { groupType, type ResourceType, userType } from '../../lambda/directory/resource-types';
import type { StoredResource } from '../../lambda/directory/store';
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
  { store }: Deployment,
  tenantId: string,
  groupId: string,
): Promise<readonly NamedMember[]> {
  const stored = (await store.members(tenantId, [groupId])).get(groupId) ?? [];
  const members = stored.map(({ value, type }): Omit<NamedMember, 'name'> => ({ value, type: type ?? 'User' }));
  const read = ({ name }: ResourceType): Promise<readonly StoredResource[]> => {
    const ids = members.filter(({ type }) => type === name).map(({ value }) => value);
    return store.getMany({ tenantId, type: name }, ids);
  };
  const [users, groups] = await Promise.all([read(userType), read(groupType)]);
  const found = new Map([...users, ...groups].map(({ id, resource }) => [id, resource]));
  const named = members.map((member) => {
    const { userName, displayName } = found.get(member.value) ?? {};
    return { ...member, name: String(userName ?? displayName ?? '-') };
  });
  return named.sort((a, b) => a.name.localeCompare(b.name, 'en'));
}
