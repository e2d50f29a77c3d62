import type { Throttle } from '../../deployment/limits';

/** Whether a key may send one more request; else the type of the gateway response that refuses it. */
export type Admit = (key: string | undefined) => 'admitted' | 'THROTTLED' | 'INVALID_API_KEY';

interface Bucket {
  readonly tokens: number;
  readonly at: number;
}

/** Limits the requests of each key by a token bucket, as a usage plan does. `planOf` knows the throttle of a key. */
export function usagePlans(
  planOf: (key: string) => Throttle | undefined,
  now: () => number = () => performance.now(),
): Admit {
  const buckets = new Map<string, Bucket>();
  return (key) => {
    const plan = key === undefined ? undefined : planOf(key);
    if (key === undefined || !plan) return 'INVALID_API_KEY';
    const at = now();
    const before = buckets.get(key) ?? { tokens: plan.burst, at };
    const tokens = Math.min(plan.burst, before.tokens + ((at - before.at) / 1000) * plan.rate);
    const admitted = tokens >= 1;
    buckets.set(key, { tokens: admitted ? tokens - 1 : tokens, at });
    return admitted ? 'admitted' : 'THROTTLED';
  };
}
