import type { Note } from '../directory/note';
import type { ResourceTypeName } from '../scim/schema/profile';
import { leaseTime } from '../store/lease';
import { type NamedResource, namesKey, type ResourceNames } from '../store/names';
import { actorOf, type EventActor } from './actor';
import type { MembershipChange } from './change';

/** Why a membership changed, as events tell it; empty if nobody can say for sure. */
export interface MembershipCause {
  readonly actor?: EventActor;
  /** A membership ended because the group or the member was deleted. */
  readonly cause?: { readonly reason: 'deleted'; readonly resourceType: ResourceTypeName; readonly id: string };
}

const second = 1000;

/**
 * Why a membership changed. The item of a membership says nothing of its request, so its group does: in the note of the
 * last change, or in the lease of a change in progress.
 * @param names the names and notes of the groups and members that exist
 * @param deletions the notes of those that were deleted
 */
export function causeOf(
  change: MembershipChange,
  names: ReadonlyMap<string, ResourceNames>,
  deletions: ReadonlyMap<string, Note>,
): MembershipCause {
  const group = names.get(namesKey(groupOf(change)));
  const note = group && noteOf(change, group);
  if (note) return { actor: actorOf(note) };
  if (change.action === 'added') return {};
  for (const end of [groupOf(change), memberOf(change)]) {
    const deletion = names.has(namesKey(end)) ? undefined : deletions.get(namesKey(end));
    if (deletion) {
      const cause = { reason: 'deleted' as const, resourceType: end.collection.type, id: end.id };
      return { actor: actorOf(deletion), cause };
    }
  }
  return {};
}

/** The note of the request that changed the membership, if the group has it. */
function noteOf({ action, memberId, facts }: MembershipChange, group: ResourceNames): Note | undefined {
  // A record has its time in seconds.
  const time = Date.parse(facts.time);
  const { lease, by, modified = '', version } = group;
  if (lease && time >= wholeSecond(lease.until - leaseTime)) return lease.by;
  if (!by?.members) return undefined;
  const { ids } = by.members;
  if (ids) return ids[action].includes(memberId) ? by : undefined;
  if (by.members[action] === 0) return undefined;
  const moved = Date.parse(modified);
  // The time of a group's creation is before that of its members, every other one after that of the members.
  const [from, to] = version === 1 ? [moved, moved + leaseTime] : [moved - (by.milliseconds ?? leaseTime), moved];
  return time >= wholeSecond(from) && time <= to ? by : undefined;
}

function wholeSecond(time: number): number {
  return Math.floor(time / second) * second;
}

/** The group of a membership. */
export function groupOf({ tenantId, groupId }: MembershipChange): NamedResource {
  return { collection: { tenantId, type: 'Group' }, id: groupId };
}

/** The member of a membership. */
export function memberOf({ tenantId, memberId, memberType }: MembershipChange): NamedResource {
  return { collection: { tenantId, type: memberType }, id: memberId };
}
