import type { JsonObject } from '../json';
import type { AttributeDefinition, SchemaDefinition } from '../schema/attribute';
import type { ResourceView } from '../schema/view';

/** The Schema documents of a resource type, core first, as its profile has them (RFC 7643 §7). */
export function schemaDocuments(view: ResourceView, baseUrl: string): readonly JsonObject[] {
  const core = { ...view.schema, description: `${view.schema.description} (profile ${view.profile.name})` };
  return [core, ...view.extensions].map((schema) => schemaDocument(schema, baseUrl));
}

function schemaDocument({ id, name, description, attributes }: SchemaDefinition, baseUrl: string): JsonObject {
  return {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:Schema'],
    id,
    name,
    description,
    attributes: attributes.map(attributeDocument),
    meta: { resourceType: 'Schema', location: `${baseUrl}/Schemas/${id}` },
  };
}

/** Only characteristics of the RFC: a strict client refuses a document that has others. */
function attributeDocument({
  subAttributes,
  maxBytes: _bytes,
  maxValues: _values,
  characters: _characters,
  dataImages: _images,
  absentWithLabels: _absent,
  implied: _implied,
  ...characteristics
}: AttributeDefinition): JsonObject {
  return { ...characteristics, ...(subAttributes && { subAttributes: subAttributes.map(attributeDocument) }) };
}
