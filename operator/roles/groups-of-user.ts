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

/** A group of a user, and the member through which the user belongs to it: the user itself, or a group. */
export interface Membership {
  readonly id: string;
  readonly through: string;
}

export type UserGroup = RoleGroup & Membership;

/** The groups of which a user is a member itself: one round trip, as fresh as the index. @throws as `groupsOfUser` */
export function directGroups({ store }: DirectoryAccess, tenantId: string, userId: string) {
  return groupsAbove(store, tenantId, [userId], new Set());
}

/**
 * The groups of a user with their names, nearest first: the direct ones and, if groups may be members, those that contain
 * these, and so on. A round trip reads the names; with nested groups, one for each further level.
 * @throws ScimError 400 `tooMany` past `mostGroups` or `mostLevels`
 */
export async function groupsOfUser(
  { store, tables }: DirectoryAccess,
  tenantId: string,
  direct: readonly Membership[],
  nested: boolean,
): Promise<readonly UserGroup[]> {
  const known = new Set(direct.map(({ id }) => id));
  const groups: UserGroup[] = [];
  let level = direct;
  for (let depth = 1; level.length > 0; depth++) {
    if (depth > mostLevels) throw tooManyGroups();
    const ids = level.map(({ id }) => id);
    const [named, above] = await Promise.all([
      withNames(tables, tenantId, level),
      nested ? groupsAbove(store, tenantId, ids, known) : [],
    ]);
    groups.push(...named);
    level = above;
  }
  return groups;
}

/** The groups that have one of some members and are not known yet; they are then. */
async function groupsAbove(
  store: DirectoryAccess['store'],
  tenantId: string,
  members: readonly string[],
  known: Set<string>,
): Promise<readonly Membership[]> {
  const byMember = await store.groupsOf(tenantId, members, { most: mostGroups, refuse: tooManyGroups });
  const found = [...byMember].flatMap(([through, ids]) => ids.map((id) => ({ id, through })));
  return found.filter(({ id }) => isNew(known, id));
}

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
