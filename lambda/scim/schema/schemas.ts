import { extensions } from '../generated/extensions';
import type { SchemaDefinition } from './attribute';
import { defineSchema } from './definition';
import { enterpriseUser } from './enterprise-user';
import type { Extension } from './extension';
import { group } from './group';
import type { ResourceTypeName } from './profile';
import { user } from './user';

/** A resource type as the RFC and the deployer define it, before any profile (RFC 7643 §6). */
export interface ResourceTypeSchemas {
  /** Path under the base URL. */
  readonly endpoint: string;
  readonly core: SchemaDefinition;
  readonly extensions: readonly SchemaDefinition[];
}

export type Schemas = Readonly<Record<ResourceTypeName, ResourceTypeSchemas>>;

/** The schemas of each resource type with a deployer's extensions. */
export function schemasWith(added: readonly Extension[]): Schemas {
  const addedTo = (type: ResourceTypeName) =>
    added.filter(({ resourceType }) => resourceType === type).map(({ schema }) => defineSchema(schema));
  return {
    User: { endpoint: '/Users', core: user, extensions: [enterpriseUser, ...addedTo('User')] },
    Group: { endpoint: '/Groups', core: group, extensions: addedTo('Group') },
  };
}

/** The schemas of each resource type in this deployment. */
export const schemas: Schemas = schemasWith(extensions);
