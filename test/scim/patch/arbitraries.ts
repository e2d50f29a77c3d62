import fc from 'fast-check';
import type { Json } from '../../../lambda/scim/json';
import type { Resource } from '../../../lambda/scim/resource/resource';
import type { Attribute } from '../../../lambda/scim/schema/attribute';
import type { ResourceView } from '../../../lambda/scim/schema/view';
import { validResource } from '../resource/arbitraries';

const ops = fc.constantFrom('add', 'Remove', 'REPLACE');

// Few and alike, so that operations meet existing values, in another letter case or in part.
const texts = fc.constantFrom('a', 'A', 'b', 'work', 'Home', 'other', 'c@example.com');
const scalars = fc.oneof(
  { weight: 6, arbitrary: texts as fc.Arbitrary<Json> },
  fc.constantFrom<Json>('', null, true, false, 'True', 'false', 7, '\0', '\ud800', [], {}),
);

/** A resource as it is stored: without members. */
export function storedResource(view: ResourceView): fc.Arbitrary<Resource> {
  return validResource(view).map(({ members: _, ...resource }) => resource);
}

/** A message of a few operations: mostly on paths of the schema with values that fit, sometimes any JSON. */
export function messages(view: ResourceView): fc.Arbitrary<Json> {
  const operation = fc.oneof(
    { weight: 8, arbitrary: fittingOperation(view) },
    { weight: 1, arbitrary: hostileOperation },
  );
  return fc.array(operation, { maxLength: 6 }).map((operations) => ({ Operations: operations }));
}

/**
 * An operation whose filter, if any, is on another sub-attribute than the one it changes, so that a repetition changes
 * nothing.
 */
export function lastingOperation(view: ResourceView): fc.Arbitrary<Json> {
  return fc.record({
    op: ops,
    path: fc.option(lastingPath(view), { nil: '', freq: 5 }),
    value: values(view),
  }) as fc.Arbitrary<Json>;
}

function fittingOperation(view: ResourceView): fc.Arbitrary<Json> {
  return fc.record({ op: ops, path: paths(view), value: values(view) }, { requiredKeys: ['op'] }) as fc.Arbitrary<Json>;
}

const hostileOperation: fc.Arbitrary<Json> = fc.oneof(
  fc.record({
    op: fc.oneof(ops, fc.string()),
    path: fc.oneof(
      fc.string(),
      fc.constantFrom('__proto__', 'constructor.prototype', 'emails[', 'emails[type eq "x"].'),
    ),
    value: fc.jsonValue() as fc.Arbitrary<Json>,
  }) as fc.Arbitrary<Json>,
  fc.jsonValue() as fc.Arbitrary<Json>,
);

function attributesOf(view: ResourceView): readonly (readonly [string, Attribute])[] {
  return [...view.attributes.values()].flatMap((attribute) =>
    attribute.name.includes(':')
      ? [...attribute.subAttributes.values()].map((sub) => [`${attribute.name}:${sub.name}`, sub] as const)
      : [[attribute.name, attribute] as const],
  );
}

function subNames(attribute: Attribute): readonly string[] {
  return [...attribute.subAttributes.keys()];
}

function paths(view: ResourceView): fc.Arbitrary<string> {
  return fc.constantFrom(...attributesOf(view)).chain(([name, attribute]) => {
    const subs = subNames(attribute);
    if (subs.length === 0) return fc.constant(name);
    const sub = fc.constantFrom('', ...subs.map((each) => `.${each}`));
    return attribute.multiValued
      ? fc.tuple(fc.option(filters(subs), { nil: '' }), sub).map(([filter, suffix]) => `${name}${filter}${suffix}`)
      : sub.map((suffix) => `${name}${suffix}`);
  });
}

function lastingPath(view: ResourceView): fc.Arbitrary<string> {
  return fc.constantFrom(...attributesOf(view)).chain(([name, attribute]) => {
    const subs = subNames(attribute).filter((sub) => sub !== 'type');
    if (subs.length === 0) return fc.constant(name);
    const sub = fc.constantFrom(...subs.map((each) => `.${each}`));
    const filter = attribute.subAttributes.has('type') ? fc.option(filters(['type']), { nil: '' }) : fc.constant('');
    return attribute.multiValued
      ? fc.oneof(
          fc.constant(name),
          fc.tuple(filter, sub).map(([selection, suffix]) => `${name}${selection}${suffix}`),
        )
      : fc.oneof(
          fc.constant(name),
          sub.map((suffix) => `${name}${suffix}`),
        );
  });
}

function filters(subs: readonly string[]): fc.Arbitrary<string> {
  const term = fc.oneof(
    fc.tuple(fc.constantFrom(...subs), fc.constantFrom('eq', 'ne', 'sw', 'co'), texts).map(([sub, operator, text]) => {
      return sub === 'primary' ? 'primary eq true' : `${sub} ${operator} "${text}"`;
    }),
    fc.constantFrom(...subs).map((sub) => `${sub} pr`),
  );
  return fc
    .oneof(
      term,
      fc.tuple(term, fc.constantFrom('and', 'or'), term).map((parts) => parts.join(' ')),
      term.map((each) => `not (${each})`),
    )
    .map((filter) => `[${filter}]`);
}

function values(view: ResourceView): fc.Arbitrary<Json> {
  const element = fc.dictionary(
    fc.constantFrom('value', 'type', 'primary', 'display', 'familyName', 'Country', 'formatted', '__proto__'),
    scalars,
    { maxKeys: 4 },
  );
  return fc.oneof(
    { weight: 4, arbitrary: scalars },
    { weight: 2, arbitrary: element as fc.Arbitrary<Json> },
    { weight: 3, arbitrary: fc.array(element, { maxLength: 3 }) as fc.Arbitrary<Json> },
    { weight: 2, arbitrary: storedResource(view) },
  );
}
