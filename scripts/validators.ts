import Ajv from 'ajv';
import standaloneCode from 'ajv/dist/standalone';
import { isObject, type Json, type JsonObject } from '../lambda/scim/json';
import type { Extension } from '../lambda/scim/schema/extension';
import { schemasWith } from '../lambda/scim/schema/schemas';
import { viewsOf } from '../lambda/scim/schema/view';
import { jsonSchema } from './json-schema';

const notice = '// Written by scripts/validators.ts from the schemas in lambda/scim/schema: do not edit.';

/** Generates the validators' module: one function for each resource type in each profile. */
export function validatorsModule(extensions: readonly Extension[]): string {
  const views = viewsOf(schemasWith(extensions));
  const shared = new Map<string, { readonly name: string; readonly schema: JsonObject }>();
  const schemas = {
    identityCenterUser: shareProperties(jsonSchema(views['identity-center'].User), shared),
    identityCenterGroup: shareProperties(jsonSchema(views['identity-center'].Group), shared),
    standardUser: shareProperties(jsonSchema(views.standard.User), shared),
    standardGroup: shareProperties(jsonSchema(views.standard.Group), shared),
  };
  const $defs = Object.fromEntries([...shared.values()].map(({ name, schema }) => [name, schema]));
  const ajv = new Ajv({
    allErrors: true,
    messages: false,
    inlineRefs: false,
    code: { source: true, lines: true },
    schemas: [{ $id: 'shared', $defs }, ...Object.entries(schemas).map(([$id, schema]) => ({ $id, ...schema }))],
  });
  const names = Object.fromEntries(Object.keys(schemas).map((name) => [name, name]));
  return `${notice}\n${standaloneCode(ajv, names)}\n`;
}

/** The schema with each structured attribute moved to `shared`: equal ones are compiled once, not once per profile. */
function shareProperties(schema: JsonObject, shared: Map<string, { name: string; schema: JsonObject }>): JsonObject {
  const properties = isObject(schema.properties) ? schema.properties : {};
  const share = (property: Json): Json => {
    if (!isObject(property) || !(property.type === 'array' || property.type === 'object')) return property;
    const text = JSON.stringify(property);
    const { name } = shared.get(text) ?? { name: `schema${shared.size}` };
    shared.set(text, { name, schema: property });
    return { $ref: `shared#/$defs/${name}` };
  };
  const references = Object.entries(properties).map(([name, property]) => [name, share(property)]);
  return { ...schema, properties: Object.fromEntries(references) };
}
