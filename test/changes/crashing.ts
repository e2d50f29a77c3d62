import type { DynamoDBRecord } from 'aws-lambda';
import type { Stage } from './stage';

/** A function that ends in the middle of an invocation. */
export interface Crashing {
  readonly invoke: (batch: readonly DynamoDBRecord[]) => Promise<readonly string[] | 'crashed'>;
  readonly crashed: () => boolean;
}

/**
 * Ends the function at its nth call of AWS: nothing that it calls from then on is done, and nobody sees its result.
 * `crashed` says whether it reached that call. The calls are refused rather than left without a response, since each
 * of those would keep a connection of the SDK for good.
 */
export function crashing(stage: Stage, at: number): Crashing {
  let calls = 0;
  let restarted = false;
  stage.fault = () => {
    if (restarted) return undefined;
    calls += 1;
    return calls < at ? undefined : 'refused';
  };
  return {
    crashed: () => calls >= at,
    invoke: async (batch) => {
      const [outcome] = await Promise.allSettled([stage.handle(batch)]);
      if (!restarted && calls >= at) {
        restarted = true;
        return 'crashed';
      }
      if (outcome.status === 'rejected') throw outcome.reason;
      return outcome.value;
    },
  };
}
