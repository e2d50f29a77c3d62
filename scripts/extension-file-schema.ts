const texts = { type: 'array', items: { type: 'string', minLength: 1 } };

const characteristics = {
  name: { type: 'string', pattern: '^([A-Za-z][A-Za-z0-9_-]*|\\$ref)$' },
  description: { type: 'string' },
  multiValued: { type: 'boolean' },
  required: { type: 'boolean' },
  caseExact: { type: 'boolean' },
  mutability: { enum: ['readOnly', 'readWrite', 'immutable', 'writeOnly'] },
  returned: { enum: ['always', 'never', 'default', 'request'] },
  // The store keeps no index over a deployer's attributes, so nothing else could be enforced.
  uniqueness: { const: 'none' },
  canonicalValues: texts,
  referenceTypes: texts,
  maxBytes: { type: 'integer', minimum: 1, maximum: 65_536 },
  maxValues: { type: 'integer', minimum: 1, maximum: 2000 },
};

const simpleTypes = ['string', 'boolean', 'decimal', 'integer', 'dateTime', 'binary', 'reference'];

/** JSON Schema of a file in `extensions/`: `{ "resourceType": "User", "schema": { … } }` (RFC 7643 §7). */
export const extensionFileSchema = {
  type: 'object',
  required: ['resourceType', 'schema'],
  additionalProperties: false,
  properties: {
    resourceType: { enum: ['User', 'Group'] },
    schema: {
      type: 'object',
      required: ['id', 'name', 'description', 'attributes'],
      additionalProperties: false,
      properties: {
        id: { type: 'string', pattern: '^[Uu][Rr][Nn]:[A-Za-z0-9][A-Za-z0-9-]*:[A-Za-z0-9:._-]*[A-Za-z0-9_-]$' },
        name: { type: 'string', minLength: 1 },
        description: { type: 'string' },
        attributes: { type: 'array', minItems: 1, items: { $ref: '#/$defs/attribute' } },
      },
    },
  },
  $defs: {
    attribute: {
      type: 'object',
      required: ['name', 'description'],
      additionalProperties: false,
      properties: {
        ...characteristics,
        type: { enum: [...simpleTypes, 'complex'] },
        subAttributes: { type: 'array', minItems: 1, items: { $ref: '#/$defs/subAttribute' } },
      },
    },
    subAttribute: {
      type: 'object',
      required: ['name', 'description'],
      additionalProperties: false,
      properties: { ...characteristics, type: { enum: simpleTypes } },
    },
  },
};
