import { groupType, userType } from '../../lambda/directory/resource-types';
import type { Collection, StoredMember } from '../../lambda/directory/store';
import { inParallel } from '../../lambda/store/tables';
import type { KeptResource } from '../../lambda/store/tombstone-bodies';
import type { DataAccess } from '../connection/open';
import { asMember, type Memberships } from '../store/restore';
import { addToBody, type KeptMembership } from '../store/tombstone-bodies';

/** A membership between a resource to restore and the group or member with an id. */
interface End {
  readonly id: string;
  readonly type: Collection['type'];
  /** The membership as the other end would keep it. */
  readonly kept: KeptMembership;
}

/**
 * The memberships of a deleted resource of which the other end exists. Where that is deleted and kept, too, the membership
 * is added to what is kept of it: so the order of restorations does not matter, even if both are restored at once.
 */
export async function presentMemberships(
  { store, tables, services }: DataAccess,
  collection: Collection,
  { stored, groups, members }: KeptResource,
): Promise<Memberships> {
  const { tenantId } = collection;
  const self = asMember(collection, stored.id);
  const toGroups = idsOf(groups).map((id): End => ({ id, type: 'Group', kept: { list: 'members', value: self } }));
  const toMembers = membersOf(members).map(
    ({ value: id, type }): End => ({ id, type: type ?? 'User', kept: { list: 'groups', value: stored.id } }),
  );
  const existing = async (ends: readonly End[]): Promise<ReadonlySet<End>> => {
    const there = await Promise.all(
      [userType, groupType].map(async ({ name: type }) => {
        const ids = ends.filter((end) => end.type === type).map(({ id }) => id);
        const found = await store.existing({ tenantId, type }, ids);
        return ends.filter((end) => end.type === type && found.has(end.id));
      }),
    );
    return new Set(there.flat());
  };

  const ends = [...toGroups, ...toMembers];
  const present = await existing(ends);
  const absent = ends.filter((end) => !present.has(end));
  const added = await inParallel(absent, ({ id, kept }) => addToBody(tables, tenantId, id, kept, services.clock()));
  const waiting = absent.filter((_, index) => added[index]);
  // One that is neither there nor kept may have been restored in between.
  const restored = await existing(absent.filter((_, index) => !added[index]));
  const isThere = (end: End) => present.has(end) || restored.has(end);
  return {
    groups: toGroups.filter(isThere).map(({ id }) => id),
    members: membersOf(members).filter((_, index) => isThere(toMembers[index] as End)),
    waiting: waiting.map(({ id }) => id),
  };
}

/** The ids of memberships; none where only their number is kept. */
export function idsOf(kept: KeptResource['groups'] | KeptResource['members']): readonly string[] {
  return typeof kept === 'number' ? [] : kept.map((each) => (typeof each === 'string' ? each : each.value));
}

function membersOf(members: KeptResource['members']): readonly StoredMember[] {
  return typeof members === 'number' ? [] : members;
}
