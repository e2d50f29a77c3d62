import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { expiryAttribute } from '../../deployment/tables';
import { isId } from '../../lambda/directory/id';
import { LostRace, retry } from '../../lambda/directory/retry';
import type { StoredMember } from '../../lambda/directory/store';
import type { Json, JsonObject } from '../../lambda/scim/json';
import { sameJson } from '../../lambda/scim/resource/equal';
import { batchWrite } from '../../lambda/store/batches';
import { type Condition, type Item, itemFormat } from '../../lambda/store/items';
import { tombstoneBodyKey, tombstoneBodyPartition } from '../../lambda/store/keys';
import { callConditional, getItem, type Tables } from '../../lambda/store/tables';
import {
  type KeptResource,
  keptMemberships,
  type TombstoneBody,
  toTombstoneBody,
} from '../../lambda/store/tombstone-bodies';
import { readPartition } from './partition';

/** Reads what is kept of a deleted resource, unless it has expired at `now`; strongly consistent. */
export async function readBody(
  tables: Tables,
  tenantId: string,
  id: string,
  now: Date,
): Promise<TombstoneBody | undefined> {
  const item = await getItem(tables, tables.directory, tombstoneBodyKey(tenantId, id));
  const body = item && toTombstoneBody(item);
  return body && body.expires > now.getTime() ? body : undefined;
}

/** What is kept of the deleted resources of a tenant and has not expired at `now`, in the order of their ids. */
export async function* listBodies(tables: Tables, tenantId: string, now: Date): AsyncIterable<TombstoneBody> {
  for await (const items of readPartition(tables, tombstoneBodyPartition(tenantId))) {
    for (const body of items.map(toTombstoneBody)) if (body.expires > now.getTime()) yield body;
  }
}

/** A membership in what is kept of a deleted resource: a group that it is in, or a member of a group. */
export type KeptMembership =
  | { readonly list: 'groups'; readonly value: string }
  | { readonly list: 'members'; readonly value: StoredMember };

/**
 * Adds a membership to what is kept of a deleted resource, so that it comes back with that. Counts as an addition even if
 * it is there already: a restoration of the resource under way must notice.
 * @returns false if the resource is not kept at `now`, or has as many as are kept
 * @throws ScimError 429 if others keep changing what is kept
 */
export function addToBody(
  tables: Tables,
  tenantId: string,
  id: string,
  { list, value }: KeptMembership,
  now: Date,
): Promise<boolean> {
  return retry(async () => {
    const { kept } = (await readBody(tables, tenantId, id, now)) ?? {};
    const present: readonly (string | StoredMember)[] | number = kept?.[list] ?? 0;
    if (!kept || typeof present === 'number') return false;
    const isThere = present.some((each) => sameJson(each as Json, value as Json));
    if (!isThere && present.length >= keptMemberships) return false;
    const same = sameBody(kept);
    const update = new UpdateCommand({
      TableName: tables.directory,
      Key: tombstoneBodyKey(tenantId, id),
      UpdateExpression: 'SET #list = :list, #additions = :next',
      ConditionExpression: same.ConditionExpression,
      ExpressionAttributeNames: { ...same.ExpressionAttributeNames, '#list': list },
      ExpressionAttributeValues: {
        ...same.ExpressionAttributeValues,
        ':list': isThere ? present : [...present, value],
        ':next': kept.additions + 1,
      },
    });
    if (await callConditional(() => tables.client.send(update))) return true;
    throw new LostRace('Another restoration changed what is kept.');
  });
}

/** The condition that a body is as it was read. */
export function sameBody({ stored, additions }: KeptResource): Condition {
  const { version } = stored;
  return {
    ConditionExpression:
      additions === 0
        ? '#version = :version AND attribute_not_exists(#additions)'
        : '#version = :version AND #additions = :additions',
    ExpressionAttributeNames: { '#version': 'version', '#additions': 'additions' },
    ExpressionAttributeValues: { ':version': version, ...(additions > 0 && { ':additions': additions }) },
  };
}

/** Deletes what is kept of deleted resources; their tombstones, which have the id and the time only, stay. */
export function deleteBodies(tables: Tables, tenantId: string, ids: readonly string[]): Promise<void> {
  return batchWrite(
    tables,
    tables.directory,
    ids.map((id) => ({ delete: tombstoneBodyKey(tenantId, id) })),
  );
}

/** Puts what is kept of deleted resources. */
export function putBodies(tables: Tables, tenantId: string, bodies: readonly (TombstoneBody & Whole)[]): Promise<void> {
  return batchWrite(
    tables,
    tables.directory,
    bodies.map((body) => ({ put: bodyItem(tenantId, body) })),
  );
}

/** Reads what an export has of a deleted resource; undefined if it is not that. */
export function readExportedBody(tenantId: string, exported: JsonObject): (TombstoneBody & Whole) | undefined {
  try {
    const { kept, ...body } = toTombstoneBody(bodyItem(tenantId, exported as unknown as TombstoneBody & Whole));
    return kept && isId(body.id) ? { ...body, kept } : undefined;
  } catch {
    return undefined;
  }
}

/** A body with its resource. */
interface Whole {
  readonly kept: KeptResource;
}

function bodyItem(tenantId: string, { id, type, deleted, by, expires, kept }: TombstoneBody & Whole): Item {
  const { resource, version, created, modified } = kept.stored;
  const { groups, members } = kept;
  return {
    ...tombstoneBodyKey(tenantId, id),
    ...{ type, deleted, by, version, resource, created, modified, groups, members },
    [expiryAttribute]: Math.ceil(expires / 1000),
    format: itemFormat,
  };
}
