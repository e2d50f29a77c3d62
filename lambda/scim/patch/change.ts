import type { BoundFilter } from '../filter/ast';
import type { Json } from '../json';
import { isNone } from '../resource/deviations';
import { isLabel } from '../resource/primary';
import type { Attribute } from '../schema/attribute';
import type { MessageOperation, OperationName } from './message';
import type { AttributeTarget, Selected } from './target';
import { readCriteria, readSubAttributes, readValue, readValues } from './value';

/** What an operation does to the value of an attribute or a sub-attribute. */
export type Change =
  /** The attribute gets this value, or none. */
  | { readonly kind: 'assign'; readonly value: Json | undefined }
  /**
   * Sub-attributes change: of a single-valued attribute, or of the values that the filter selects (all without one).
   */
  | { readonly kind: 'merge'; readonly changes: SubAttributeChanges; readonly filter: BoundFilter | undefined }
  /** These values are added to a multi-valued attribute, unless it has them. */
  | { readonly kind: 'append'; readonly values: readonly Json[] }
  /** The values of a multi-valued attribute that match one of these are removed. */
  | { readonly kind: 'withdraw'; readonly values: readonly Json[] }
  /** The values of a multi-valued attribute that the filter selects are removed. */
  | { readonly kind: 'drop'; readonly filter: BoundFilter };

/** Changes of sub-attributes by canonical name. */
export type SubAttributeChanges = ReadonlyMap<string, Change>;

/** An operation on an attribute of the resource itself, or of one of its extensions. */
export interface AttributeOperation {
  readonly kind: 'attribute';
  readonly op: OperationName;
  readonly label: string;
  readonly extension: Attribute | undefined;
  readonly attribute: Attribute;
  readonly change: Change;
}

const unassign: Change = { kind: 'assign', value: undefined };

/**
 * What an operation does to the attribute it leads to (RFC 7644 §3.5.2.1 to §3.5.2.3), its value normalised.
 * @throws ScimError 400 `invalidValue` when the value does not fit the attribute
 */
export function changeOf(target: Selected & Pick<AttributeTarget, 'sub'>, sent: MessageOperation): Change {
  const { attribute, sub, filter } = target;
  if (sub) return merged(attribute, new Map([[sub.attribute.name, changeOf(sub, sent)]]), filter);
  if (filter) return selectedChange(attribute, filter, sent);
  return attribute.multiValued ? valuesChange(attribute, sent) : valueChange(attribute, sent);
}

/** Whether a change removes a value, or some values of a multi-valued attribute. */
export function takesAway(change: Change): boolean {
  return change.kind === 'withdraw' || change.kind === 'drop' || isUnassign(change);
}

/** Whether a change leaves an attribute without a value. */
function isUnassign(change: Change): boolean {
  return change.kind === 'assign' && change.value === undefined;
}

/** Whether changes give a value labels and nothing else. */
export function onlyLabels(changes: SubAttributeChanges): boolean {
  const given = [...changes].filter(([, change]) => !isUnassign(change));
  return given.length > 0 && given.every(([name]) => isLabel(name));
}

function selectedChange(attribute: Attribute, filter: BoundFilter, sent: MessageOperation): Change {
  const { op, value, label } = sent;
  const none: Change = op === 'add' ? { kind: 'append', values: [] } : { kind: 'drop', filter };
  if (op === 'remove' || value === undefined || isNone(value)) return none;
  if (attribute.type !== 'complex') {
    const single = { ...attribute, multiValued: false };
    const change: Change = { kind: 'assign', value: readValue(single, value, label) };
    return { kind: 'merge', changes: new Map([['value', change]]), filter };
  }
  const changes = subAttributeChanges(attribute, value, sent);
  return changes ? { kind: 'merge', changes, filter } : none;
}

function valuesChange(attribute: Attribute, { op, value = null, label }: MessageOperation): Change {
  if (op === 'add') return { kind: 'append', values: readValues(attribute, value, label) };
  if (op === 'replace') return { kind: 'assign', value: readValue(attribute, value, label) };
  return value === null || value === ''
    ? unassign
    : { kind: 'withdraw', values: readCriteria(attribute, value, label) };
}

function valueChange(attribute: Attribute, sent: MessageOperation): Change {
  const { op, value = null, label } = sent;
  if (op === 'remove') return unassign;
  if (attribute.type !== 'complex') return { kind: 'assign', value: readValue(attribute, value, label) };
  const changes = subAttributeChanges(attribute, value, sent);
  return changes ? merged(attribute, changes, undefined) : unassign;
}

/** What an operation does to each sub-attribute that its value names: the same as one on the sub-attribute itself. */
function subAttributeChanges(
  attribute: Attribute,
  value: Json,
  sent: MessageOperation,
): SubAttributeChanges | undefined {
  const parts = readSubAttributes(attribute, value, sent);
  const change = (sub: Attribute, part: Json) =>
    changeOf({ attribute: sub, sub: undefined, filter: undefined }, { ...sent, value: part });
  return parts && new Map(parts.map(({ sub, value: part }) => [sub.name, change(sub, part)]));
}

/** A single value without its `value` is removed: Entra removes a manager with `{ "value": "" }`. */
function merged(attribute: Attribute, changes: SubAttributeChanges, filter: BoundFilter | undefined): Change {
  const value = changes.get('value');
  return value && isUnassign(value) && !attribute.multiValued ? unassign : { kind: 'merge', changes, filter };
}
