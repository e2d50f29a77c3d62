import { finishSweep } from '../lambda/store/sweep';
import type { Endpoint } from '../local/endpoint';
import { placeOf } from './portal/set-up';

// Of a deployment it is a minute. Tests see what is shown until then, however long they take to look: here, the last sweep
// comes by itself when they are over. The functions read this when an endpoint starts.
process.env.SWEEP_DELAY_SECONDS = '900';

/** Runs the last sweep of a deletion, as soon as the first is over. Until then a restoration is refused. */
export async function lastSweep(
  endpoint: Endpoint,
  tenantId: string,
  id: string,
  type: 'User' | 'Group' = 'User',
): Promise<void> {
  await endpoint.settled();
  await finishSweep(placeOf(endpoint).tables, { tenantId, type }, id);
}
