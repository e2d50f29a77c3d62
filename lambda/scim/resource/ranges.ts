import { parseDateTime } from '../filter/date-time';
import { isArray, isObject, type Json } from '../json';
import type { Attribute, AttributeMap } from '../schema/attribute';
import { subPath } from '../schema/attribute-path';
import type { Resource } from './resource';

/** DynamoDB stores magnitudes from 1E-130 up to, but not including, 1E+126. */
const smallest = 1e-130;
const tooLarge = 1e126;

/**
 * Which values cannot be accepted although they have the schema's types, one sentence each: integers beyond 2^53,
 * magnitudes that DynamoDB cannot hold, days that are not in the calendar, references that run a script.
 */
export function outOfRange(attributes: AttributeMap, resource: Resource): readonly string[] {
  return problemsIn(attributes, resource, (name) => name);
}

function problemsIn(attributes: AttributeMap, object: Resource, pathOf: (name: string) => string): readonly string[] {
  return Object.entries(object).flatMap(([name, value]) => {
    const attribute = attributes.get(name.toLowerCase());
    return attribute ? problemsOf(attribute, value, pathOf(attribute.name)) : [];
  });
}

function problemsOf(attribute: Attribute, value: Json, path: string): readonly string[] {
  if (isArray(value)) return value.flatMap((element, index) => problemsOf(attribute, element, `${path}[${index}]`));
  if (isObject(value)) return problemsIn(attribute.subAttributes, value, (name) => subPath(path, attribute, name));
  const expected = expectation(attribute, value);
  return expected === undefined ? [] : [`${path} must be ${expected}`];
}

/** What a browser runs or shows as a page of its own when somebody follows a link to it. It skips leading spaces. */
const script = /^\s*(javascript|vbscript|data):/i;
const image = /^\s*data:image\//i;

function expectation({ type, dataImages = false }: Attribute, value: Json): string | undefined {
  if (type === 'reference' && typeof value === 'string' && script.test(value) && !(dataImages && image.test(value))) {
    return `a reference without the scheme javascript, vbscript or data${dataImages ? ' (but data:image/)' : ''}`;
  }
  if (type === 'dateTime' && typeof value === 'string' && !parseDateTime(value)) {
    return 'a date that is in the calendar';
  }
  if (typeof value !== 'number') return undefined;
  if (type === 'integer' && !Number.isSafeInteger(value)) return 'an integer from -(2^53 - 1) to 2^53 - 1';
  const magnitude = Math.abs(value);
  const fits = magnitude === 0 || (magnitude >= smallest && magnitude < tooLarge);
  return fits ? undefined : 'a number whose magnitude is 0 or from 1e-130 to below 1e126';
}
