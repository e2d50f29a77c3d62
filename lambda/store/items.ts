import type { Note } from '../directory/note';
import type { Collection, Move, StoredMember, StoredResource } from '../directory/store';
import { isObject, type Json } from '../scim/json';
import { type MembershipNames, modifiedPeriod, modifiedShard, parseMembershipKey, resourceKey } from './keys';

/** The version of the items' layout; an item with another one is refused rather than misread. */
export const itemFormat = 1;

/** An item as the document client gives and takes it. */
export type Item = Record<string, unknown>;

/** A condition of a write, as a call of the SDK takes it. */
export interface Condition {
  readonly ConditionExpression: string;
  readonly ExpressionAttributeNames: Record<string, string>;
  readonly ExpressionAttributeValues: Record<string, unknown>;
}

/** The condition that an item is still at a version. */
export function atVersion(version: number): Condition {
  return {
    ConditionExpression: '#version = :version',
    ExpressionAttributeNames: { '#version': 'version' },
    ExpressionAttributeValues: { ':version': version },
  };
}

/** The condition that both conditions hold. */
export function and(a: Condition, b: Condition): Condition {
  return {
    ConditionExpression: `${a.ConditionExpression} AND ${b.ConditionExpression}`,
    ExpressionAttributeNames: { ...a.ExpressionAttributeNames, ...b.ExpressionAttributeNames },
    ExpressionAttributeValues: { ...a.ExpressionAttributeValues, ...b.ExpressionAttributeValues },
  };
}

/** What an update does that gives a resource its next version; it ends the expression of the update. */
export function moveVersion(
  collection: Collection,
  id: string,
  { modified, by }: Partial<Move> & Pick<Move, 'modified'>,
) {
  const note = by ? ', #by = :by' : ' REMOVE #by';
  return {
    expression: `#version = #version + :one, #modified = :modified, #period = :period, #shard = :shard${note}`,
    names: {
      '#version': 'version',
      '#modified': 'modified',
      '#period': 'modifiedPeriod',
      '#shard': 'modifiedShard',
      '#by': 'by',
    },
    values: {
      ':one': 1,
      ':modified': modified,
      ':period': modifiedPeriod(modified),
      ':shard': modifiedShard(collection, id),
      ...(by && { ':by': by }),
    },
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
    modifiedPeriod: modifiedPeriod(stored.modified),
    modifiedShard: modifiedShard(collection, stored.id),
    ...(stored.by && { by: stored.by }),
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
    throw unreadable(item, `a resource of format ${itemFormat}`);
  }
  const by = readNote(item);
  return { id, version, created, modified, resource: resource as StoredResource['resource'], ...(by && { by }) };
}

/** The note of the request that wrote an item, if it has one. */
export function readNote({ by }: Readonly<Item>): Note | undefined {
  const isNote = isObject(by as Json | undefined) && typeof (by as Item).request === 'string';
  return isNote ? (by as Note) : undefined;
}

/** Whether an item may be read: it has the present format, or none. */
export function isPresentFormat({ format = itemFormat }: Item): boolean {
  return format === itemFormat;
}

/** Reads the id to which an entry leads. @throws Error naming the item's key when it cannot be read */
export function toEntryId(item: Item): string {
  if (!isPresentFormat(item) || typeof item.id !== 'string') throw unreadable(item, 'an entry that leads to an id');
  return item.id;
}

/** Reads a membership item. @throws Error naming its key when it is none, or leads to another tenant */
export function toMembership(item: Item): MembershipNames {
  const { group, member } = item;
  const isRead = isPresentFormat(item) && typeof group === 'string' && typeof member === 'string';
  const names = isRead ? parseMembershipKey({ group, member }) : undefined;
  if (!names) throw unreadable(item, 'a membership of a resource in a group of its tenant');
  return names;
}

/** Reads a membership item as a member of its group. @throws as `toMembership` */
export function toStoredMember(item: Item): StoredMember {
  const value = toMembership(item).memberId;
  return item.type === 'Group' ? { value, type: item.type } : { value };
}

/** An Error about an item that was edited by hand or written by another release; for the log, not for clients. */
export function unreadable({ pk, sk, group, member, format }: Item, expected: string): Error {
  const key =
    pk === undefined ? `group=${String(group)} member=${String(member)}` : `pk=${String(pk)} sk=${String(sk)}`;
  const error = new Error(
    `The item ${key} cannot be read: expected ${expected}, got format ${String(format)}. It was edited by hand or ` +
      'written by another release; see docs/check.md.',
  );
  error.name = 'UnreadableItem';
  return error;
}
