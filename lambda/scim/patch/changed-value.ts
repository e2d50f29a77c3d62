import type { BoundFilter } from '../filter/ast';
import { evaluate } from '../filter/evaluate';
import { isArray, isObject, type Json, type JsonObject, ownValue } from '../json';
import { noTarget } from '../message/error';
import { keepOnePrimary } from '../resource/primary';
import type { Attribute } from '../schema/attribute';
import type { Work } from '../work';
import { assign } from './assign';
import { type Change, onlyLabels, type SubAttributeChanges, takesAway } from './change';
import { copyWork, elementWork } from './cost';
import { describedElement } from './described-element';
import { agrees, agreesOn, type Comparable, comparable } from './equality';

/**
 * The value of an attribute or a sub-attribute after a change (RFC 7644 §3.5.2); undefined if it has none.
 * @throws ScimError 400 `noTarget` when the filter of a change selects nothing and describes no value that could be
 *   made, 400 `mutability` when an immutable sub-attribute would change, 413 when it takes too much work
 */
export function changedValue(
  attribute: Attribute,
  present: Json | undefined,
  change: Change,
  label: string,
  work: Work,
): Json | undefined {
  if (attribute.multiValued) {
    const elements = changeElements(attribute, isArray(present) ? present : [], change, label, work);
    return elements.length > 0 ? elements : undefined;
  }
  if (change.kind === 'merge') {
    const value = changeParts(attribute, isObject(present) ? present : {}, change.changes, label, work);
    return Object.keys(value).length > 0 ? value : undefined;
  }
  return change.kind === 'assign' ? change.value : present;
}

/** A complex value with changed sub-attributes; those not named stay (RFC 7644 §3.5.2.3). */
function changeParts(
  complex: Attribute,
  value: JsonObject,
  changes: SubAttributeChanges,
  label: string,
  work: Work,
): JsonObject {
  return [...changes].reduce((holder, [name, change]) => {
    const sub = complex.subAttributes.get(name.toLowerCase());
    if (sub === undefined) return holder;
    return assign(holder, sub, changedValue(sub, ownValue(holder, sub.name), change, label, work), label);
  }, value);
}

/** The values of a multi-valued attribute after a change. A value that becomes primary resets the others. */
function changeElements(
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
      return append(attribute, present, change.values.map(asObject), label, work);
    case 'withdraw':
      return withdraw(attribute, present, change.values.map(asObject), work);
    case 'drop':
      return present.filter((element) => !evaluate(change.filter, element, work));
    case 'merge':
      return mergeSelected(attribute, present, change, label, work);
  }
}

/** An existing value is not added again; the same value for the same purpose is the same value (RFC 7643 §2.4). */
function append(
  attribute: Attribute,
  present: readonly JsonObject[],
  added: readonly JsonObject[],
  label: string,
  work: Work,
) {
  const elements = present.map((element) => comparable(attribute, element, work));
  for (const each of added) {
    const sent = comparable(attribute, each, work);
    if (elements.some((element) => agrees(attribute, element, sent, work))) continue;
    const twin = elements.findIndex((element) => isTwin(element, sent, work));
    const same = elements[twin]?.element;
    const joined = same && changeParts(attribute, same, additions(attribute, each), label, work);
    elements.splice(same ? twin : elements.length, 1, joined ? comparable(attribute, joined, work) : sent);
  }
  return elements.map(({ element }) => element);
}

/** The changes that add the parts of a value to one that is there. */
function additions(complex: Attribute, added: JsonObject): SubAttributeChanges {
  const addition = (sub: Attribute | undefined, value: Json): Change =>
    sub?.multiValued && isArray(value) ? { kind: 'append', values: value } : { kind: 'assign', value };
  return new Map(
    Object.entries(added).map(([name, value]) => [
      name,
      addition(complex.subAttributes.get(name.toLowerCase()), value),
    ]),
  );
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
  { changes, filter }: { readonly changes: SubAttributeChanges; readonly filter: BoundFilter | undefined },
  label: string,
  work: Work,
): readonly JsonObject[] {
  const selected = new Set(present.filter((element) => filter === undefined || evaluate(filter, element, work)));
  const last = [...selected].at(-1);
  if (last) {
    work.spend(copyWork * changes.size * selected.size);
    const change = (element: JsonObject) =>
      changeParts(attribute, element, element === last ? changes : withoutPrimary(changes), label, work);
    return present.map((element) => (selected.has(element) ? change(element) : element));
  }
  if ([...changes.values()].every(takesAway)) return present;
  const described = describedElement(filter, label);
  const created = described && changeParts(attribute, {}, new Map([...described, ...changes]), label, work);
  if (created === undefined || (filter && !evaluate(filter, created, work))) {
    // Whether that is all the request does is not known yet: see `requireTargets`.
    if (onlyLabels(changes)) return present;
    throw noTarget(`${label} selects no value of ${attribute.name}. To add one, use the path "${attribute.name}".`);
  }
  return [...present, created];
}

/** Of several values only the last one can become primary (RFC 7643 §2.4). */
function withoutPrimary(changes: SubAttributeChanges): SubAttributeChanges {
  const primary = changes.get('primary');
  const becomesPrimary = primary?.kind === 'assign' && primary.value === true;
  return becomesPrimary ? new Map([...changes, ['primary', { kind: 'assign', value: false }]]) : changes;
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
