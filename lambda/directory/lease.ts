import type { Collection, Leased, Store } from './store';

/**
 * Takes the lease on a group for a step, which releases it when it has changed what it was to change. Releases it for a
 * step that failed. Undefined when there is no such group.
 * @throws LostRace while another request holds the lease; what the step throws
 */
export async function whileLeased<Result>(
  store: Store,
  collection: Collection,
  id: string,
  step: (leased: Leased) => Promise<Result>,
): Promise<Result | undefined> {
  const leased = await store.lease(collection, id);
  if (!leased) return undefined;
  try {
    return await step(leased);
  } catch (error) {
    // Should this fail as well, the lease ends by itself.
    await store.release(collection, id, leased.lease).catch(() => undefined);
    throw error;
  }
}
