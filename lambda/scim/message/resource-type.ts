import type { JsonObject } from '../json';
import type { ResourceView } from '../schema/view';

/** The ResourceType document of a resource type (RFC 7643 §6). */
export function resourceTypeDocument(view: ResourceView, baseUrl: string): JsonObject {
  return {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:ResourceType'],
    id: view.type,
    name: view.type,
    description: view.schema.description,
    endpoint: view.endpoint,
    schema: view.schema.id,
    schemaExtensions: view.extensions.map(({ id }) => ({ schema: id, required: false })),
    meta: { resourceType: 'ResourceType', location: `${baseUrl}/ResourceTypes/${view.type}` },
  };
}
