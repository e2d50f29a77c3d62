import type { BoundFilter } from '../filter/ast';
import { evaluate } from '../filter/evaluate';
import { isArray, isObject, type Json, type JsonObject, ownValue } from '../json';
import { noTarget } from '../message/error';
import { keepOnePrimary } from '../resource/primary';
import type { Attribute } from '../schema/attribute';
import { assignAll } from './assign';
import type { Change } from './change';
import { describedElement } from './described-element';
import { agrees, sameValue } from './equality';
import type { SubAttributeValues } from './value';

/**
 * The values of a multi-valued attribute after a change (RFC 7644 §3.5.2). A value that becomes primary resets the
 * others.
 * @throws ScimError 400 `noTarget` when the filter of a change selects nothing and describes no value that could be
 * made, 400 `mutability` when an immutable sub-attribute would change
 */
export function changeElements(
  attribute: Attribute,
  present: readonly Json[],
  change: Change,
  label: string,
): readonly Json[] {
  const isComplex = attribute.type === 'complex';
  const before = present.map(asObject);
  const after = keepOnePrimary(
    changeObjects(isComplex ? attribute : wrapped(attribute), before, change, label),
    before,
  );
  return isComplex ? after : after.map((element) => (isObject(element) ? (element.value ?? null) : element));
}

/** Whether an element is nothing but labels of a value. */
export function isBare(element: Json): boolean {
  return isObject(element) && Object.keys(element).every(isLabel);
}

/** Whether a sub-attribute says what a value is for rather than what it is (RFC 7643 §2.4). */
export function isLabel(name: string): boolean {
  return name === 'type' || name === 'primary';
}

function changeObjects(attribute: Attribute, present: readonly JsonObject[], change: Change, label: string) {
  switch (change.kind) {
    case 'assign':
      return isArray(change.value) ? change.value.map(asObject) : [];
    case 'append':
      return append(attribute, present, change.values.map(asObject));
    case 'withdraw':
      return withdraw(attribute, present, change.values.map(asObject));
    case 'drop':
      return present.filter((element) => !evaluate(change.filter, element));
    case 'merge':
      return mergeSelected(attribute, present, change, label);
  }
}

/** What is there is not added again; the same value for the same purpose is the same value (RFC 7643 §2.4). */
function append(attribute: Attribute, present: readonly JsonObject[], added: readonly JsonObject[]) {
  const elements = [...present];
  for (const element of added) {
    if (!elements.some((each) => agrees(attribute, each, element))) {
      const twin = elements.findIndex((each) => isTwin(attribute, each, element));
      elements.splice(twin < 0 ? elements.length : twin, 1, twin < 0 ? element : { ...elements[twin], ...element });
    }
  }
  return elements;
}

function withdraw(attribute: Attribute, present: readonly JsonObject[], listed: readonly JsonObject[]) {
  return present.filter((element) => !listed.some((each) => agrees(attribute, element, each)));
}

function mergeSelected(
  attribute: Attribute,
  present: readonly JsonObject[],
  { values, filter }: { readonly values: SubAttributeValues; readonly filter: BoundFilter | undefined },
  label: string,
): readonly JsonObject[] {
  const selected = new Set(present.filter((element) => filter === undefined || evaluate(filter, element)));
  const last = [...selected].at(-1);
  if (last) {
    const change = (element: JsonObject) =>
      assignAll(attribute, element, element === last ? values : withoutPrimary(values), label);
    return present.map((element) => (selected.has(element) ? change(element) : element));
  }
  if ([...values.values()].every((value) => value === undefined)) return present;
  const described = describedElement(filter, label);
  const created = described && assignAll(attribute, {}, new Map([...described, ...values]), label);
  if (created === undefined || (filter && !evaluate(filter, created))) {
    throw noTarget(`${label} selects no value of ${attribute.name}. To add one, use the path "${attribute.name}".`);
  }
  return [...present, created];
}

/** Of several values only the last one can become primary (RFC 7643 §2.4). */
function withoutPrimary(values: SubAttributeValues): SubAttributeValues {
  return values.get('primary') === true ? new Map([...values, ['primary', false]]) : values;
}

function isTwin(attribute: Attribute, element: JsonObject, added: JsonObject): boolean {
  const agreesOn = (name: string) => {
    const sub = attribute.subAttributes.get(name);
    return sub === undefined || sameValue(sub, ownValue(element, name), ownValue(added, name));
  };
  return ownValue(added, 'value') !== undefined && agreesOn('value') && agreesOn('type');
}

/** An element that is no object is `{ value: element }` to filters, so it is to all that changes elements. */
function wrapped(attribute: Attribute): Attribute {
  const value: Attribute = { ...attribute, name: 'value', multiValued: false };
  return { ...attribute, type: 'complex', subAttributes: new Map([['value', value]]) };
}

function asObject(element: Json): JsonObject {
  return isObject(element) ? element : { value: element };
}
