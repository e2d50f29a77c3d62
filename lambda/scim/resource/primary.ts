import { isObject, type Json } from '../json';

/**
 * Lets at most one element be primary (RFC 7643 §2.4): the last of those that are not in `before` as they are, else
 * the last one; the others get `primary: false`. Returns `elements` itself when there is nothing to reset.
 */
export function keepOnePrimary(elements: readonly Json[], before: readonly Json[] = []): readonly Json[] {
  const primaries = elements.filter(isPrimary);
  if (primaries.length < 2) return elements;
  const unchanged = new Set(before);
  const winner = primaries.findLast((element) => !unchanged.has(element)) ?? primaries.at(-1);
  return elements.map((element) =>
    element !== winner && isObject(element) && isPrimary(element) ? { ...element, primary: false } : element,
  );
}

function isPrimary(element: Json): boolean {
  return isObject(element) && Object.hasOwn(element, 'primary') && element.primary === true;
}
