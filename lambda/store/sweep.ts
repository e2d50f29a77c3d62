import type { Collection } from '../directory/store';
import { claimMark, deleteClaimedMark } from './marks';
import { deleteMemberships, readLeftovers } from './memberships';
import type { Tables } from './tables';

/**
 * Deletes every membership that a deleted resource left. A member may have been added by a request that began before
 * the deletion, so the mark of the deletion stays until `finishSweep`.
 */
export async function sweep(tables: Tables, collection: Collection, id: string): Promise<void> {
  await deleteMemberships(tables, await readLeftovers(tables, collection, id));
}

/**
 * The last sweep of a deletion, or of a creation that never finished. By then no request that began before it can still
 * run, so it deletes the mark as well. Does nothing if there is no mark.
 */
export async function finishSweep(tables: Tables, collection: Collection, id: string): Promise<void> {
  while (await claimMark(tables, collection, id)) {
    await sweep(tables, collection, id);
    if (await deleteClaimedMark(tables, collection, id)) return;
  }
}
