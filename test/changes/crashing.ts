import type { DynamoDBRecord } from 'aws-lambda';
import type { Stage } from './stage';

/** A function that ends in the middle of an invocation. */
export interface Crashing {
  readonly invoke: (batch: readonly DynamoDBRecord[]) => Promise<readonly string[] | 'crashed'>;
  readonly crashed: () => boolean;
}

/**
 * Ends the function at its nth call of AWS: that call and later ones get no response. `crashed` says whether it reached
 * that call.
 * @param counts which operations count; the others are answered until then. A call without a response keeps its connection
 */
export function crashing(stage: Stage, at: number, counts = (_operation: string) => true): Crashing {
  let calls = 0;
  let crash = () => {};
  const crashed = new Promise<'crashed'>((resolve) => {
    // Calls in progress still get a response; later ones do not.
    crash = () => setTimeout(resolve, 50, 'crashed');
  });
  let restarted = false;
  stage.fault = (operation) => {
    if (restarted || (calls < at && !counts(operation))) return undefined;
    calls += 1;
    if (calls < at) return undefined;
    if (calls === at) crash();
    return 'silent';
  };
  return {
    crashed: () => calls >= at,
    invoke: async (batch) => {
      const outcome = await Promise.race([stage.handle(batch), ...(restarted ? [] : [crashed])]);
      if (outcome === 'crashed') restarted = true;
      return outcome;
    },
  };
}
