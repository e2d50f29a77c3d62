import type { AttributeDefinition, AttributeLimits, SchemaDefinition } from './attribute';

/** The limits of a text that names a resource, and for which the store has an entry. */
export const nameLimits: AttributeLimits = { maxBytes: 1024, characters: 'visible' };

/** An attribute as a schema file writes it: a characteristic left out has its default of RFC 7643 §2.2. */
export interface AttributeDocument extends Partial<Omit<AttributeDefinition, 'subAttributes'>> {
  readonly name: string;
  readonly description: string;
  readonly subAttributes?: readonly AttributeDocument[];
}

/** A schema as a schema file writes it. */
export interface SchemaDocument extends Omit<SchemaDefinition, 'attributes'> {
  readonly attributes: readonly AttributeDocument[];
}

/** The schema with all characteristics, as `/Schemas` returns it (RFC 7643 §7). */
export function defineSchema(document: SchemaDocument): SchemaDefinition {
  return { ...document, attributes: document.attributes.map(defineAttribute) };
}

/** The attribute with every characteristic that its type has spelled out (RFC 7643 §2.2, §7). */
export function defineAttribute(document: AttributeDocument): AttributeDefinition {
  const { name, description, subAttributes, ...given } = document;
  const definition: AttributeDefinition = {
    name,
    type: 'string',
    multiValued: false,
    description,
    required: false,
    ...(hasLetterCase(document) && { caseExact: false }),
    mutability: 'readWrite',
    returned: 'default',
    ...(hasUniqueness(document) && { uniqueness: 'none' }),
    ...given,
  };
  return subAttributes ? { ...definition, subAttributes: subAttributes.map(defineAttribute) } : definition;
}

function hasLetterCase({ type = 'string' }: AttributeDocument): boolean {
  return type === 'string' || type === 'reference' || type === 'binary';
}

function hasUniqueness({ type = 'string' }: AttributeDocument): boolean {
  return type !== 'complex' && type !== 'boolean';
}
