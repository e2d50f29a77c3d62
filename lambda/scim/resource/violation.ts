import type { Violation } from '../generated/validators';
import { isArray, isObject, type Json, type JsonObject, kindOf, ownValue } from '../json';
import type { Attribute } from '../schema/attribute';
import { subPath } from '../schema/attribute-path';
import type { ResourceView } from '../schema/view';
import { notBlank, textFormats } from './formats';

/** A value in a resource: its path as a client reads it, its attribute and itself. */
interface LocatedValue {
  readonly path: string;
  readonly attribute: Attribute | undefined;
  readonly value: Json | undefined;
}

const typeNames: ReadonlyMap<unknown, string> = new Map([
  ['string', 'a string'],
  ['boolean', 'a boolean'],
  ['number', 'a number'],
  ['integer', 'an integer'],
  ['object', 'an object'],
  ['array', 'an array'],
]);

const expectations: ReadonlyMap<unknown, string> = new Map(
  [notBlank, ...textFormats.values()].map(({ pattern, expected }) => [pattern, expected]),
);

/** What a validator found, in a client's words: the path, and what was expected there. Never repeats a value. */
export function describeViolation(view: ResourceView, resource: JsonObject, violation: Violation): readonly string[] {
  const { keyword, params } = violation;
  const { path, attribute, value } = valueAt(view, resource, violation.instancePath);
  if (keyword === 'required') {
    return requiredPaths(view, path, attribute, String(params.missingProperty)).map((name) => `${name} is required`);
  }
  if (keyword === 'type') return [`${path} must be ${typeNames.get(params.type)}, got ${kindOf(value)}`];
  return [`${path} ${expectations.get(params.pattern) ?? 'is not valid'}`];
}

function valueAt(view: ResourceView, resource: JsonObject, pointer: string): LocatedValue {
  const start: LocatedValue = { path: '', attribute: undefined, value: resource };
  return pointer
    .split('/')
    .slice(1)
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce((located, name) => step(view, located, name), start);
}

function step(view: ResourceView, { path, attribute, value }: LocatedValue, name: string): LocatedValue {
  if (isArray(value)) return { path: `${path}[${name}]`, attribute, value: value[Number(name)] };
  const attributes = attribute?.subAttributes ?? view.attributes;
  return {
    path: attribute ? subPath(path, attribute, name) : name,
    attribute: attributes.get(name.toLowerCase()),
    value: isObject(value) ? ownValue(value, name) : undefined,
  };
}

/** A missing structure is reported by what it must hold: `name.givenName`, not `name`. */
function requiredPaths(
  view: ResourceView,
  path: string,
  parent: Attribute | undefined,
  missing: string,
): readonly string[] {
  const attribute = (parent?.subAttributes ?? view.attributes).get(missing.toLowerCase());
  const own = parent ? subPath(path, parent, missing) : missing;
  const within = [...(attribute?.subAttributes.values() ?? [])].filter(({ required }) => required);
  return attribute && within.length > 0 ? within.map(({ name }) => subPath(own, attribute, name)) : [own];
}
