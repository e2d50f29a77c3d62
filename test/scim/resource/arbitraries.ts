import fc from 'fast-check';
import type { Json, JsonObject } from '../../../lambda/scim/json';
import { isAbsent } from '../../../lambda/scim/resource/primary';
import type { Attribute, AttributeMap, AttributeType } from '../../../lambda/scim/schema/attribute';
import type { ResourceView } from '../../../lambda/scim/schema/view';
import { refusedCharacter } from '../../../lambda/scim/text/characters';

const text = fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme' }).filter((value) => /\S/.test(value));

/** A text that a name may be, whatever its attribute's characters. */
const name = text.filter((value) => refusedCharacter(value, 'visible') === undefined);

const simpleValues: Readonly<Record<Exclude<AttributeType, 'complex'>, fc.Arbitrary<Json>>> = {
  string: text,
  boolean: fc.boolean(),
  decimal: fc.integer(),
  integer: fc.integer(),
  dateTime: fc.constant('2026-11-24T07:12:45Z'),
  binary: fc.base64String({ minLength: 4, maxLength: 8 }),
  reference: fc.webUrl(),
};

/** A resource as clients should send it: values of the schema's types, all that is required, at most one primary; without members. */
export function validResource(view: ResourceView): fc.Arbitrary<JsonObject> {
  const parts = { streetAddress: text, locality: text, region: text, postalCode: text, country: text };
  const labels = { type: fc.constantFrom('work', 'home'), primary: fc.boolean(), formatted: text };
  const address: fc.Arbitrary<JsonObject> = fc.record(
    { ...parts, ...labels },
    { requiredKeys: ['streetAddress', 'locality', 'region', 'postalCode', 'country', 'type'] },
  );
  const attributes = new Map([...view.attributes].filter(([name]) => name !== 'members'));
  return view.rules.checks.includes('completeAddresses')
    ? objectOf(attributes, { addresses: fc.array(address, { minLength: 1, maxLength: 2 }).map(withOnePrimary) })
    : objectOf(attributes, {});
}

function objectOf(
  attributes: AttributeMap,
  given: Readonly<Record<string, fc.Arbitrary<Json>>>,
): fc.Arbitrary<JsonObject> {
  const writable = [...attributes.values()].filter(({ mutability }) => mutability !== 'readOnly');
  const members = writable.map(({ name }) => [name, given[name]] as const);
  const model = Object.fromEntries(
    members.map(([name, value], index) => [name, value ?? valueFor(writable[index] as Attribute)]),
  );
  const required = writable.filter((attribute) => attribute.required).map(({ name }) => name);
  return fc.record(model, { requiredKeys: required });
}

function valueFor(attribute: Attribute): fc.Arbitrary<Json> {
  if (attribute.characters) return name;
  if (attribute.type !== 'complex') return simpleValues[attribute.type];
  const object = objectOf(attribute.subAttributes, {}).filter((value) => Object.keys(value).length > 0);
  if (!attribute.multiValued) return object;
  const present = object.filter((value) => !isAbsent(attribute, value));
  return fc.array(present, { minLength: 1, maxLength: 3 }).map(withOnePrimary);
}

function withOnePrimary(elements: readonly JsonObject[]): readonly JsonObject[] {
  return elements.map((element, index) => (index > 0 && element.primary ? { ...element, primary: false } : element));
}

/** A body as no client should send it: attributes of the resource type and others, in any case, with any value. */
export function hostileBody(view: ResourceView): fc.Arbitrary<Json> {
  const names = [...view.attributes.values()].flatMap((attribute) => [
    attribute.name,
    ...[...attribute.subAttributes.values()].map((sub) => `${attribute.name}.${sub.name}`),
  ]);
  const key = fc.oneof(
    fc.constantFrom(...names, ...view.urns.keys(), 'value', 'type', 'primary', '__proto__', 'constructor'),
    fc.constantFrom(...names).map((name) => name.toUpperCase()),
    fc.string(),
  );
  const leaf = fc.oneof(
    fc.constantFrom<Json>(null, '', true, 'True', 0, '\0', '\ud800', 'x'),
    fc.string({ unit: 'binary' }),
    fc.double(),
  );
  return fc.letrec<{ value: Json; object: Json }>((tie) => ({
    value: fc.oneof({ maxDepth: 4 }, leaf, fc.array(tie('value'), { maxLength: 3 }), tie('object')),
    object: fc.array(fc.tuple(key, tie('value')), { maxLength: 5 }).map((entries) => Object.fromEntries(entries)),
  })).object;
}
