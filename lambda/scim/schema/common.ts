import type { AttributeDefinition } from './attribute';
import { defineAttribute, nameLimits } from './definition';

/**
 * The attributes of every resource (RFC 7643 §3, §3.1). `/Schemas` does not list them. `schemas` is readOnly here: it
 * follows from the data, whatever a client sends.
 */
export const commonAttributes: readonly AttributeDefinition[] = [
  defineAttribute({
    name: 'schemas',
    type: 'reference',
    multiValued: true,
    description: 'URNs of the schemas that the resource has data of.',
    required: true,
    caseExact: true,
    mutability: 'readOnly',
    returned: 'always',
    referenceTypes: ['uri'],
  }),
  defineAttribute({
    name: 'id',
    description: 'Identifier of the resource, assigned by the service provider.',
    required: true,
    caseExact: true,
    mutability: 'readOnly',
    returned: 'always',
    uniqueness: 'server',
  }),
  defineAttribute({
    name: 'externalId',
    description: 'Identifier of the resource, assigned by the provisioning client.',
    caseExact: true,
    ...nameLimits,
  }),
  defineAttribute({
    name: 'meta',
    type: 'complex',
    description: 'Metadata of the resource.',
    mutability: 'readOnly',
    subAttributes: [
      { name: 'resourceType', description: 'Name of the resource type.', caseExact: true, mutability: 'readOnly' },
      { name: 'created', type: 'dateTime', description: 'When the resource was created.', mutability: 'readOnly' },
      {
        name: 'lastModified',
        type: 'dateTime',
        description: 'When the resource last changed.',
        mutability: 'readOnly',
      },
      {
        name: 'location',
        type: 'reference',
        description: 'URI of the resource.',
        caseExact: true,
        mutability: 'readOnly',
        referenceTypes: ['uri'],
      },
      { name: 'version', description: 'Version of the resource, its ETag.', caseExact: true, mutability: 'readOnly' },
    ],
  }),
];
