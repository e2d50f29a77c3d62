import type { ComparisonKey } from '../filter/ast';
import { comparisonForm, comparisonKey } from '../filter/comparison';
import { isArray, type Json, type JsonObject, ownValue } from '../json';
import { sameJson } from '../resource/equal';
import type { Attribute } from '../schema/attribute';
import type { Work } from '../work';
import { elementWork } from './cost';

/** A value made comparable; of a multi-valued sub-attribute all its values. */
type Key = ComparisonKey | ReadonlySet<ComparisonKey>;

/** An element of a multi-valued attribute with its values made comparable, by the names of sub-attributes. */
export interface Comparable {
  readonly element: JsonObject;
  readonly keys: ReadonlyMap<string, Key | undefined>;
}

interface Known extends Comparable {
  readonly attribute: Attribute;
}

/** Elements never change and go from operation to operation, so each is made comparable once. */
const known = new WeakMap<JsonObject, Known>();

/** Makes an element comparable by its schema: case, points in time. @throws ScimError 413 if it takes too much work */
export function comparable(attribute: Attribute, element: JsonObject, work: Work): Comparable {
  const found = known.get(element);
  if (found?.attribute === attribute) return found;
  const names = Object.keys(element);
  work.spend(elementWork * (1 + names.length));
  const keys = new Map(
    names.map((name) => [name, keyOf(attribute.subAttributes.get(name.toLowerCase()), element[name], work)]),
  );
  const made = { attribute, element, keys };
  known.set(element, made);
  return made;
}

/** Whether an element has every sub-attribute value of another one. */
export function agrees(attribute: Attribute, one: Comparable, other: Comparable, work: Work): boolean {
  work.spend(elementWork);
  for (const name of other.keys.keys()) {
    if (!attribute.subAttributes.has(name.toLowerCase()) || !agreesOn(name, one, other, work)) return false;
  }
  return true;
}

/**
 * Whether two elements have the same value of a sub-attribute, or both have none. Of a sub-attribute with several values
 * the first needs to have those of the other.
 */
export function agreesOn(name: string, one: Comparable, other: Comparable, work: Work): boolean {
  const [key, otherKey] = [keyIn(one, name), keyIn(other, name)];
  if (key === undefined) return sameJson(ownValue(one.element, name), ownValue(other.element, name));
  if (isSet(otherKey)) {
    work.spend(otherKey.size);
    return isSet(key) && [...otherKey].every((each) => key.has(each));
  }
  if (typeof key === 'string' && typeof otherKey === 'string') work.spend(Math.min(key.length, otherKey.length));
  return key === otherKey;
}

/** RFC 7643 §2.4: a value without `primary` is not primary. */
function keyIn({ keys }: Comparable, name: string): Key | undefined {
  return keys.get(name) ?? (name === 'primary' ? false : undefined);
}

function keyOf(sub: Attribute | undefined, value: Json | undefined, work: Work): Key | undefined {
  if (sub === undefined) return undefined;
  const form = comparisonForm(sub, 'eq');
  if (!sub.multiValued || !isArray(value)) return comparisonKey(form, value, work);
  work.spend(elementWork * value.length);
  const keys = value.map((each) => comparisonKey(form, each, work));
  return keys.every((key) => key !== undefined) ? new Set(keys) : undefined;
}

function isSet(key: Key | undefined): key is ReadonlySet<ComparisonKey> {
  return typeof key === 'object';
}
