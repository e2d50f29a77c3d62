import { groupType } from '../../lambda/directory/resource-types';
import { tooMany } from '../../lambda/scim/message/error';
import { namesKey, readNames } from '../../lambda/store/names';
import type { Tables } from '../../lambda/store/tables';
import type { Deployment } from '../connection/open';
import type { RoleGroup } from './mapping';

/** What reads a directory. */
export type DirectoryAccess = Pick<Deployment, 'store' | 'tables'>;

/** How many groups of one user are looked at, and how many levels of groups in groups: each is a round trip. */
const mostGroups = 10_000;
export const mostLevels = 50;

/** A group of a user. */
export interface UserGroup extends RoleGroup {
  /** The member through which the user belongs to it: the user itself, or a group. */
  readonly through: string;
}

/**
 * The groups of a user with their names, nearest first: those that the user is a member of and, if groups may be
 * members, those that contain these, and so on. A round trip finds the groups, one reads their names; with nested
 * groups, one for each further level. As fresh as the index by member.
 * @throws ScimError 400 `tooMany` past `mostGroups` or `mostLevels`
 */
export async function groupsOfUser(
  { store, tables }: DirectoryAccess,
  tenantId: string,
  userId: string,
  nested: boolean,
): Promise<readonly UserGroup[]> {
  const known = new Set<string>();
  const groups: UserGroup[] = [];
  const containing = async (ids: readonly string[]): Promise<readonly Membership[]> => {
    const byMember = await store.groupsOf(tenantId, ids, { most: mostGroups, refuse: tooManyGroups });
    const found = [...byMember].flatMap(([through, groupIds]) => groupIds.map((id) => ({ id, through })));
    return found.filter(({ id }) => isNew(known, id));
  };

  let level = await containing([userId]);
  for (let depth = 1; level.length > 0; depth++) {
    if (depth > mostLevels) throw tooManyGroups();
    const ids = level.map(({ id }) => id);
    const [named, above] = await Promise.all([withNames(tables, tenantId, level), nested ? containing(ids) : []]);
    groups.push(...named);
    level = above;
  }
  return groups;
}

type Membership = Pick<UserGroup, 'id' | 'through'>;

/** Adds an id to those that are known; with cycles and more than one way to a group, it comes again. */
function isNew(known: Set<string>, id: string): boolean {
  if (known.has(id)) return false;
  if (known.size === mostGroups) throw tooManyGroups();
  known.add(id);
  return true;
}

/** Gives groups their names. One that was deleted meanwhile is left out. */
async function withNames(
  tables: Tables,
  tenantId: string,
  groups: readonly Membership[],
): Promise<readonly UserGroup[]> {
  const named = groups.map((group) => ({ group, collection: { tenantId, type: groupType.name }, id: group.id }));
  const names = await readNames(tables, named);
  return named.flatMap(({ group, ...resource }) => {
    const found = names.get(namesKey(resource));
    if (!found) return [];
    const { displayName, externalId } = found;
    return [
      { ...group, ...(displayName !== undefined && { displayName }), ...(externalId !== undefined && { externalId }) },
    ];
  });
}

function tooManyGroups() {
  return tooMany(
    `The user belongs to more than ${mostGroups} groups, or through more than ${mostLevels} levels of groups in ` +
      'groups: its roles are not evaluated. Take groups out of groups in the identity provider.',
  );
}
