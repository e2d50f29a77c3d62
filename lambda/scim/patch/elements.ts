import type { BoundFilter } from '../filter/ast';
import { evaluate } from '../filter/evaluate';
import { isArray, isObject, type Json, type JsonObject, ownValue } from '../json';
import { noTarget } from '../message/error';
import { keepOnePrimary } from '../resource/primary';
import type { Attribute } from '../schema/attribute';
import type { Work } from '../work';
import { assignAll } from './assign';
import type { Change } from './change';
import { copyWork, elementWork } from './cost';
import { describedElement } from './described-element';
import { agrees, agreesOn, type Comparable, comparable } from './equality';
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
  work: Work,
): readonly Json[] {
  work.spend(elementWork * present.length);
  const isComplex = attribute.type === 'complex';
  const before = present.map(asObject);
  const after = keepOnePrimary(
    attribute,
    changeObjects(isComplex ? attribute : wrapped(attribute), before, change, label, work),
    before,
  );
  return isComplex ? after : after.map((element) => (isObject(element) ? (element.value ?? null) : element));
}

function changeObjects(
  attribute: Attribute,
  present: readonly JsonObject[],
  change: Change,
  label: string,
  work: Work,
) {
  switch (change.kind) {
    case 'assign':
      return isArray(change.value) ? change.value.map(asObject) : [];
    case 'append':
      return append(attribute, present, change.values.map(asObject), work);
    case 'withdraw':
      return withdraw(attribute, present, change.values.map(asObject), work);
    case 'drop':
      return present.filter((element) => !evaluate(change.filter, element, work));
    case 'merge':
      return mergeSelected(attribute, present, change, label, work);
  }
}

/** An existing value is not added again; the same value for the same purpose is the same value (RFC 7643 §2.4). */
function append(attribute: Attribute, present: readonly JsonObject[], added: readonly JsonObject[], work: Work) {
  const elements = present.map((element) => comparable(attribute, element, work));
  for (const each of added) {
    const sent = comparable(attribute, each, work);
    if (elements.some((element) => agrees(attribute, element, sent, work))) continue;
    const twin = elements.findIndex((element) => isTwin(element, sent, work));
    const merged = { ...elements[twin]?.element, ...each };
    elements.splice(twin < 0 ? elements.length : twin, 1, twin < 0 ? sent : comparable(attribute, merged, work));
  }
  return elements.map(({ element }) => element);
}

function withdraw(attribute: Attribute, present: readonly JsonObject[], listed: readonly JsonObject[], work: Work) {
  const criteria = listed.map((each) => comparable(attribute, each, work));
  return present.filter((each) => {
    const element = comparable(attribute, each, work);
    return !criteria.some((criterion) => agrees(attribute, element, criterion, work));
  });
}

function mergeSelected(
  attribute: Attribute,
  present: readonly JsonObject[],
  { values, filter }: { readonly values: SubAttributeValues; readonly filter: BoundFilter | undefined },
  label: string,
  work: Work,
): readonly JsonObject[] {
  const selected = new Set(present.filter((element) => filter === undefined || evaluate(filter, element, work)));
  const last = [...selected].at(-1);
  if (last) {
    work.spend(copyWork * values.size * selected.size);
    const change = (element: JsonObject) =>
      assignAll(attribute, element, element === last ? values : withoutPrimary(values), label);
    return present.map((element) => (selected.has(element) ? change(element) : element));
  }
  if ([...values.values()].every((value) => value === undefined)) return present;
  const described = describedElement(filter, label);
  const created = described && assignAll(attribute, {}, new Map([...described, ...values]), label);
  if (created === undefined || (filter && !evaluate(filter, created, work))) {
    throw noTarget(`${label} selects no value of ${attribute.name}. To add one, use the path "${attribute.name}".`);
  }
  return [...present, created];
}

/** Of several values only the last one can become primary (RFC 7643 §2.4). */
function withoutPrimary(values: SubAttributeValues): SubAttributeValues {
  return values.get('primary') === true ? new Map([...values, ['primary', false]]) : values;
}

function isTwin(element: Comparable, added: Comparable, work: Work): boolean {
  work.spend(elementWork);
  const hasValue = ownValue(added.element, 'value') !== undefined;
  return hasValue && agreesOn('value', element, added, work) && agreesOn('type', element, added, work);
}

/** An element that is not an object is `{ value: element }` in filters, and also here. */
function wrapped(attribute: Attribute): Attribute {
  const value: Attribute = { ...attribute, name: 'value', multiValued: false };
  return { ...attribute, type: 'complex', subAttributes: new Map([['value', value]]) };
}

function asObject(element: Json): JsonObject {
  return isObject(element) ? element : { value: element };
}
