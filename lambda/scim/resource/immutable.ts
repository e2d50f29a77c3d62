import { isObject, type JsonObject, ownValue } from '../json';
import { mutability } from '../message/error';
import type { AttributeMap } from '../schema/attribute';
import { subPath } from '../schema/attribute-path';
import type { ResourceView } from '../schema/view';
import { sameJson } from './equal';
import type { Resource } from './resource';

/**
 * Checks that immutable attributes do not change. Values of a multi-valued attribute may be added and removed, so
 * sub-attributes are compared in single-valued ones only.
 * @throws ScimError 400 `mutability` when an immutable attribute that had a value has another one now, or none (RFC
 *   7643 §7)
 */
export function checkImmutable(view: ResourceView, before: Resource, after: Resource): void {
  const changed = changedAttributes(view.attributes, before, after, (name) => name);
  if (changed.length > 0) {
    throw mutability(`${changed.join(', ')} cannot change once it has a value. Send the present value.`);
  }
}

function changedAttributes(
  attributes: AttributeMap,
  before: JsonObject,
  after: JsonObject,
  pathOf: (name: string) => string,
): readonly string[] {
  return [...attributes.values()].flatMap((attribute) => {
    const path = pathOf(attribute.name);
    const had = ownValue(before, attribute.name);
    const has = ownValue(after, attribute.name);
    if (had === undefined) return [];
    if (attribute.mutability === 'immutable') return sameJson(had, has) ? [] : [path];
    if (attribute.multiValued || !isObject(had)) return [];
    return changedAttributes(attribute.subAttributes, had, isObject(has) ? has : {}, (name) =>
      subPath(path, attribute, name),
    );
  });
}
