import { isArray, isObject, type Json } from '../json';
import { dropAbsent } from '../resource/checks';
import { sameJson } from '../resource/equal';
import type { Resource } from '../resource/resource';
import type { ResourceView } from '../schema/view';
import { Work } from '../work';
import { assignAll } from './assign';
import type { AttributeOperation } from './change';
import { withinWork } from './cost';
import { changeElements } from './elements';
import { type Member, type MemberChange, type MembersOperation, reduceMembers } from './member-change';
import type { PatchOperation } from './operations';
import { dropBareElements, dropStaleReferences, requireRemaining, requireTargets } from './outcome';
import { valueAt, withValueAt } from './place';

/** What a PATCH makes of a resource. */
export interface PatchResult {
  /** The changed resource; the very one that was given when nothing has changed. */
  readonly resource: Resource;
  /** What becomes of a group's members, which are kept apart from the resource. */
  readonly members: MemberChange;
}

/** Whether applying the operations takes the group's present members: a filter selects by more than `value eq`. */
export function needsMembers(operations: readonly PatchOperation[]): boolean {
  return operations.some((operation) => operation.kind === 'members' && operation.effect.kind === 'drop');
}

/** What operations come to for a group's members; `members` are the present ones, to be given when `needsMembers`. */
export function memberChange(
  operations: readonly PatchOperation[],
  members: readonly Member[] = [],
  work: Work = new Work(),
): MemberChange {
  const onMembers = operations.filter((operation): operation is MembersOperation => operation.kind === 'members');
  return reduceMembers(onMembers, members, work);
}

/**
 * Applies operations in their order, each to what the one before it made (RFC 7644 §3.5.2); `resource` stays as it is.
 * `members` are a group's present members, to be given when `needsMembers`. The result is yet to be validated.
 * @throws ScimError 400 `noTarget` for a filter that selects nothing, 400 `mutability` for a change of what is
 * immutable and for a remove of what is required, 413 for too many membership changes or values to compare
 */
export function applyPatch(
  view: ResourceView,
  resource: Resource,
  operations: readonly PatchOperation[],
  members: readonly Member[] = [],
  work: Work = new Work(),
): PatchResult {
  const own = operations.filter((operation): operation is AttributeOperation => operation.kind === 'attribute');
  const patched = applyAll(resource, own, work);
  requireTargets(resource, patched, own, work);
  const current = dropStaleReferences(resource, dropBareElements(resource, patched, own, work), own);
  const result = dropAbsent(view, current);
  requireRemaining(result, own);
  return {
    resource: sameJson(result, resource) ? resource : result,
    members: memberChange(operations, members, work),
  };
}

function applyAll(resource: Resource, operations: readonly AttributeOperation[], work: Work): Resource {
  let patched = resource;
  for (const operation of operations) {
    const present = valueAt(patched, operation);
    const value = withinWork(work, operation.label, () => changedValue(operation, present, work));
    patched = withValueAt(patched, operation, value);
  }
  return patched;
}

function changedValue(
  { attribute, change, label }: AttributeOperation,
  present: Json | undefined,
  work: Work,
): Json | undefined {
  if (attribute.multiValued) {
    const elements = changeElements(attribute, isArray(present) ? present : [], change, label, work);
    return elements.length > 0 ? elements : undefined;
  }
  if (change.kind === 'merge') {
    const value = assignAll(attribute, isObject(present) ? present : {}, change.values, label);
    return Object.keys(value).length > 0 ? value : undefined;
  }
  return change.kind === 'assign' ? change.value : present;
}
