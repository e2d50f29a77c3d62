import type { Store } from '../../lambda/directory/store';

/** How far to follow groups in groups. */
export interface Nesting {
  /**
   * Whether groups in groups count: a member of a group is a member of the groups that contain that one. Only the profile
   * `standard` has groups in groups. A cycle ends where it began.
   *
   * @default false
   */
  readonly transitive?: boolean;
}

type Reader = Pick<Store, 'groupsOf' | 'memberships'>;

/** The ids of the groups of a member: a round trip for each level of groups in groups. @internal */
export async function groupIdsOf(
  store: Reader,
  tenantId: string,
  memberId: string,
  { transitive = false }: Nesting,
): Promise<readonly string[]> {
  const found = new Set<string>();
  for await (const level of levels(store, tenantId, memberId)) {
    for (const id of level) found.add(id);
    if (!transitive) break;
  }
  return [...found];
}

/**
 * Whether a group has a member. Directly: one round trip, strongly consistent. Through other groups: a round trip for each
 * level, as fresh as the index is.
 * @internal
 */
export async function hasMember(
  store: Reader,
  tenantId: string,
  groupId: string,
  memberId: string,
  { transitive = false }: Nesting,
): Promise<boolean> {
  const direct = async () =>
    (await store.memberships(tenantId, [{ groupId, memberId }])).get(groupId)?.has(memberId) === true;
  if (!transitive) return direct();
  const [isDirect, isNested] = await Promise.all([direct(), isIn(store, tenantId, groupId, memberId)]);
  return isDirect || isNested;
}

async function isIn(store: Reader, tenantId: string, groupId: string, memberId: string): Promise<boolean> {
  for await (const level of levels(store, tenantId, memberId)) if (level.includes(groupId)) return true;
  return false;
}

/** The ids of the groups of a member, then of those groups, and so on; each once. */
async function* levels(store: Reader, tenantId: string, memberId: string): AsyncIterable<readonly string[]> {
  const seen = new Set<string>();
  let level: readonly string[] = [memberId];
  while (level.length > 0) {
    const above = [...(await store.groupsOf(tenantId, level)).values()].flat();
    level = [...new Set(above)].filter((id) => !seen.has(id));
    for (const id of level) seen.add(id);
    yield level;
  }
}
