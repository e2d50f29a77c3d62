import type { AttributeDefinition, SchemaDefinition } from '../../../lambda/scim/schema/attribute';
import { commonAttributes } from '../../../lambda/scim/schema/common';
import type { ProfileName, ResourceTypeName } from '../../../lambda/scim/schema/profile';
import { schemas } from '../../../lambda/scim/schema/schemas';
import { resourceView } from '../../../lambda/scim/schema/view';
import expected from './characteristics.json';
import profileCases from './profiles.json';

interface Expected {
  readonly order: readonly string[];
  readonly attributes: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

const documents: ReadonlyMap<string, SchemaDefinition> = new Map(
  [schemas.User.core, schemas.Group.core, ...schemas.User.extensions].map((schema) => [schema.name, schema]),
);

function byPath(attributes: readonly AttributeDefinition[], prefix = ''): ReadonlyMap<string, AttributeDefinition> {
  return new Map(
    attributes.flatMap((attribute) => [
      [`${prefix}${attribute.name}`, attribute] as const,
      ...byPath(attribute.subAttributes ?? [], `${prefix}${attribute.name}.`),
    ]),
  );
}

describe.each(Object.entries<Expected>(expected))('%s (RFC 7643 §8.7.1)', (name, { order, attributes }) => {
  const definitions = documents.get(name)?.attributes ?? [];

  test('has the attributes of the RFC, in its order', () => {
    expect(definitions.map((attribute) => attribute.name)).toEqual(order);
  });

  test.each(Object.entries(attributes))('%s has the characteristics of the RFC', (path, characteristics) => {
    const definition = Object.entries(byPath(definitions).get(path) ?? {});
    for (const [characteristic, value] of Object.entries(characteristics)) {
      expect([characteristic, new Map(definition).get(characteristic) ?? null]).toEqual([characteristic, value]);
    }
  });
});

test('every attribute is described and has each characteristic that its type has (RFC 7643 §7)', () => {
  for (const schema of documents.values()) {
    for (const [path, attribute] of byPath(schema.attributes)) {
      const simple = attribute.type !== 'complex';
      expect([path, attribute.description.length > 0]).toEqual([path, true]);
      expect([path, 'uniqueness' in attribute]).toEqual([path, simple && attribute.type !== 'boolean']);
      expect([path, 'caseExact' in attribute]).toEqual([
        path,
        ['string', 'reference', 'binary'].includes(attribute.type),
      ]);
      expect([path, 'subAttributes' in attribute]).toEqual([path, !simple]);
      expect([path, 'referenceTypes' in attribute]).toEqual([path, attribute.type === 'reference']);
    }
  }
});

test('the common attributes are read-only but externalId, and schemas and id are always returned (RFC 7643 §3.1)', () => {
  const rows = commonAttributes.map(({ name, mutability, returned, caseExact }) => [
    name,
    mutability,
    returned,
    caseExact ?? null,
  ]);
  expect(rows).toEqual([
    ['schemas', 'readOnly', 'always', true],
    ['id', 'readOnly', 'always', true],
    ['externalId', 'readWrite', 'default', true],
    ['meta', 'readOnly', 'default', null],
  ]);
});

test.each(profileCases)('$name', ({ profile, type, absent, required, unique, memberTypes }) => {
  const view = resourceView(profile as ProfileName, type as ResourceTypeName);
  const definitions = byPath(view.schema.attributes);
  const pathsWith = (matches: (definition: AttributeDefinition) => boolean) =>
    [...definitions].filter(([, definition]) => matches(definition)).map(([path]) => path);

  expect(absent.filter((name) => definitions.has(name))).toEqual([]);
  expect([...view.notStored]).toEqual(absent.map((name) => name.toLowerCase()));
  expect(pathsWith((definition) => definition.required).sort()).toEqual([...required].sort());
  expect(pathsWith(({ uniqueness }) => uniqueness === 'server')).toEqual(unique);
  expect(definitions.get('members.type')?.canonicalValues).toEqual(memberTypes);
});

test('a view has the common attributes, the core ones and the extensions, by lower-case name', () => {
  const names = [...resourceView('standard', 'User').attributes.keys()];
  expect(names.slice(0, 5)).toEqual(['schemas', 'id', 'externalid', 'meta', 'username']);
  expect(names.at(-1)).toBe('urn:ietf:params:scim:schemas:extension:enterprise:2.0:user');
});
