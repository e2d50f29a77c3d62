import { isArray, isObject, type Json } from '../scim/json';
import { invalidValue, type ScimError, tooLarge } from '../scim/message/error';
import { maxMemberChanges } from '../scim/message/limits';
import type { Member, MemberChange } from '../scim/patch/member-change';
import type { Resource } from '../scim/resource/resource';
import type { ResourceTypeName } from '../scim/schema/profile';
import type { Context } from './context';
import type { StoredMember } from './store';

/** Takes the attribute that shows memberships out of a normalised body; without it, `members` is absent. */
export function splitMembers(
  { type }: Pick<Context, 'type'>,
  body: Resource,
): { readonly resource: Resource; readonly members: readonly Member[] | undefined } {
  const { [type.membership]: value, ...resource } = body;
  return { resource, members: isArray(value) ? value.map(toMember) : undefined };
}

function toMember(element: Json, index: number): Member {
  const { value, type } = isObject(element) ? element : {};
  if (typeof value !== 'string') throw invalidValue(`members[${index}].value is required: the id of a member.`);
  return { value, ...(type === undefined ? {} : { type: type as ResourceTypeName }) };
}

/**
 * Checks that every new member exists and is of a type that the profile lets groups have.
 * @returns the members as they are kept
 * @throws ScimError 400 `invalidValue` naming the first unknown ids; 413 past the limit
 */
export async function checkMembers(
  { store, view, collection }: Context,
  groupId: string | undefined,
  members: readonly Member[],
): Promise<readonly StoredMember[]> {
  if (members.length > maxMemberChanges) throw tooManyMembers(members.length);
  const distinct = [...new Map(members.map((member) => [member.value, member])).values()];
  const itself = distinct.find(({ value }) => value === groupId);
  if (itself) {
    throw invalidValue(`members.value "${itself.value}" is the group itself; a group cannot be its own member.`);
  }

  const { memberTypes } = view.rules;
  const found = await Promise.all(
    memberTypes.map((type) => {
      const ids = distinct.filter((member) => (member.type ?? type) === type).map(({ value }) => value);
      return store.existing({ tenantId: collection.tenantId, type }, ids);
    }),
  );
  const typeOf = (id: string): ResourceTypeName | undefined => memberTypes.find((_, index) => found[index]?.has(id));
  const unknown = distinct.filter(({ value }) => typeOf(value) === undefined).map(({ value }) => `"${value}"`);
  if (unknown.length > 0) {
    const more = unknown.length > 5 ? ` and ${unknown.length - 5} more` : '';
    throw invalidValue(
      `members.value ${unknown.slice(0, 5).join(', ')}${more}: no such ${memberTypes.join(' or ')} in this tenant. ` +
        'Nothing of the request was applied.',
    );
  }
  return distinct.map(({ value }) => (typeOf(value) === 'Group' ? { value, type: 'Group' } : { value }));
}

/** What a change does to a group's members, beyond what is already so. */
export interface MembershipDifference {
  readonly added: readonly StoredMember[];
  readonly removed: readonly string[];
}

/**
 * Compares a change with the memberships there are: reads those it names, or all where it replaces them; none for no
 * change.
 * @throws ScimError 400 for unknown members; 413 past the limit
 */
export async function difference(
  context: Context,
  groupId: string,
  change: MemberChange,
): Promise<MembershipDifference> {
  const { store, collection } = context;
  const named = [...change.added.keys(), ...change.removed];
  if (!change.replaces && named.length === 0) return { added: [], removed: [] };
  if (named.length > maxMemberChanges) throw tooManyMembers(named.length);
  const [wanted, present] = await Promise.all([
    checkMembers(context, groupId, [...change.added.values()]),
    change.replaces
      ? store.members(collection.tenantId, groupId).then((members) => new Set(members.map(({ value }) => value)))
      : store
          .memberships(
            collection.tenantId,
            named.map((memberId) => ({ groupId, memberId })),
          )
          .then((found) => found.get(groupId) ?? new Set<string>()),
  ]);
  const added = wanted.filter(({ value }) => !present.has(value));
  const removed = change.replaces
    ? [...present].filter((id) => !change.added.has(id))
    : [...change.removed].filter((id) => present.has(id));
  if (added.length + removed.length > maxMemberChanges) throw tooManyMembers(added.length + removed.length);
  return { added, removed };
}

function tooManyMembers(count: number): ScimError {
  return tooLarge(
    `The request changes ${count} memberships; at most ${maxMemberChanges} are allowed. Split it into several requests.`,
  );
}
