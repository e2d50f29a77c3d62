import type { BoundFilter } from '../filter/ast';
import type { MembersEffect } from '../members/change';
import { isUsableId, readMemberIds, readMembers } from '../members/read';
import { mutability, type ScimError } from '../message/error';
import { isNone } from '../resource/deviations';
import type { ResourceView } from '../schema/view';
import type { MessageOperation } from './message';
import type { AttributeTarget } from './target';

/** Whether a target is the members of a group, which are stored separately. */
export function isMembers({ extension, attribute }: AttributeTarget): boolean {
  return extension === undefined && attribute.name === 'members';
}

/**
 * What an operation does to a group's members (RFC 7644 §3.5.2). A remove with values removes only these, as Entra and
 * the Google bridges mean it.
 * @throws ScimError 400 `invalidValue` for a member without identifier or of a type that the profile does not allow,
 *   400 `mutability` for a change within a member: members are added and removed (RFC 7643 §4.2)
 */
export function membersEffect(view: ResourceView, target: AttributeTarget, sent: MessageOperation): MembersEffect {
  if (target.filter) return selectedEffect(view, target.filter, target, sent);
  if (target.sub) throw changesMember(sent);
  const { op, value = null, label } = sent;
  const path = `${label}: members`;
  if (op !== 'remove') return { kind: op, members: readMembers(view, value, path) };
  return value === null || value === ''
    ? { kind: 'replace', members: [] }
    : { kind: 'remove', values: readMemberIds(view, value, path) };
}

function selectedEffect(
  view: ResourceView,
  filter: BoundFilter,
  { sub }: AttributeTarget,
  sent: MessageOperation,
): MembersEffect {
  const { op, value = null, label } = sent;
  const ids = idsIn(filter);
  if (sub === undefined && (op === 'remove' || (op === 'replace' && isNone(value)))) {
    // A value that is not an identifier matches no member, and may be too long to look up.
    return ids ? { kind: 'remove', values: ids.filter(isUsableId) } : { kind: 'drop', filter };
  }
  const isIdentifier = sub === undefined || sub.attribute.name === 'value';
  if (op === 'remove' || ids === undefined || !isIdentifier) throw changesMember(sent);
  const members = readMembers(view, value, `${label}: members`);
  if (ids.length !== 1 || members.length !== 1 || members[0]?.value !== ids[0]) throw changesMember(sent);
  return { kind: 'add', members };
}

/** The identifiers in a filter that consists only of `value eq`, joined by `or`. */
function idsIn(filter: BoundFilter): readonly string[] | undefined {
  const terms = filter.kind === 'or' ? filter.terms : [filter];
  const ids = terms.map((term) => {
    const isValueEq = term.kind === 'compare' && term.operator === 'eq' && term.steps[0]?.name === 'value';
    return isValueEq ? String(term.value) : undefined;
  });
  return ids.every((id) => id !== undefined) ? ids : undefined;
}

function changesMember({ label }: MessageOperation): ScimError {
  return mutability(`${label} would change a member, which is immutable. Remove it and add another one.`);
}
