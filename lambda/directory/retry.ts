import { ScimError, throttled } from '../scim/message/error';

/** How many milliseconds a request waits for others, in all its pauses together, before it is refused. */
const patience = 3000;

/** The longest pause, in milliseconds. */
const longestPause = 400;

/** The seconds after which a client should send a refused request again. */
const retryAfter = 2;

/**
 * Another request came between, or the store cannot keep up: nothing that depends on what was read may be written. The
 * one way to report it, wherever it happens. What is not caught by `retry` is answered with 429.
 */
export class LostRace extends ScimError {
  constructor(reason: string, options?: ErrorOptions) {
    super(429, undefined, `${reason} Send the request again.`, { 'Retry-After': String(retryAfter) }, options);
  }
}

/**
 * Runs a step until it loses no race, with growing, jittered pauses. The step reads anew what it depends on, or does no
 * harm when it is done twice.
 * @throws ScimError 429 when the pauses come to about 3 s; whatever else the step throws
 */
export async function retry<Result>(step: () => Promise<Result>): Promise<Result> {
  let waited = 0;
  for (let attempt = 1; ; attempt++) {
    try {
      return await step();
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

/** How long to wait after an attempt (from 1) that failed: up to twice as long each time. Milliseconds. */
function pauseAfter(attempt: number): number {
  return Math.random() * Math.min(longestPause, 25 * 2 ** attempt);
}
