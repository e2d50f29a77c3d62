import { isArray, isObject, type Json, type JsonObject, ownValue } from '../json';

/**
 * The values of a multi-valued attribute, each once: the same `value` of the same `type` is the same value (RFC 7643
 * §2.4). Of equal ones the first is kept, with the additional sub-attributes of the others.
 */
export function distinctValues(elements: readonly Json[]): readonly Json[] {
  const found = new Map<string, Json>();
  for (const [index, element] of elements.entries()) {
    const key = keyOf(element) ?? `#${index}`;
    const same = found.get(key);
    found.set(key, isObject(same) && isObject(element) ? joined(same, element) : element);
  }
  return found.size === elements.length ? elements : [...found.values()];
}

/** Two values merged; a multi-valued sub-attribute gets the values of both. */
function joined(first: JsonObject, other: JsonObject): JsonObject {
  const lists = Object.entries(other).flatMap(([name, values]) => {
    const own = ownValue(first, name);
    return isArray(own) && isArray(values) ? [[name, distinctValues([...own, ...values])] as const] : [];
  });
  return { ...first, ...other, ...Object.fromEntries(lists) };
}

/** Undefined for an element without a simple value: it equals no other. */
function keyOf(element: Json): string | undefined {
  const [value, type] = isObject(element) ? [ownValue(element, 'value'), ownValue(element, 'type')] : [element];
  return typeof value === 'object' || value === undefined ? undefined : JSON.stringify([value, type]);
}
