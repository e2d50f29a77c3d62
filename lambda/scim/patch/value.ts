import { isArray, isObject, type Json, kindOf } from '../json';
import { invalidValue } from '../message/error';
import { intendedElements, intendedValue, isNone } from '../resource/deviations';
import { normaliseValue, unknownParts } from '../resource/normalise';
import type { Attribute, AttributeType } from '../schema/attribute';
import type { MessageOperation } from './message';

/** What an operation gives to a sub-attribute, as it was sent. */
interface SubAttributePart {
  readonly sub: Attribute;
  readonly value: Json;
}

const typeNames: Readonly<Record<AttributeType, string>> = {
  string: 'a string',
  reference: 'a string',
  dateTime: 'a string',
  binary: 'a string',
  boolean: 'a boolean',
  integer: 'a number',
  decimal: 'a number',
  complex: 'an object',
};

/**
 * The value that an operation gives to an attribute or sub-attribute, normalised; undefined when it is none.
 * @throws ScimError 400 `invalidValue` when it is of another JSON type than the attribute
 */
export function readValue(attribute: Attribute, value: Json, label: string): Json | undefined {
  const read = normaliseValue(attribute, value, `${label}: ${attribute.name}`);
  const elements = attribute.multiValued && isArray(read) ? read : [read];
  const wrong = elements.find((element) => element !== undefined && kindOf(element) !== typeNames[attribute.type]);
  if (wrong !== undefined) {
    throw invalidValue(`${label} gives ${kindOf(wrong)} to ${attribute.name}. Send ${typeNames[attribute.type]}.`);
  }
  return read;
}

/** The values that an operation gives to a multi-valued attribute, normalised. @throws as `readValue` does */
export function readValues(attribute: Attribute, value: Json, label: string): readonly Json[] {
  const read = readValue(attribute, value, label);
  return isArray(read) ? read : [];
}

/**
 * The values that a remove lists, as Entra and the Google bridges do.
 * @throws ScimError 400 `invalidValue` for an empty one: taken literally, it would match every value
 */
export function readCriteria(attribute: Attribute, value: Json, label: string): readonly Json[] {
  const criteria = readValues(attribute, value, label);
  if (criteria.length < intendedElements(value).length) {
    throw invalidValue(`${label} lists a value without content. Send the values to remove, or no "value" for all.`);
  }
  return criteria;
}

/**
 * What an operation gives to the sub-attributes of a complex attribute; undefined if that is no value. Unknown and
 * read-only sub-attributes are left out.
 * @throws ScimError 400 `invalidValue` for what is no object; for a path, also for an object of unknown names only
 */
export function readSubAttributes(
  attribute: Attribute,
  value: Json,
  { path, label }: MessageOperation,
): readonly SubAttributePart[] | undefined {
  const meant = intendedValue(attribute, value);
  if (isNone(meant)) return undefined;
  if (!isObject(meant)) {
    throw invalidValue(`${label} gives ${kindOf(meant)} to ${attribute.name}. Send an object of sub-attributes.`);
  }
  const sent = Object.entries(meant);
  const known = sent.flatMap(([name, each]) => {
    const sub = attribute.subAttributes.get(name.toLowerCase());
    return sub ? [{ sub, value: each }] : [];
  });
  const isUnknown = sent.length > 0 && known.length === 0;
  if (isUnknown && path !== undefined) throw unknownParts(attribute, `${label}: The value`);
  return known.filter(({ sub }) => sub.mutability !== 'readOnly');
}
