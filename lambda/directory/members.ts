import type { MemberChange } from '../scim/members/change';
import type { Member } from '../scim/members/member';
import { invalidValue, type ScimError } from '../scim/message/error';
import type { ResourceTypeName } from '../scim/schema/profile';
import type { Context } from './context';
import { changesMore, type Edit } from './edit';
import { isId } from './id';
import { replaced } from './membership-bounds';
import type { StoredMember } from './store';

/** Maximum number of ids in an error message. */
const namedIds = 5;

/** The resources that may become members, by id. */
export type FoundMembers = ReadonlyMap<string, ResourceTypeName>;

/** The types as which a member is looked up, in this order: the one that it states, or else those that the profile allows. */
export function typesOf({ view }: Context, { type }: Member): readonly ResourceTypeName[] {
  return type ? [type] : view.rules.memberTypes;
}

/**
 * Reads which members exist, and as what.
 * @param except a type as which none of them exists
 */
export async function findMembers(
  context: Context,
  members: readonly Member[],
  except?: ResourceTypeName,
): Promise<FoundMembers> {
  return findAs(context, members, (member, type) => type !== except && typesOf(context, member).includes(type));
}

/** Reads the present members that a change names: all of them where it replaces them. @throws ScimError 413 */
export async function readPresent(
  { store, collection: { tenantId } }: Context,
  groupId: string,
  change: MemberChange,
): Promise<ReadonlySet<string>> {
  const { replaces, added, removed } = change;
  if (replaces) {
    const members = await store.members(tenantId, [groupId], replaced(change));
    return new Set(members.get(groupId)?.map(({ value }) => value));
  }
  const named = [...added.keys(), ...removed];
  const found = await store.memberships(
    tenantId,
    named.map((memberId) => ({ groupId, memberId })),
  );
  return found.get(groupId) ?? new Set();
}

/**
 * Checks that every new member of a group exists and has the type that it states. A member that was deleted here is
 * skipped if the edit does anything else, so that it does not block the removal of others: see
 * docs/decisions/tombstones.md.
 * @param groupId of a group that exists
 * @param edit the change of that group; nothing for a new group, for which no member is skipped
 * @returns the members to store, in id order, without those skipped
 * @throws ScimError 400 `invalidValue` that names the first ids that cannot be members
 */
export async function requireMembers(
  context: Context,
  groupId: string | undefined,
  members: readonly Member[],
  found: FoundMembers,
  edit?: Edit,
): Promise<readonly StoredMember[]> {
  if (members.some(({ value }) => value === groupId)) {
    throw refused([groupId ?? ''], 'is the group itself; a group cannot be its own member.');
  }
  const existing = members.filter(({ value }) => found.has(value));
  if (existing.length < members.length) {
    const missing = members.filter(({ value }) => !found.has(value));
    await checkMissing(context, missing, edit !== undefined && (changesMore(edit) || existing.length > 0));
  }
  return existing
    .map(({ value }): StoredMember => (found.get(value) === 'Group' ? { value, type: 'Group' } : { value }))
    .sort((a, b) => (a.value < b.value ? -1 : 1));
}

/** Checks members that were not found: each was deleted here, and those may be skipped. @throws ScimError 400 */
async function checkMissing(context: Context, missing: readonly Member[], skipsDeleted: boolean): Promise<void> {
  const { store, services, view, collection } = context;
  const ids = missing.map(({ value }) => value);
  const malformed = ids.filter((id) => !isId(id));
  if (malformed.length > 0) {
    throw refused(malformed, 'is not an id of this directory. Send the id that the member has here.');
  }
  const [others, deletions] = await Promise.all([
    findAs(context, missing, (member, type) => member.type !== undefined && member.type !== type),
    store.deletions(collection.tenantId, ids, services.now()),
  ]);
  const [mistaken] = missing.filter(({ value }) => others.has(value));
  if (mistaken) {
    throw refused([mistaken.value], `is a ${others.get(mistaken.value)}, but its type says ${mistaken.type}.`);
  }
  const unknown = ids.filter((id) => !deletions.has(id));
  if (unknown.length > 0) throw refused(unknown, `names no ${view.rules.memberTypes.join(' or ')} of this tenant.`);
  if (!skipsDeleted) {
    throw refused(ids, 'and cannot be a member any more.', (id) => `"${id}" was deleted at ${deletions.get(id)}`);
  }
}

async function findAs(
  { store, view, collection: { tenantId } }: Context,
  members: readonly Member[],
  asksFor: (member: Member, type: ResourceTypeName) => boolean,
): Promise<FoundMembers> {
  const found = new Map<string, ResourceTypeName>();
  // One type after the other: an id is looked up as a group only if there is no such user.
  for (const type of view.rules.memberTypes) {
    const ids = members.filter((member) => asksFor(member, type) && !found.has(member.value)).map(({ value }) => value);
    if (ids.length === 0) continue;
    for (const id of await store.existing({ tenantId, type }, ids)) found.set(id, type);
  }
  return found;
}

function refused(ids: readonly string[], reason: string, describe = (id: string) => `"${id}"`): ScimError {
  const named = ids.slice(0, namedIds).map(describe);
  const more = ids.length > namedIds ? ` (and ${ids.length - namedIds} more)` : '';
  return invalidValue(`members.value ${named.join(', ')}${more} ${reason} Nothing of the request was applied.`);
}
