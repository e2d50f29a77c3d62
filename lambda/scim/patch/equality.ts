import { comparisonForm, comparisonKey } from '../filter/comparison';
import { type Json, type JsonObject, ownValue } from '../json';
import { sameJson } from '../resource/equal';
import type { Attribute } from '../schema/attribute';

/** Whether an element has every sub-attribute value of another one; letter case as the schema says. */
export function agrees(attribute: Attribute, element: JsonObject, other: JsonObject): boolean {
  return Object.entries(other).every(([name, value]) => {
    const sub = attribute.subAttributes.get(name.toLowerCase());
    return sub !== undefined && sameValue(sub, ownValue(element, name), value);
  });
}

/** Whether two values of an attribute are equal as the schema compares them: letter case, points in time. */
export function sameValue(attribute: Attribute, a: Json | undefined, b: Json | undefined): boolean {
  const form = comparisonForm(attribute, 'eq');
  const keyOf = (value: Json | undefined) => comparisonKey(form, value ?? defaultOf(attribute));
  const key = keyOf(a);
  return key === undefined ? sameJson(a, b) : key === keyOf(b);
}

/** RFC 7643 §2.4: a value that does not say so is not primary. */
function defaultOf({ name, type }: Attribute): Json | undefined {
  return name === 'primary' && type === 'boolean' ? false : undefined;
}
