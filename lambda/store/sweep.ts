import type { Collection } from '../directory/store';
import { claimMark, deleteClaimedMark, isMarked } from './marks';
import { deleteLeftovers, type Leftovers, readLeftovers } from './memberships';
import type { Tables } from './tables';

/**
 * Deletes the memberships that a deleted resource left, if it still has its mark. Without one the last sweep is over, and
 * the resource may be there again: a record of its deletion that comes again must not delete its new memberships.
 *
 * A member may have been added by a request that began before the deletion, so the mark stays until `finishSweep`.
 * @param keep gets the memberships before they are deleted; if it fails, none is deleted
 */
export async function sweep(
  tables: Tables,
  collection: Collection,
  id: string,
  keep: (leftovers: Leftovers) => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  const leftovers = await readLeftovers(tables, collection, id);
  await keep(leftovers);
  if (await isMarked(tables, collection, id)) await deleteLeftovers(tables, leftovers);
}

/**
 * The last sweep of a deletion, or of a creation that never finished. By then no request that began before it can still
 * run, so it deletes the mark as well. Does nothing if there is no mark.
 */
export async function finishSweep(tables: Tables, collection: Collection, id: string): Promise<void> {
  while (await claimMark(tables, collection, id)) {
    await deleteLeftovers(tables, await readLeftovers(tables, collection, id));
    if (await deleteClaimedMark(tables, collection, id)) return;
  }
}
