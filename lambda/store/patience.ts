import { isBusy } from './errors';
import { backOff } from './tables';

/** How often a step is tried for which the store is too busy. */
const attempts = 6;

/**
 * Takes a step again while the store is too busy for it: one that must not be left out after others were taken, and
 * that does no harm when it was taken before. @throws what the step throws; ScimError 429 when the store stays busy
 */
export async function patiently<Output>(step: () => Promise<Output>): Promise<Output> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await step();
    } catch (error) {
      if (!isBusy(error) || attempt === attempts) throw error;
      await backOff(attempt);
    }
  }
}
