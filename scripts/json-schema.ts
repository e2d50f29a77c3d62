import type { JsonObject } from '../lambda/scim/json';
import { notBlank, textFormats } from '../lambda/scim/resource/formats';
import type { Attribute, AttributeMap, AttributeType } from '../lambda/scim/schema/attribute';
import type { ResourceView } from '../lambda/scim/schema/view';

const jsonTypes: Readonly<Record<AttributeType, string>> = {
  string: 'string',
  boolean: 'boolean',
  decimal: 'number',
  integer: 'integer',
  dateTime: 'string',
  binary: 'string',
  reference: 'string',
  complex: 'object',
};

/**
 * JSON Schema of a normalised resource, from which the validators are compiled: types, formats, what is required.
 * Attributes that it does not know are allowed: a stored resource may have data of an extension since removed. The
 * members of a group are not part of it: `readMembers` reads them.
 */
export function jsonSchema({ attributes }: ResourceView): JsonObject {
  return objectSchema(new Map([...attributes].filter(([name]) => name !== 'members')));
}

function objectSchema(attributes: AttributeMap): JsonObject {
  const writable = [...attributes.values()].filter(({ mutability }) => mutability !== 'readOnly');
  const required = writable.filter((attribute) => attribute.required).map(({ name }) => name);
  return {
    type: 'object',
    ...(required.length > 0 && { required }),
    properties: Object.fromEntries(writable.map((attribute) => [attribute.name, valueSchema(attribute)])),
  };
}

function valueSchema(attribute: Attribute): JsonObject {
  const schema = attribute.type === 'complex' ? objectSchema(attribute.subAttributes) : simpleSchema(attribute);
  return attribute.multiValued ? { type: 'array', items: schema } : schema;
}

function simpleSchema({ type, required }: Attribute): JsonObject {
  const format = textFormats.get(type) ?? (type === 'string' && required ? notBlank : undefined);
  return { type: jsonTypes[type], ...(format && { pattern: format.pattern }) };
}
