import type { Characters } from '../text/characters';

/** The data types of RFC 7643 §2.3. */
export type AttributeType =
  | 'string'
  | 'boolean'
  | 'decimal'
  | 'integer'
  | 'dateTime'
  | 'binary'
  | 'reference'
  | 'complex';

/** Rules for an attribute's values beyond the RFC's characteristics; not part of a schema document. */
export interface AttributeLimits {
  /** Maximum UTF-8 bytes of a string (default: 8,192). */
  readonly maxBytes?: number;
  /** Maximum number of values of a multi-valued attribute (default: 500). */
  readonly maxValues?: number;
  /** Allowed characters of a string (default: any). */
  readonly characters?: Characters;
  /** Whether a reference may be an image itself, as a data URI (default: no). */
  readonly dataImages?: boolean;
  /** Whether values that have only labels count as absent, although they have no `value` (default: no). */
  readonly absentWithLabels?: boolean;
  /** The implied value of an absent sub-attribute. Filters use it, and a response has it if the request names it. */
  readonly implied?: string;
}

/** One attribute definition as a schema document writes it (RFC 7643 §7). */
export interface AttributeDefinition extends AttributeLimits {
  readonly name: string;
  readonly type: AttributeType;
  readonly multiValued: boolean;
  readonly description: string;
  readonly required: boolean;
  readonly caseExact?: boolean;
  readonly mutability: 'readOnly' | 'readWrite' | 'immutable' | 'writeOnly';
  readonly returned: 'always' | 'never' | 'default' | 'request';
  readonly uniqueness?: 'none' | 'server' | 'global';
  readonly canonicalValues?: readonly string[];
  readonly referenceTypes?: readonly string[];
  readonly subAttributes?: readonly AttributeDefinition[];
}

/** A schema document (RFC 7643 §7), without `schemas` and `meta`. */
export interface SchemaDefinition {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly attributes: readonly AttributeDefinition[];
}

/** Attributes by their lower-case name, because names are case-insensitive (RFC 7643 §2.1). */
export type AttributeMap = ReadonlyMap<string, Attribute>;

/**
 * An attribute definition ready for look-ups. A schema extension is an attribute too: complex, single-valued,
 * named by its URN, as it stands in a resource (RFC 7643 §3.3).
 */
export interface Attribute extends Omit<AttributeDefinition, 'caseExact' | 'subAttributes'> {
  readonly caseExact: boolean;
  readonly subAttributes: AttributeMap;
}

/** Turns attribute definitions into a map for look-ups, in the order they were defined. */
export function attributeMap(definitions: readonly AttributeDefinition[]): AttributeMap {
  return new Map(definitions.map((definition) => [definition.name.toLowerCase(), toAttribute(definition)]));
}

/** The attribute of a schema extension in a resource. */
export function extensionAttribute(schema: SchemaDefinition): Attribute {
  return {
    name: schema.id,
    type: 'complex',
    multiValued: false,
    description: schema.description,
    required: false,
    caseExact: false,
    mutability: 'readWrite',
    returned: 'default',
    subAttributes: attributeMap(schema.attributes),
  };
}

function toAttribute(definition: AttributeDefinition): Attribute {
  return {
    ...definition,
    caseExact: definition.caseExact ?? false,
    subAttributes: attributeMap(definition.subAttributes ?? []),
  };
}
