import { isArray, isObject, type Json, type JsonObject, ownValue } from '../json';
import type { Attribute, AttributeMap } from '../schema/attribute';
import type { CheckName } from '../schema/profile';
import type { ResourceView } from '../schema/view';
import { isAbsent } from './primary';
import type { Resource } from './resource';

/** A rule of a profile on the whole resource: the problems, one sentence each. */
type ProfileCheck = (resource: Resource) => readonly string[];

const addressParts: readonly string[] = ['streetAddress', 'locality', 'region', 'postalCode', 'country'];

const checks: Readonly<Record<CheckName, ProfileCheck>> = {
  completeAddresses: (resource) =>
    addressesOf(resource).flatMap((address, index) => {
      const missing = isObject(address) ? missingParts(address) : [];
      return missing.length === 0
        ? []
        : [`addresses[${index}] is incomplete: add ${missing.join(', ')}, or send no part of an address`];
    }),
};

/** The resource without the values that count as absent (see `isAbsent`). */
export function dropAbsent(view: ResourceView, resource: Resource): Resource {
  return withoutLabelled(view.attributes, resource);
}

/** The same object when there is nothing to leave out. */
function withoutLabelled(attributes: AttributeMap, object: JsonObject): JsonObject {
  const kept: Record<string, Json> = {};
  let changed = false;
  for (const [name, value] of Object.entries(object)) {
    const attribute = attributes.get(name.toLowerCase());
    const left = attribute ? withoutAbsent(attribute, value) : value;
    changed ||= left !== value;
    if (left !== undefined) kept[name] = left;
  }
  return changed ? kept : object;
}

function withoutAbsent(attribute: Attribute, value: Json): Json | undefined {
  if (attribute.multiValued && isArray(value)) {
    const present = value.filter((element) => !isAbsent(attribute, element));
    if (present.length === value.length) return value;
    return present.length > 0 ? present : undefined;
  }
  if (attribute.multiValued || attribute.type !== 'complex' || !isObject(value)) return value;
  const left = withoutLabelled(attribute.subAttributes, value);
  return Object.keys(left).length > 0 ? left : undefined;
}

/** What the extra checks of the profile find wrong. Expects values of the schema's types. */
export function failedChecks(view: ResourceView, resource: Resource): readonly string[] {
  return view.rules.checks.flatMap((name) => checks[name](resource));
}

function addressesOf(resource: Resource): readonly Json[] {
  const addresses = ownValue(resource, 'addresses');
  return isArray(addresses) ? addresses : [];
}

function missingParts(address: JsonObject): readonly string[] {
  const missing = addressParts.filter((name) => !Object.hasOwn(address, name));
  return missing.length < addressParts.length ? missing : [];
}
