import { ScimError, throttled } from '../scim/message/error';

/** The sum of all pauses, in milliseconds, after which `retry` gives up. */
const patience = 3000;

/** The longest pause, in milliseconds. */
const longestPause = 400;

/** Seconds in the `Retry-After` of the response. */
const retryAfter = 2;

/**
 * Another request came first, or a service is busy: what was read may be out of date, so nothing is written. Outside of
 * `retry` this error is a 429 response.
 */
export class LostRace extends ScimError {
  constructor(reason: string, options?: ErrorOptions) {
    super(429, undefined, `${reason} Try again.`, { 'Retry-After': String(retryAfter) }, options);
  }
}

/**
 * Runs a step again, with growing, jittered pauses, while it throws `LostRace`. The step must read again what it
 * depends on, or be idempotent.
 * @param step gets the number of the attempt, from 1
 * @throws ScimError 429 when the pauses add up to 3 s; every other error of the step
 */
export async function retry<Result>(step: (attempt: number) => Promise<Result>): Promise<Result> {
  let waited = 0;
  for (let attempt = 1; ; attempt++) {
    try {
      return await step(attempt);
    } catch (error) {
      if (!(error instanceof LostRace)) throw error;
      const pause = pauseAfter(attempt);
      waited += pause;
      // No longer a LostRace: a step around this one must not wait as long once more.
      if (waited > patience) throw throttled(error.detail, retryAfter, { cause: error });
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}

/** The pause after a failed attempt (from 1), in milliseconds: random, and up to twice as long each time. */
function pauseAfter(attempt: number): number {
  return Math.random() * Math.min(longestPause, 25 * 2 ** attempt);
}
