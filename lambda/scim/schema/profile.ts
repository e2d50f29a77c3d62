import type { AttributeDefinition, SchemaDefinition } from './attribute';

export type ProfileName = 'identity-center' | 'standard';
export type ResourceTypeName = 'User' | 'Group';

/** An extra check on the whole resource that characteristics cannot express; see `resource/checks.ts`. */
export type CheckName = 'completeAddresses';

/** What a profile says about one resource type. Paths are attribute names, or `attribute.subAttribute`. */
export interface ProfileRules {
  /** Attributes of the RFC that clients may send and that are not stored. */
  readonly notStored: readonly string[];
  /** Attributes that must be present and non-empty. */
  readonly required: readonly string[];
  /** Attributes whose value belongs to one resource of a tenant; `emails` means the primary email. */
  readonly unique: readonly string[];
  readonly checks: readonly CheckName[];
  /** What a group's members may be. Empty for resource types without members. */
  readonly memberTypes: readonly ResourceTypeName[];
}

/** A set of rules that a tenant chooses when it is created, for good. */
export interface Profile {
  readonly name: ProfileName;
  readonly description: string;
  /** Prefix of the `detail` of `invalidSyntax` and `invalidValue`. */
  readonly errorPrefix: string;
  readonly resourceTypes: Readonly<Record<ResourceTypeName, ProfileRules>>;
}

/** The schema of a resource type as one profile has it: without what is not stored, `required` as the profile says. */
export function applyProfile(schema: SchemaDefinition, rules: ProfileRules): SchemaDefinition {
  const notStored = new Set(rules.notStored.map((name) => name.toLowerCase()));
  const required = new Set(rules.required.map((path) => path.toLowerCase()));
  const unique = new Set(rules.unique.map((path) => path.toLowerCase()));
  const adjust = (definition: AttributeDefinition, prefix: string): AttributeDefinition => {
    const path = `${prefix}${definition.name.toLowerCase()}`;
    return {
      ...definition,
      required:
        definition.required || required.has(path) || [...required].some((other) => other.startsWith(`${path}.`)),
      ...(unique.has(path) && definition.type !== 'complex' ? { uniqueness: 'server' as const } : {}),
      ...(definition.subAttributes
        ? { subAttributes: definition.subAttributes.map((sub) => adjust(sub, `${path}.`)) }
        : {}),
    };
  };
  return {
    ...schema,
    attributes: schema.attributes
      .filter((attribute) => !notStored.has(attribute.name.toLowerCase()))
      .map((attribute) => adjust(attribute, '')),
  };
}
