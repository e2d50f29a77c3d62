import { isArray, isObject, type Json, type JsonObject, ownValue } from '../json';
import type { Attribute, AttributeMap } from '../schema/attribute';
import type { ResourceTypeName } from '../schema/profile';
import type { ResourceView } from '../schema/view';
import type { Resource } from './resource';

/** The parts of a representation. Without `members` or `groups`, they are left out. */
export interface ResourceParts {
  readonly id: string;
  readonly version: number;
  readonly created: string;
  readonly modified: string;
  readonly resource: Resource;
  readonly members?: readonly { readonly value: string; readonly type?: ResourceTypeName }[];
  /** Ids of the groups that a user belongs to. */
  readonly groups?: readonly string[];
  /** Names of these groups by id, where they are known. */
  readonly groupNames?: ReadonlyMap<string, string> | undefined;
  readonly baseUrl: string;
}

/** The entity tag of a version: weak, since equal versions may show different attributes (RFC 7644 §3.14). */
export function etag(version: number): string {
  return `W/"${version}"`;
}

/**
 * The full representation of a resource, in the schema's order (RFC 7643 §3). It can be sent back as a PUT: what it
 * holds beyond the stored attributes is read-only.
 */
export function represent(view: ResourceView, parts: ResourceParts): JsonObject {
  const { id, resource, baseUrl } = parts;
  const memberships = membershipsOf(parts);
  const represented = inOrder(
    view.attributes,
    (attribute) => ownValue(memberships, attribute.name) ?? stored(attribute, ownValue(resource, attribute.name)),
  );
  return {
    schemas: [view.schema.id, ...view.extensions.map((extension) => extension.id).filter((urn) => urn in represented)],
    id,
    ...represented,
    meta: {
      resourceType: view.type,
      created: parts.created,
      lastModified: parts.modified,
      location: `${baseUrl}${view.endpoint}/${id}`,
      version: etag(parts.version),
    },
  };
}

/** Shown in their stored form: ordering each of up to 100,000 members would take too long. */
function membershipsOf({ members, groups, groupNames, baseUrl }: ResourceParts): JsonObject {
  const shownGroup = (id: string) => {
    const display = groupNames?.get(id);
    return { value: id, $ref: `${baseUrl}/Groups/${id}`, ...(display !== undefined && { display }) };
  };
  return {
    ...(members && { members: members.map(({ value, type }) => (type === 'Group' ? { value, type } : { value })) }),
    ...(groups && { groups: groups.map(shownGroup) }),
  };
}

/** A stored value in the schema's order, which a map in the store does not preserve; nothing for read-only attributes. */
function stored(attribute: Attribute, value: Json | undefined): Json | undefined {
  if (value === undefined || attribute.mutability === 'readOnly') return undefined;
  if (attribute.type !== 'complex') return value;
  if (isArray(value)) return value.flatMap((element) => stored(attribute, element) ?? []);
  if (!isObject(value)) return value;
  const represented = inOrder(attribute.subAttributes, (sub) => stored(sub, ownValue(value, sub.name)));
  return Object.keys(represented).length > 0 ? represented : undefined;
}

function inOrder(attributes: AttributeMap, representAttribute: (attribute: Attribute) => Json | undefined): JsonObject {
  // Filled in place, here and in `project`: arrays of entries would slow down a list of a hundred resources.
  const represented: Record<string, Json> = {};
  for (const attribute of attributes.values()) {
    const value = representAttribute(attribute);
    if (value !== undefined) represented[attribute.name] = value;
  }
  return represented;
}
