import type { Note } from './note';
import type { Collection, Leased, Store } from './store';

/**
 * Takes the lease on a group and runs a step, which releases the lease after its changes. If the step fails, this
 * function releases it. Undefined when there is no such group.
 * @throws LostRace while another request holds the lease; what the step throws
 */
export async function whileLeased<Result>(
  store: Store,
  collection: Collection,
  id: string,
  by: Note,
  step: (leased: Leased) => Promise<Result>,
): Promise<Result | undefined> {
  const leased = await store.lease(collection, id, by);
  if (!leased) return undefined;
  try {
    return await step(leased);
  } catch (error) {
    // If this fails as well, the lease expires.
    await store.release(collection, id, leased.lease).catch(() => undefined);
    throw error;
  }
}
