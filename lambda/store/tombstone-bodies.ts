import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { expiryAttribute } from '../../deployment/tables';
import { isId } from '../directory/id';
import type { Note } from '../directory/note';
import type { Collection, Deletion, StoredMember, StoredResource } from '../directory/store';
import { isObject, type Json } from '../scim/json';
import type { ResourceTypeName } from '../scim/schema/profile';
import { batchGet } from './batches';
import { type Item, itemFormat, readNote, toMembership, toStoredMember, unreadable } from './items';
import { tombstoneBodyKey } from './keys';
import type { Leftovers } from './memberships';
import { type NamedResource, namesKey } from './names';
import { callConditional, type Tables } from './tables';
import { isTime, toTombstone } from './tombstones';
import type { TransactAction } from './transact';

/**
 * How long a body without a resource is kept, in milliseconds: longer than the stream, from which the resource comes,
 * keeps a deletion.
 */
const unfilledFor = 2 * 24 * 3600 * 1000;

/** The most groups, and the most members, of which a body has the ids. */
export const keptMemberships = 1000;

/** What is kept of a deleted resource besides its id, until it expires. */
export interface TombstoneBody {
  readonly id: string;
  readonly type: ResourceTypeName;
  /** When it was deleted, as ISO 8601 in UTC. */
  readonly deleted: string;
  readonly by: Note;
  /** When it expires, in milliseconds since the epoch. DynamoDB deletes it days later. */
  readonly expires: number;
  /** Its last state; absent until the stream brings it, or if resources are not kept. */
  readonly kept?: KeptResource;
}

/** The last state of a deleted resource. A number stands for more ids than a body has. */
export interface KeptResource {
  readonly stored: StoredResource;
  /** The ids of the groups that it was a member of. */
  readonly groups: readonly string[] | number;
  /** The members of a group. */
  readonly members: readonly StoredMember[] | number;
  /** How often the restoration of another resource has added a membership to it. */
  readonly additions: number;
}

/** Puts the body of a tombstone, still without the resource, as part of the transaction that deletes the resource. */
export function putBody(
  tables: Tables,
  { tenantId, type }: Collection,
  { id, version }: StoredResource,
  { deleted, by }: Required<Deletion>,
): TransactAction {
  const expires = Math.ceil((Date.parse(deleted) + unfilledFor) / 1000);
  const body = { type, deleted, version, by, [expiryAttribute]: expires, format: itemFormat };
  return { Put: { TableName: tables.directory, Item: { ...tombstoneBodyKey(tenantId, id), ...body } } };
}

/**
 * Adds the resource and its memberships to the body of its tombstone. Does nothing if they are there already, if the
 * resource was erased, or if the body is that of another deletion.
 * @param expires milliseconds since the epoch
 */
export async function fillBody(
  tables: Tables,
  { tenantId }: Collection,
  { id, resource, version, created, modified }: StoredResource,
  { asMember, asGroup }: Leftovers,
  expires: number,
): Promise<void> {
  const values = {
    resource,
    created,
    modified,
    groups: idsOrCount(asMember, (item) => toMembership(item).groupId),
    members: idsOrCount(asGroup, toStoredMember),
    [expiryAttribute]: Math.ceil(expires / 1000),
  };
  const names = Object.keys(values);
  await callConditional(() =>
    tables.client.send(
      new UpdateCommand({
        TableName: tables.directory,
        Key: tombstoneBodyKey(tenantId, id),
        UpdateExpression: `SET ${names.map((name) => `#${name} = :${name}`).join(', ')}`,
        ConditionExpression: '#version = :version AND attribute_not_exists(#resource)',
        ExpressionAttributeNames: Object.fromEntries([...names, 'version'].map((name) => [`#${name}`, name])),
        ExpressionAttributeValues: Object.fromEntries(
          Object.entries({ ...values, version }).map(([name, value]) => [`:${name}`, value]),
        ),
      }),
    ),
  );
}

/**
 * The notes of the deletions of resources, by `namesKey`; strongly consistent. One is missing if the resource was erased:
 * an erasure leaves no body.
 */
export async function readDeletionNotes(
  tables: Tables,
  resources: readonly NamedResource[],
): Promise<ReadonlyMap<string, Note>> {
  const keyOf = ({ collection: { tenantId }, id }: NamedResource) => tombstoneBodyKey(tenantId, id);
  const asked = new Map(resources.map((resource) => [keyText(keyOf(resource)), resource]));
  const keys = [...asked.values()].map(keyOf);
  const notes = await batchGet(tables, tables.directory, keys, {
    ProjectionExpression: 'pk, sk, #by',
    ExpressionAttributeNames: { '#by': 'by' },
  });
  return new Map(
    notes.flatMap((item) => {
      const resource = asked.get(keyText(item));
      const note = readNote(item);
      return resource && note ? [[namesKey(resource), note] as const] : [];
    }),
  );
}

const keyText = ({ pk, sk }: { readonly pk?: unknown; readonly sk?: unknown }): string => `${pk} ${sk}`;

function idsOrCount<Value>(items: readonly Item[], read: (item: Item) => Value): readonly Value[] | number {
  return items.length > keptMemberships ? items.length : items.map(read);
}

/** Reads the body of a tombstone. @throws Error `UnreadableItem`, which names the item's key, if it is none of this format */
export function toTombstoneBody(item: Item): TombstoneBody {
  const { type, version } = item;
  const by = readNote(item);
  const { id, deleted, expires } = toTombstone(item);
  if ((type !== 'User' && type !== 'Group') || !by || typeof version !== 'number') {
    throw unreadable(item, `the body of a tombstone of format ${itemFormat}`);
  }
  const kept = toKeptResource(item, id, version);
  return { id, type: type as ResourceTypeName, deleted, by, expires, ...(kept && { kept }) };
}

function toKeptResource(item: Item, id: string, version: number): KeptResource | undefined {
  const { resource, created, modified, groups, members, additions = 0 } = item;
  if (resource === undefined) return undefined;
  if (!isObject(resource as Json) || !isTime(created) || !isTime(modified) || !isKept(groups) || !isKept(members)) {
    throw unreadable(item, `a deleted resource of format ${itemFormat}`);
  }
  return {
    stored: { id, version, created, modified, resource: resource as StoredResource['resource'] },
    groups: groups as KeptResource['groups'],
    members: members as KeptResource['members'],
    additions: Number(additions),
  };
}

/** Whether a value is a list of ids or members, or the number of them. */
function isKept(value: unknown): boolean {
  return typeof value === 'number' || (Array.isArray(value) && value.every((each) => isId(idIn(each))));
}

function idIn(each: unknown): string {
  const value = isObject(each as Json) ? (each as Item).value : each;
  return typeof value === 'string' ? value : '';
}
