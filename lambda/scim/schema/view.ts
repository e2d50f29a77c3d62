import { type Attribute, type AttributeMap, attributeMap, extensionAttribute, type SchemaDefinition } from './attribute';
import { commonAttributes } from './common';
import { applyProfile, type Profile, type ProfileName, type ProfileRules, type ResourceTypeName } from './profile';
import { profiles } from './profiles';
import { schemas } from './schemas';

/** A resource type as one profile sees it: everything the protocol engine needs to know about its attributes. */
export interface ResourceView {
  readonly type: ResourceTypeName;
  readonly profile: Profile;
  readonly rules: ProfileRules;
  readonly schema: SchemaDefinition;
  readonly extensions: readonly SchemaDefinition[];
  /** Core attributes, the common ones (`id`, `externalId`, `meta`, `schemas`), and each extension by its URN. */
  readonly attributes: AttributeMap;
  /** Lower-case names that a client may send, in bodies and as PATCH paths, and that are not stored. */
  readonly notStored: ReadonlySet<string>;
}

/** The view of a resource type in a profile. Views are made once per process. */
export function resourceView(profile: ProfileName, type: ResourceTypeName): ResourceView {
  return views[profile][type];
}

function makeView(profile: Profile, type: ResourceTypeName): ResourceView {
  const rules = profile.resourceTypes[type];
  const { core, extensions } = schemas[type];
  const schema = applyProfile(core, rules);
  const attributes = new Map<string, Attribute>([
    ...attributeMap(commonAttributes),
    ...attributeMap(schema.attributes),
    ...extensions.map((extension): [string, Attribute] => [extension.id.toLowerCase(), extensionAttribute(extension)]),
  ]);
  return {
    type,
    profile,
    rules,
    schema,
    extensions,
    attributes,
    notStored: new Set(rules.notStored.map((name) => name.toLowerCase())),
  };
}

function makeViews(profile: Profile): Readonly<Record<ResourceTypeName, ResourceView>> {
  return { User: makeView(profile, 'User'), Group: makeView(profile, 'Group') };
}

const views: Readonly<Record<ProfileName, Readonly<Record<ResourceTypeName, ResourceView>>>> = {
  'identity-center': makeViews(profiles['identity-center']),
  standard: makeViews(profiles.standard),
};
