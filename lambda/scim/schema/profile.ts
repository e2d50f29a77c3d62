import type { JsonObject } from '../json';
import type { AttributeDefinition, SchemaDefinition } from './attribute';

export type ProfileName = 'identity-center' | 'standard' | 'aws-scim-clients';
export type ResourceTypeName = 'User' | 'Group';

const resourceTypeNames: readonly ResourceTypeName[] = ['User', 'Group'];

/** An extra check on the whole resource that characteristics cannot express; see `resource/checks.ts`. */
export type CheckName = 'completeAddresses';

/** A profile's rules for one resource type. Paths are attribute names, or `attribute.subAttribute`. */
export interface ProfileRules {
  /** Attributes of the RFC that clients may send and that are not stored. */
  readonly notStored: readonly string[];
  /** Attributes that must be present and non-empty. */
  readonly required: readonly string[];
  /** Attributes whose value belongs to one resource of a tenant; `emails` means the primary email. */
  readonly unique: readonly string[];
  readonly checks: readonly CheckName[];
  /** Attributes whose values have no `value`, and count as absent when they have only labels. */
  readonly absentWithLabels: readonly string[];
  /** What a group's members may be. Empty for resource types without members. */
  readonly memberTypes: readonly ResourceTypeName[];
  /** Values of attributes that a client leaves out. */
  readonly defaults: JsonObject;
  /** Attributes that keep their value, instead of taking the default, when a PUT leaves them out. */
  readonly keptOnReplace: readonly string[];
  /** Attributes that a response has only if the request asks for them. */
  readonly returnedOnRequest: readonly string[];
  /** Whether lists show a group's members, or an empty array for each group. */
  readonly listedMembers: 'all' | 'none';
  /** Methods on one resource that are refused with 405. */
  readonly unsupportedMethods: readonly string[];
}

/** A set of rules that a tenant chooses when it is created, permanently. */
export interface Profile {
  readonly name: ProfileName;
  readonly description: string;
  /** Prefix of the `detail` of `invalidSyntax` and `invalidValue`. */
  readonly errorPrefix: string;
  /** Whether errors have AWS's `exceptionRequestId` and `timeStamp` besides the RFC's members. */
  readonly awsErrorMembers: boolean;
  readonly resourceTypes: Readonly<Record<ResourceTypeName, ProfileRules>>;
}

/**
 * The schema of a resource type as one profile has it: without what is not stored; required, unique and possible as
 * members what the profile says.
 */
export function applyProfile(schema: SchemaDefinition, rules: ProfileRules): SchemaDefinition {
  const notStored = lowerCase(rules.notStored);
  return {
    ...schema,
    attributes: schema.attributes
      .filter((attribute) => !notStored.has(attribute.name.toLowerCase()))
      .map((attribute) => applyRules(attribute, '', rules)),
  };
}

function applyRules(definition: AttributeDefinition, prefix: string, rules: ProfileRules): AttributeDefinition {
  const path = `${prefix}${definition.name.toLowerCase()}`;
  const { canonicalValues, referenceTypes, subAttributes } = definition;
  const required = [...lowerCase(rules.required)].some((other) => other === path || other.startsWith(`${path}.`));
  const unique = lowerCase(rules.unique).has(path) && definition.type !== 'complex';
  const absentWithLabels = lowerCase(rules.absentWithLabels).has(path);
  const onRequest = lowerCase(rules.returnedOnRequest).has(path);
  return {
    ...definition,
    required: definition.required || required,
    ...(unique && { uniqueness: 'server' }),
    ...(absentWithLabels && { absentWithLabels }),
    ...(onRequest && { returned: 'request' }),
    ...(canonicalValues && { canonicalValues: withoutOtherMembers(canonicalValues, rules) }),
    ...(referenceTypes && { referenceTypes: withoutOtherMembers(referenceTypes, rules) }),
    ...(subAttributes && { subAttributes: subAttributes.map((sub) => applyRules(sub, `${path}.`, rules)) }),
  };
}

/** In a resource type with members, a resource type's name is what a member may be. */
function withoutOtherMembers(names: readonly string[], { memberTypes }: ProfileRules): readonly string[] {
  const others = new Set<string>(memberTypes.length === 0 ? [] : resourceTypeNames);
  for (const type of memberTypes) others.delete(type);
  return names.filter((name) => !others.has(name));
}

function lowerCase(paths: readonly string[]): ReadonlySet<string> {
  return new Set(paths.map((path) => path.toLowerCase()));
}
