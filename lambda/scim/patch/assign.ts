import { type Json, type JsonObject, ownValue } from '../json';
import { mutability } from '../message/error';
import { sameJson } from '../resource/equal';
import type { Attribute } from '../schema/attribute';

/**
 * An object with another value for an attribute, `undefined` for none; the same object when it has that value.
 * @throws ScimError 400 `mutability` when the attribute is immutable and has a value (RFC 7643 §2.2, RFC 7644 §3.5.2)
 */
export function assign(holder: JsonObject, attribute: Attribute, value: Json | undefined, label: string): JsonObject {
  const present = ownValue(holder, attribute.name);
  if (sameJson(present, value)) return holder;
  if (attribute.mutability === 'immutable' && present !== undefined) {
    throw mutability(`${label} would change ${attribute.name}, which is immutable. Once it has a value, that stays.`);
  }
  if (value !== undefined) return { ...holder, [attribute.name]: value };
  const { [attribute.name]: _, ...rest } = holder;
  return rest;
}
