import { isObject, type Json, type JsonObject, ownValue } from '../scim/json';
import { sameJson } from '../scim/resource/equal';

/**
 * The paths of the attributes in which two states of a resource differ, in alphabetical order: `active`,
 * `name.familyName`, `urn:….department`. A multi-valued attribute is one path, whatever changed in its values.
 */
export function changedAttributes(before: JsonObject, after: JsonObject, prefix = ''): readonly string[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return names.flatMap((name) => changesIn(ownValue(before, name), ownValue(after, name), prefix + name));
}

function changesIn(before: Json | undefined, after: Json | undefined, path: string): readonly string[] {
  if (sameJson(before, after)) return [];
  if (!isObject(before ?? {}) || !isObject(after ?? {})) return [path];
  const inside = changedAttributes(asObject(before), asObject(after), `${path}.`);
  return inside.length > 0 ? inside : [path];
}

/** A missing attribute has no sub-attributes. */
function asObject(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}
