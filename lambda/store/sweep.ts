import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import type { Collection } from '../directory/store';
import { deletionKey } from './keys';
import { deleteMemberships, readLeftovers } from './memberships';
import { call, type Tables } from './tables';

/**
 * Deletes every membership that a deleted resource left. A member may have been added by a request that began before
 * the deletion, so the mark of the deletion stays until `finishSweep`.
 */
export async function sweep(tables: Tables, collection: Collection, id: string): Promise<void> {
  await deleteMemberships(tables, await readLeftovers(tables, collection, id));
}

/** The last sweep, later than any request can run that began before the deletion: deletes the mark as well. */
export async function finishSweep(tables: Tables, collection: Collection, id: string): Promise<void> {
  await sweep(tables, collection, id);
  await call(() =>
    tables.client.send(new DeleteCommand({ TableName: tables.directory, Key: deletionKey(collection.tenantId, id) })),
  );
}
