import { type AttributeMap, attributeMap, extensionAttribute, type SchemaDefinition } from './attribute';
import { commonAttributes } from './common';
import { applyProfile, type Profile, type ProfileName, type ProfileRules, type ResourceTypeName } from './profile';
import { profiles } from './profiles';
import { type ResourceTypeSchemas, type Schemas, schemas } from './schemas';
import { type Urns, urnsOf } from './urns';

/** A resource type as one profile sees it: everything the protocol engine needs to know about its attributes. */
export interface ResourceView {
  readonly type: ResourceTypeName;
  /** Path under the base URL. */
  readonly endpoint: string;
  readonly profile: Profile;
  readonly rules: ProfileRules;
  readonly schema: SchemaDefinition;
  readonly extensions: readonly SchemaDefinition[];
  /** The common attributes (`id`, `externalId`, `meta`, `schemas`), the core ones, and each extension by its URN. */
  readonly attributes: AttributeMap;
  /** The URNs of the schemas and what clients write for them. */
  readonly urns: Urns;
  /** Lower-case names that a client may send, in bodies and as PATCH paths, and that are not stored. */
  readonly notStored: ReadonlySet<string>;
}

export type Views = Readonly<Record<ProfileName, Readonly<Record<ResourceTypeName, ResourceView>>>>;

/** The view of a resource type in a profile. Views are made once per process. */
export function resourceView(profile: ProfileName, type: ResourceTypeName): ResourceView {
  return views[profile][type];
}

/** The view of each resource type in each profile. Each is made when it is first used. */
export function viewsOf(types: Schemas): Views {
  const of = (profile: Profile) => {
    const made: { -readonly [Type in ResourceTypeName]?: ResourceView } = {};
    const view = (type: ResourceTypeName) => {
      made[type] ??= makeView(profile, type, types[type]);
      return made[type];
    };
    return {
      get User() {
        return view('User');
      },
      get Group() {
        return view('Group');
      },
    };
  };
  return {
    'identity-center': of(profiles['identity-center']),
    standard: of(profiles.standard),
    'aws-scim-clients': of(profiles['aws-scim-clients']),
  };
}

function makeView(profile: Profile, type: ResourceTypeName, definition: ResourceTypeSchemas): ResourceView {
  const { endpoint, core, extensions } = definition;
  const rules = profile.resourceTypes[type];
  const schema = applyProfile(core, rules);
  const extensionAttributes = extensions.map(extensionAttribute);
  return {
    type,
    endpoint,
    profile,
    rules,
    schema,
    extensions,
    attributes: new Map([
      ...attributeMap(commonAttributes),
      ...attributeMap(schema.attributes),
      ...extensionAttributes.map((attribute) => [attribute.name.toLowerCase(), attribute] as const),
    ]),
    urns: urnsOf(core.id, extensionAttributes),
    notStored: new Set(rules.notStored.map((name) => name.toLowerCase())),
  };
}

const views = viewsOf(schemas);
