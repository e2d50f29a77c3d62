import { isArray, isObject, type Json, type JsonObject, ownValue } from '../json';
import type { Attribute, AttributeMap } from '../schema/attribute';
import { subPath } from '../schema/attribute-path';
import type { ResourceView } from '../schema/view';
import { refusedCharacter } from '../text/characters';
import { utf8Length } from '../text/length';
import { sameJson } from './equal';
import type { Resource } from './resource';

const maxResourceBytes = 300 * 1024;

/** How many bytes a string has at most where its schema does not say. */
const defaultBytes = 8192;

/** How many values a multi-valued attribute has at most where its schema does not say. */
const defaultValues = 500;

/** Values nested deeper than any schema allows are counted as nothing: their type is wrong, and is reported as such. */
const maxDepth = 8;

/**
 * Which limits a resource breaks, one sentence each, by values that `before` does not have: stored values are exempt,
 * so that a change of something else is not refused.
 */
export function brokenLimits(view: ResourceView, resource: Resource, before: Resource = {}): readonly string[] {
  const size = resourceBytes(resource);
  return [
    ...(size > maxResourceBytes ? [`The resource has ${size} bytes; at most ${maxResourceBytes} are allowed`] : []),
    ...brokenWithin(view.attributes, resource, before, (name) => name),
  ];
}

function brokenWithin(
  attributes: AttributeMap,
  holder: JsonObject,
  before: JsonObject,
  pathOf: (name: string) => string,
): readonly string[] {
  return Object.entries(holder).flatMap(([name, value]) => {
    const attribute = attributes.get(name.toLowerCase());
    return attribute ? brokenBy(attribute, value, ownValue(before, name), pathOf(name)) : [];
  });
}

function brokenBy(attribute: Attribute, value: Json, before: Json | undefined, path: string): readonly string[] {
  if (sameJson(value, before)) return [];
  if (!attribute.multiValued || !isArray(value)) return brokenByOne(attribute, value, before, path);
  const had = isArray(before) ? before : [];
  const kept = new Set(had);
  const { maxValues = defaultValues } = attribute;
  const tooMany = value.length > Math.max(maxValues, had.length);
  if (tooMany) return [`${path} has ${value.length} values; at most ${maxValues} are allowed`];
  return value.flatMap((element, index) =>
    kept.has(element) ? [] : brokenByOne(attribute, element, had[index], `${path}[${index}]`),
  );
}

function brokenByOne(attribute: Attribute, value: Json, before: Json | undefined, path: string): readonly string[] {
  if (sameJson(value, before)) return [];
  if (isObject(value)) {
    const had = isObject(before) ? before : {};
    return brokenWithin(attribute.subAttributes, value, had, (name) => subPath(path, attribute, name));
  }
  return typeof value === 'string' ? brokenByText(attribute, value, path) : [];
}

function brokenByText({ maxBytes = defaultBytes, characters }: Attribute, text: string, path: string) {
  const bytes = utf8Length(text);
  if (bytes > maxBytes) return [`${path} has ${bytes} bytes; at most ${maxBytes} are allowed`];
  const refused = characters && refusedCharacter(text, characters);
  return refused === undefined ? [] : [`${path} ${refused}`];
}

/** About how many bytes a resource has as JSON text. */
export function resourceBytes(resource: Resource): number {
  return bytesOf(resource, maxDepth);
}

/** About the length of the value as JSON text. */
function bytesOf(value: Json, depth: number): number {
  if (typeof value === 'string') return utf8Length(value) + 2;
  if (typeof value !== 'object' || value === null) return String(value).length;
  if (depth === 0) return 0;
  if (isArray(value)) return value.reduce((total: number, element) => total + bytesOf(element, depth - 1) + 1, 2);
  return Object.entries(value).reduce(
    (total, [name, member]) => total + utf8Length(name) + bytesOf(member, depth - 1) + 4,
    2,
  );
}
