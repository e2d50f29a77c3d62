import { isObject, type Json, ownValue } from '../json';

/**
 * The values of a multi-valued attribute, each once: the same `value` of the same `type` is the same value (RFC 7643
 * §2.4). Of equal ones the first keeps its place and gets what the others say besides.
 */
export function distinctValues(elements: readonly Json[]): readonly Json[] {
  const found = new Map<string, Json>();
  for (const [index, element] of elements.entries()) {
    const key = keyOf(element) ?? `#${index}`;
    const same = found.get(key);
    found.set(key, isObject(same) && isObject(element) ? { ...same, ...element } : element);
  }
  return found.size === elements.length ? elements : [...found.values()];
}

/** Undefined for an element without a simple value: it is like no other. */
function keyOf(element: Json): string | undefined {
  const [value, type] = isObject(element) ? [ownValue(element, 'value'), ownValue(element, 'type')] : [element];
  return typeof value === 'object' || value === undefined ? undefined : JSON.stringify([value, type]);
}
