import { finishSweep } from '../lambda/store/sweep';
import type { Endpoint } from '../local/endpoint';
import { placeOf } from './portal/set-up';

/**
 * Runs the last sweep of a deletion as soon as the first is over. By itself it comes a minute later, and until then a
 * restoration is refused: a test that waited as long would wait for a race.
 */
export async function lastSweep(
  endpoint: Endpoint,
  tenantId: string,
  id: string,
  type: 'User' | 'Group' = 'User',
): Promise<void> {
  await endpoint.settled();
  await finishSweep(placeOf(endpoint).tables, { tenantId, type }, id);
}
