import { isObject, type Json } from '../json';
import type { Attribute } from '../schema/attribute';

/**
 * Lets at most one element be primary (RFC 7643 §2.4): the last of those that differ from `before`, else the last one;
 * the others get `primary: false`. Returns `elements` itself when there is nothing to reset.
 */
export function keepOnePrimary(
  attribute: Attribute,
  elements: readonly Json[],
  before: readonly Json[] = [],
): readonly Json[] {
  const primaries = elements.filter((element) => isPrimary(element) && !isAbsent(attribute, element));
  if (primaries.length < 2) return elements;
  const unchanged = new Set(before);
  const winner = primaries.findLast((element) => !unchanged.has(element)) ?? primaries.at(-1);
  return elements.map((element) =>
    element !== winner && isObject(element) && isPrimary(element) ? { ...element, primary: false } : element,
  );
}

/**
 * Whether an element counts as absent: it has nothing but labels, and the attribute's values have a `value` or the
 * profile says so. It takes `primary` from no other element, and is not stored unless the request gives it more.
 */
export function isAbsent(attribute: Attribute, element: Json): boolean {
  return (attribute.subAttributes.has('value') || attribute.absentWithLabels === true) && isBare(element);
}

/** Whether an element has only labels of a value. */
export function isBare(element: Json): boolean {
  return isObject(element) && Object.keys(element).every(isLabel);
}

/** Whether a sub-attribute says what a value is for rather than what it is (RFC 7643 §2.4). */
export function isLabel(name: string): boolean {
  return name === 'type' || name === 'primary' || name === '$ref';
}

function isPrimary(element: Json): boolean {
  return isObject(element) && Object.hasOwn(element, 'primary') && element.primary === true;
}
