import type { BoundFilter } from '../filter/ast';
import { evaluate } from '../filter/evaluate';
import { withinWork } from '../patch/cost';
import { Work } from '../work';
import { checkMemberChanges } from './limit';
import type { Member } from './member';

/** The net effect of a request on a group's members: no member is both added and removed. */
export interface MemberChange {
  /** Whether all present members are removed first; `removed` is then empty. */
  readonly replaces: boolean;
  readonly added: ReadonlyMap<string, Member>;
  readonly removed: ReadonlySet<string>;
}

/** What one operation does to the members. */
export type MembersEffect =
  | { readonly kind: 'add' | 'replace'; readonly members: readonly Member[] }
  | { readonly kind: 'remove'; readonly values: readonly string[] }
  /** Removes every member that the filter selects, which depends on the present members. */
  | { readonly kind: 'drop'; readonly filter: BoundFilter };

/** An operation on the members of a group, which are stored separately. */
export interface MembersOperation {
  readonly kind: 'members';
  readonly label: string;
  readonly effect: MembersEffect;
}

/** The net effect while it is being worked out. */
interface Net {
  replaces: boolean;
  readonly added: Map<string, Member>;
  readonly removed: Set<string>;
}

/** The change that leaves every member where it is. */
const noMemberChange: MemberChange = { replaces: false, added: new Map(), removed: new Set() };

/** Whether the effect of operations depends on the present members: a filter selects by more than `value eq`. */
export function needsMembers(operations: readonly MembersOperation[]): boolean {
  return operations.some(({ effect }) => effect.kind === 'drop');
}

/**
 * The net effect of operations on members, in their order. `members` are the present ones; they are only used if
 * `needsMembers` is true.
 * @throws ScimError 413 past the limit of changes, or when filters take too many comparisons
 */
export function memberChange(
  operations: readonly MembersOperation[],
  members: readonly Member[] = [],
  work: Work = new Work(),
): MemberChange {
  if (operations.length === 0) return noMemberChange;
  const net: Net = { replaces: false, added: new Map(), removed: new Set() };
  for (const { effect, label } of operations) {
    withinWork(work, label, () => applyEffect(net, effect, members, work));
    checkMemberChanges(net.added.size + net.removed.size, label);
  }
  return net;
}

function applyEffect(net: Net, effect: MembersEffect, members: readonly Member[], work: Work): void {
  switch (effect.kind) {
    case 'replace':
      net.replaces = true;
      net.added.clear();
      net.removed.clear();
      add(net, effect.members);
      break;
    case 'add':
      add(net, effect.members);
      break;
    case 'remove':
      remove(net, effect.values);
      break;
    case 'drop':
      remove(net, selected(net, effect.filter, members, work));
      break;
  }
}

function add({ added, removed }: Net, members: readonly Member[]): void {
  for (const member of members) {
    added.set(member.value, member);
    removed.delete(member.value);
  }
}

function remove({ replaces, added, removed }: Net, values: readonly string[]): void {
  for (const value of values) {
    added.delete(value);
    if (!replaces) {
      removed.add(value);
    }
  }
}

function selected(
  { replaces, added }: Net,
  filter: BoundFilter,
  members: readonly Member[],
  work: Work,
): readonly string[] {
  return [...(replaces ? [] : members), ...added.values()]
    .filter((member) => evaluate(filter, { ...member }, work))
    .map(({ value }) => value);
}

/** A change that adds these members and no others. */
export function withAdded(change: MemberChange, members: readonly Member[]): MemberChange {
  return { ...change, added: new Map(members.map((member) => [member.value, member])) };
}

/** The effect of a change on the present members of a group. */
export interface MemberDifference {
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

/**
 * Compares a change with the present members: all of them where it replaces them, else at least those that it names.
 * @throws ScimError 413 past the limit of changes
 */
export function memberDifference(change: MemberChange, present: ReadonlySet<string>): MemberDifference {
  const added = [...change.added.keys()].filter((id) => !present.has(id));
  const removed = change.replaces
    ? [...present].filter((id) => !change.added.has(id))
    : [...change.removed].filter((id) => present.has(id));
  checkMemberChanges(added.length + removed.length);
  return { added, removed };
}
