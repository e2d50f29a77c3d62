import { type MemberChange, memberChange, memberDifference, needsMembers, withAdded } from '../scim/members/change';
import { brakeChange, brakeMembers } from './brake';
import { type Context, nextInstant } from './context';
import { type Changed, type Edit, indexed, nextState } from './edit';
import { noSuchResource } from './get';
import { whileLeased } from './lease';
import { findMembers, readPresent, requireMembers } from './members';
import { selected } from './membership-bounds';
import { membersNote, noteOf } from './note-of';
import { checkPreconditions } from './precondition';
import { countMembershipWrites } from './request-store';
import type { Leased, StoredMember } from './store';

/**
 * Changes a group and its members while no other request changes more than one of them. All that can be refused is
 * refused before anything is written. The version moves last, so that a request that reads a version also reads its
 * members.
 * @throws LostRace while another request holds the group's lease, or when this one has outlived its own
 */
export async function changeManyMembers(context: Context, id: string, edit: Edit): Promise<Changed> {
  const { store, collection, type } = context;
  const by = noteOf(context.services, context.request);
  const changed = await whileLeased(store, collection, id, by, (leased) => changeLeased(context, leased, edit));
  if (!changed) throw noSuchResource(type, id);
  return changed;
}

async function changeLeased(context: Context, { stored: before, lease }: Leased, edit: Edit): Promise<Changed> {
  const { store, collection, services, request } = context;
  const { id } = before;
  checkPreconditions(request, before.version);
  const next = nextState(context, edit, before);
  const change = memberChange(
    edit.members,
    needsMembers(edit.members) ? await allMembers(context, id) : [],
    request.work,
  );
  const named = [...change.added.values()];
  const [present, found] = await Promise.all([readPresent(context, id, change), findMembers(context, named)]);
  const members = await requireMembers(context, id, named, found, edit);
  const { added, removed } = memberDifference(withAdded(change, members), present);
  countMembershipWrites(request.work, added.length + removed.length);
  await brakeMembers(context, before, removed.length);
  if (next) await brakeChange(context, before, next);

  if (next) await store.update(collection, indexed(context, before), indexed(context, next), lease);
  const isAdded = new Set(added);
  const newMembers = members.filter(({ value }) => isAdded.has(value));
  await store.changeMembers(collection.tenantId, id, newMembers, removed, lease);
  const changes = membersNote(added, removed, {
    skipped: named.length - members.length,
    ...(edit.clears && { cleared: edit.clears }),
  });
  const moved = changes && {
    modified: nextInstant(services, before.modified),
    by: noteOf(services, request, changes),
  };
  const stored = await store.release(collection, id, lease, moved);
  return { stored, ...membersAfter(change, members) };
}

async function allMembers({ store, collection: { tenantId } }: Context, id: string): Promise<readonly StoredMember[]> {
  return (await store.members(tenantId, [id], selected)).get(id) ?? [];
}

/** The present members are known if they are replaced. */
function membersAfter({ replaces }: MemberChange, members: readonly StoredMember[]): Pick<Changed, 'memberships'> {
  return replaces ? { memberships: { members } } : {};
}
