import { isObject, type Json, type JsonObject } from '../json';
import { invalidValue, type ScimError } from '../message/error';
import type { Attribute, AttributeType } from '../schema/attribute';
import { stepsWithin, subPath } from '../schema/attribute-path';
import type { ResourceView } from '../schema/view';
import { dropAbsent } from './checks';
import { intendedElements, intendedValue, isNone } from './deviations';
import { distinctValues } from './distinct';
import { bodyParts, givenTwice, type Part, partsOf } from './parts';
import { keepOnePrimary } from './primary';
import type { Resource } from './resource';

/**
 * A POST or PUT body as a resource: canonical names, the values clients mean, no unassigned attribute (RFC 7643 §2.5).
 * What is unknown, read-only or not stored in the profile is left out, and so are the members of a group: see
 * `readBodyMembers`. Values of a wrong type stay, for validation.
 * @throws ScimError 400 `invalidSyntax` for a body that is no object or names an attribute twice, 400 `invalidValue`
 * for broken text and for an element of a multi-valued attribute that has unknown sub-attributes only
 */
export function normaliseResource(view: ResourceView, body: Json): Resource {
  const members = view.attributes.get('members');
  const parts = bodyParts(view, body).filter(({ steps }) => members === undefined || steps[0] !== members);
  return dropAbsent(
    view,
    assemble(parts, (name) => name),
  );
}

/**
 * The value of one attribute, normalised in the same way; undefined when it is unassigned. `path` names it in messages.
 * @throws ScimError 400 `invalidSyntax` for a sub-attribute named twice, 400 `invalidValue` as `normaliseResource`
 */
export function normaliseValue(attribute: Attribute, value: Json, path: string): Json | undefined {
  if (!attribute.multiValued) return normaliseSingle(attribute, value, path);
  if (isNone(value)) return undefined;
  const elements = intendedElements(value)
    .map((element, index) => normaliseSingle(attribute, element, `${path}[${index}]`))
    .filter((element) => element !== undefined);
  return elements.length > 0 ? keepOnePrimary(attribute, distinctValues(elements)) : undefined;
}

function normaliseSingle(attribute: Attribute, sent: Json, path: string): Json | undefined {
  const value = intendedValue(attribute, sent);
  if (isNone(value)) {
    if (value !== null && neverEmpty.has(attribute.type)) throw isEmpty(attribute, path);
    return undefined;
  }
  if (typeof value === 'string') return wellFormed(value, path);
  if (attribute.type !== 'complex' || !isObject(value)) return value;
  if (Object.keys(value).length === 0) return undefined;
  const parts = partsOf(value, (key) => stepsWithin(attribute.subAttributes, key));
  // A single value is left out like any unknown attribute: Okta's catalogue apps send managers without `value`.
  if (parts.length === 0 && attribute.multiValued) throw unknownParts(attribute, path);
  return normaliseComplex(attribute, parts, path);
}

function normaliseComplex(attribute: Attribute, parts: readonly Part[], path: string): JsonObject | undefined {
  const value = assemble(parts, (name) => subPath(path, attribute, name));
  return Object.keys(value).length === 0 || hasEmptyValue(attribute, parts, value) ? undefined : value;
}

/** Clients send `{ "value": "", "type": "work" }` if there is no such value. */
function hasEmptyValue(attribute: Attribute, parts: readonly Part[], value: JsonObject): boolean {
  const main = attribute.subAttributes.get('value');
  return main?.required === false && !Object.hasOwn(value, 'value') && parts.some(({ steps }) => steps[0] === main);
}

function assemble(parts: readonly Part[], pathOf: (name: string) => string): JsonObject {
  const byAttribute = new Map<Attribute, Part[]>();
  for (const part of parts) {
    const [attribute] = part.steps;
    if (!attribute || attribute.mutability === 'readOnly') continue;
    const own = byAttribute.get(attribute);
    if (own) own.push(part);
    else byAttribute.set(attribute, [part]);
  }
  const assembled: Record<string, Json> = {};
  for (const [attribute, own] of byAttribute) {
    const value = combine(attribute, own, pathOf(attribute.name));
    if (value !== undefined) assembled[attribute.name] = value;
  }
  return assembled;
}

/** An attribute's value from all parts of a body: the whole attribute, and flat keys such as `name.givenName`. */
function combine(attribute: Attribute, parts: readonly Part[], path: string): Json | undefined {
  const whole = parts.filter(({ steps }) => steps.length === 1);
  const flat = parts.filter(({ steps }) => steps.length > 1).map((part) => ({ ...part, steps: part.steps.slice(1) }));
  if (whole.length > 1 || (whole.length > 0 && flat.length > 0 && attribute.multiValued)) throw givenTwice(parts, path);
  if (flat.length === 0) return whole[0] && normaliseValue(attribute, whole[0].value, path);
  const parent = whole[0] ? intendedValue(attribute, whole[0].value) : {};
  if (!isObject(parent)) throw givenTwice(parts, path);
  const own = partsOf(parent, (key) => stepsWithin(attribute.subAttributes, key));
  const value = normaliseComplex(attribute, [...own, ...flat], path);
  return attribute.multiValued && value ? [value] : value;
}

/** Types for which an empty string is not a value. For the others it means that there is none. */
const neverEmpty: ReadonlySet<AttributeType> = new Set(['boolean', 'integer', 'decimal', 'dateTime']);

function isEmpty({ type }: Attribute, path: string): ScimError {
  return invalidValue(`${path} is empty, which is no ${type}. Send a value, null, or leave it out.`);
}

/**
 * The error for a complex value that has sub-attributes, none of them known. Without it, a PUT or a replace would remove
 * the present value and report success.
 */
export function unknownParts({ name, subAttributes }: Attribute, path: string): ScimError {
  const names = [...subAttributes.values()].map((sub) => sub.name);
  return invalidValue(`${path} has none of the sub-attributes of ${name}. Send ${names.join(', ')}, or leave it out.`);
}

function wellFormed(text: string, path: string): string {
  if (text.includes('\0')) throw invalidValue(`${path} holds a null byte. Remove it.`);
  if (/\p{Surrogate}/u.test(text)) {
    throw invalidValue(`${path} is not well-formed Unicode (half of a surrogate pair). Correct it.`);
  }
  return text;
}
