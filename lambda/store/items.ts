import type { Collection, StoredMember, StoredResource } from '../directory/store';
import { isObject, type Json } from '../scim/resource/resource';
import { modifiedShard, refId, resourceKey } from './keys';

/** The version of the items' layout; an item with another one is refused rather than misread. */
const itemFormat = 1;

/** An item as the document client gives and takes it. */
export type Item = Record<string, unknown>;

/** The condition of a write that an item is still at a version. */
export function atVersion(version: number) {
  return {
    ConditionExpression: '#version = :version',
    ExpressionAttributeNames: { '#version': 'version' },
    ExpressionAttributeValues: { ':version': version },
  };
}

/** A resource as an item of the directory table. */
export function resourceItem(collection: Collection, stored: StoredResource): Item {
  return {
    ...resourceKey(collection, stored.id),
    resource: stored.resource,
    version: stored.version,
    created: stored.created,
    modified: stored.modified,
    modifiedShard: modifiedShard(collection, stored.id),
    format: itemFormat,
  };
}

/** Reads a resource item. @throws Error naming the item's key when it is not of the present format. */
export function toStoredResource(item: Item): StoredResource {
  const { sk: id, resource, version, created, modified, format } = item;
  if (
    format !== itemFormat ||
    typeof id !== 'string' ||
    typeof version !== 'number' ||
    typeof created !== 'string' ||
    typeof modified !== 'string' ||
    !isObject(resource as Json | undefined)
  ) {
    throw new Error(
      `The item pk=${String(item.pk)} sk=${String(id)} cannot be read: expected a resource of format ${itemFormat}, ` +
        `got format ${String(format)}. It was edited by hand or written by another release; run scim-admin check.`,
    );
  }
  return { id, version, created, modified, resource: resource as StoredResource['resource'] };
}

/** Reads a membership item as a member of its group. */
export function toStoredMember(item: Item): StoredMember {
  const { member, type } = item;
  if (typeof member !== 'string') {
    throw new Error(`The membership group=${String(item.group)} cannot be read: it has no member.`);
  }
  return type === 'Group' ? { value: refId(member), type } : { value: refId(member) };
}
