import { batchWrite } from '../../lambda/store/batches';
import { tombstoneBodyKey, tombstoneBodyPartition } from '../../lambda/store/keys';
import { getItem, type Tables } from '../../lambda/store/tables';
import { type TombstoneBody, toTombstoneBody } from '../../lambda/store/tombstone-bodies';
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

/** Deletes what is kept of deleted resources; their tombstones, which have the id and the time only, stay. */
export function deleteBodies(tables: Tables, tenantId: string, ids: readonly string[]): Promise<void> {
  return batchWrite(
    tables,
    tables.directory,
    ids.map((id) => ({ delete: tombstoneBodyKey(tenantId, id) })),
  );
}
