import { isObject, type Json, type JsonObject, ownValue } from '../json';
import type { Resource } from '../resource/resource';
import type { Attribute } from '../schema/attribute';
import { assign } from './assign';

/** Where an attribute stands: in the resource, or in one of its extensions. */
export interface Place {
  readonly extension: Attribute | undefined;
  readonly attribute: Attribute;
  readonly label: string;
}

/** The value at a place; undefined when there is none. */
export function valueAt(resource: Resource, { extension, attribute }: Place): Json | undefined {
  return ownValue(holderOf(resource, extension), attribute.name);
}

/**
 * The resource with another value at a place. An extension without attributes is removed, and its URN in `schemas` too.
 */
export function withValueAt(resource: Resource, place: Place, value: Json | undefined): Resource {
  const { extension, attribute, label } = place;
  const holder = assign(holderOf(resource, extension), attribute, value, label);
  if (extension === undefined) return holder;
  return assign(resource, extension, Object.keys(holder).length > 0 ? holder : undefined, label);
}

function holderOf(resource: Resource, extension: Attribute | undefined): JsonObject {
  const holder = extension ? ownValue(resource, extension.name) : resource;
  return isObject(holder) ? holder : {};
}
