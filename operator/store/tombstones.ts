import { batchWrite } from '../../lambda/store/batches';
import { tombstonePartition } from '../../lambda/store/keys';
import type { Tables } from '../../lambda/store/tables';
import { type Tombstone, tombstoneItem, toTombstone } from '../../lambda/store/tombstones';
import { readPartition } from './partition';

/** The id of a deleted resource, and when it was deleted, as ISO 8601 in UTC. */
export type NamedDeletion = Pick<Tombstone, 'id' | 'deleted'>;

/** The deletions of a tenant that have not expired at `now`, in the order of their ids. */
export async function* listDeletions(tables: Tables, tenantId: string, now: Date): AsyncIterable<NamedDeletion> {
  for await (const items of readPartition(tables, tombstonePartition(tenantId))) {
    for (const { id, deleted, expires } of items.map(toTombstone)) if (expires > now.getTime()) yield { id, deleted };
  }
}

/** Puts deletions of resources that do not exist. */
export function putDeletions(tables: Tables, tenantId: string, deletions: readonly NamedDeletion[]): Promise<void> {
  return batchWrite(
    tables,
    tables.directory,
    deletions.map(({ id, deleted }) => ({ put: tombstoneItem(tenantId, id, deleted) })),
  );
}
