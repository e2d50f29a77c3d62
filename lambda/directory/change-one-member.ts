import { type MemberChange, memberDifference, withAdded } from '../scim/members/change';
import { type Context, nextInstant } from './context';
import type { Changed, Edit } from './edit';
import { noSuchResource } from './get';
import { findMembers, requireMembers, typesOf } from './members';
import { membersNote, noteOf } from './note-of';
import { countMembershipWrites } from './request-store';

/**
 * Adds or removes one member of a group: one item, written immediately. On its own member it takes effect before or
 * after a request that changes many. The version moves last, so that a request that reads a version also reads its
 * members. Three round trips of one call each: docs/decisions/one-member.md.
 * @throws LostRace while another request holds the group's lease
 */
export async function changeOneMember(
  context: Context,
  id: string,
  edit: Edit,
  change: MemberChange,
): Promise<Changed> {
  const { store, collection, services, type } = context;
  const named = [...change.added.values()];
  const [memberId = ''] = [...change.added.keys(), ...change.removed];
  const [adds] = named.flatMap((each) => typesOf(context, each));
  const { group: before, member, isMember } = await store.getGroupAndMember(collection, id, memberId, adds);
  if (!before) throw noSuchResource(type, id);
  const found = adds && member ? new Map([[memberId, adds]]) : await findMembers(context, named, adds);
  const members = await requireMembers(context, id, named, found, edit);
  const present = new Set(isMember ? [memberId] : []);
  const { added, removed } = memberDifference(withAdded(change, members), present);
  if (added.length + removed.length === 0) return { stored: before };
  countMembershipWrites(context.request.work, 1);

  await store.changeMembers(collection.tenantId, id, added.length > 0 ? members : [], removed);
  const by = noteOf(services, context.request, membersNote(added, removed));
  const stored = await store.touch(collection, id, { modified: nextInstant(services, before.modified), by });
  if (!stored) throw noSuchResource(type, id);
  return { stored };
}
