import type { BoundFilter } from '../filter/ast';
import type { Json } from '../json';
import { isNone } from '../resource/deviations';
import type { Attribute } from '../schema/attribute';
import type { MessageOperation, OperationName } from './message';
import type { AttributeTarget } from './target';
import { readCriteria, readSubAttributes, readValue, readValues, type SubAttributeValues } from './value';

/** The new value of the attribute that an operation targets. */
export type Change =
  /** It has this value, or none. */
  | { readonly kind: 'assign'; readonly value: Json | undefined }
  /** Sub-attributes change: of a single-valued attribute, or of the values that the filter selects, without one all. */
  | { readonly kind: 'merge'; readonly values: SubAttributeValues; readonly filter: BoundFilter | undefined }
  /** These values join a multi-valued attribute, as far as they are not there. */
  | { readonly kind: 'append'; readonly values: readonly Json[] }
  /** The values of a multi-valued attribute that agree with one of these leave. */
  | { readonly kind: 'withdraw'; readonly values: readonly Json[] }
  /** The values of a multi-valued attribute that the filter selects leave. */
  | { readonly kind: 'drop'; readonly filter: BoundFilter };

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
export function changeOf(target: AttributeTarget, sent: MessageOperation): Change {
  const { attribute, sub, filter } = target;
  if (sub) return subAttributeChange(target, sub, sent);
  if (filter) return selectedChange(attribute, filter, sent);
  return attribute.multiValued ? valuesChange(attribute, sent) : valueChange(attribute, sent);
}

function subAttributeChange({ attribute, filter }: AttributeTarget, sub: Attribute, sent: MessageOperation): Change {
  const value = sent.op === 'remove' ? undefined : readValue(sub, sent.value ?? null, sent.label);
  return merged(attribute, new Map([[sub.name, value]]), filter);
}

function selectedChange(attribute: Attribute, filter: BoundFilter, { op, value, label }: MessageOperation): Change {
  const none: Change = op === 'add' ? { kind: 'append', values: [] } : { kind: 'drop', filter };
  if (op === 'remove' || value === undefined || isNone(value)) return none;
  if (attribute.type !== 'complex') {
    const single = { ...attribute, multiValued: false };
    return { kind: 'merge', values: new Map([['value', readValue(single, value, label)]]), filter };
  }
  const values = readSubAttributes(attribute, value, label);
  return values ? { kind: 'merge', values, filter } : none;
}

function valuesChange(attribute: Attribute, { op, value = null, label }: MessageOperation): Change {
  if (op === 'add') return { kind: 'append', values: readValues(attribute, value, label) };
  if (op === 'replace') return { kind: 'assign', value: readValue(attribute, value, label) };
  return value === null || value === ''
    ? unassign
    : { kind: 'withdraw', values: readCriteria(attribute, value, label) };
}

function valueChange(attribute: Attribute, { op, value = null, label }: MessageOperation): Change {
  if (op === 'remove') return unassign;
  if (attribute.type !== 'complex') return { kind: 'assign', value: readValue(attribute, value, label) };
  const values = readSubAttributes(attribute, value, label);
  return values ? merged(attribute, values, undefined) : unassign;
}

/** A single value without its `value` is removed: Entra removes a manager with `{ "value": "" }`. */
function merged(attribute: Attribute, values: SubAttributeValues, filter: BoundFilter | undefined): Change {
  const losesValue = values.has('value') && values.get('value') === undefined;
  return losesValue && !attribute.multiValued ? unassign : { kind: 'merge', values, filter };
}
