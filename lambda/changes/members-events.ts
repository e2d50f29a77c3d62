import type { Note } from '../directory/note';
import { isTestName } from '../directory/test-domain';
import type { ResourceTypeName } from '../scim/schema/profile';
import { type NamedResource, namesKey, type ResourceNames } from '../store/names';
import type { MembershipChange } from './change';
import { type ChangeEvent, entryBytes, eventHead, maxEntryBytes } from './event';
import { causeOf, groupOf, type MembershipCause, memberOf } from './membership-cause';
import { pack } from './pack';

type Names = ReadonlyMap<string, ResourceNames>;

const detailTypes = { added: 'Members Added', removed: 'Members Removed' } as const;

/** The names of users and groups in events; a user's displayName is not one. */
const shownNames: Readonly<Record<ResourceTypeName, (names: ResourceNames) => object>> = {
  User: ({ externalId, userName }) => ({ ...(externalId && { externalId }), ...(userName && { userName }) }),
  Group: ({ externalId, displayName }) => ({ ...(externalId && { externalId }), ...(displayName && { displayName }) }),
};

/** The resources at both ends of memberships. */
export function endsOf(changes: readonly MembershipChange[]): readonly NamedResource[] {
  return changes.flatMap((change) => [groupOf(change), memberOf(change)]);
}

/**
 * The events of changed memberships: for each group and request one for the members added and one for those removed, or
 * several if they do not fit into one. Records stay in order.
 */
export function membersEvents(
  changes: readonly MembershipChange[],
  names: Names,
  deletions: ReadonlyMap<string, Note>,
): readonly ChangeEvent[] {
  const together = new Map<string, { readonly cause: MembershipCause; readonly changes: MembershipChange[] }>();
  for (const change of changes) {
    const cause = causeOf(change, names, deletions);
    const key = `${change.action} ${namesKey(groupOf(change))} ${JSON.stringify(cause)}`;
    const same = together.get(key) ?? { cause, changes: [] };
    together.set(key, same);
    same.changes.push(change);
  }
  return [...together.values()].flatMap(({ cause, changes: same }) =>
    batches(same, names, cause).map((batch) => membersEvent(batch, names, cause)),
  );
}

/** Splits the changes of a group into batches, one per event. */
function batches(
  changes: readonly MembershipChange[],
  names: Names,
  cause: MembershipCause,
): readonly (readonly MembershipChange[])[] {
  const [first] = changes;
  if (!first) return [];
  // Without its members, an event always has the same size.
  const empty = membersEvent([first], names, cause);
  const room = maxEntryBytes - entryBytes(empty.detailType, { ...empty.detail, members: [] });
  const bytesOf = (change: MembershipChange) => Buffer.byteLength(JSON.stringify(describeMember(change, names))) + 1;
  return pack(changes, bytesOf, room);
}

function membersEvent(changes: readonly MembershipChange[], names: Names, cause: MembershipCause): ChangeEvent {
  const [first] = changes;
  if (!first) throw new Error('An event has at least one member.');
  const { version, ...named } = names.get(namesKey(groupOf(first))) ?? {};
  const facts = changes.map((change) => change.facts);
  return {
    detailType: detailTypes[first.action],
    detail: {
      ...eventHead(first.tenantId, facts),
      ...cause,
      group: { id: first.groupId, ...shownNames.Group(named), ...(version !== undefined && { version }) },
      ...(isTestName(named.displayName) && { test: true }),
      members: changes.map((change) => describeMember(change, names)),
    },
    sequenceNumbers: facts.map(({ sequenceNumber }) => sequenceNumber),
  };
}

/** Sequence numbers of one stream have at most 40 digits; padded they compare as text. */
const sequenceDigits = 40;

function describeMember(change: MembershipChange, names: Names): object {
  const { memberId: id, memberType: type, facts } = change;
  const named = shownNames[type](names.get(namesKey(memberOf(change))) ?? {});
  return { id, type, ...named, sequence: facts.sequenceNumber.padStart(sequenceDigits, '0') };
}
