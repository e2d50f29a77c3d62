import type { Throttle } from '../../deployment/limits';

/** Whether a key may send one more request; else the type of the gateway response that refuses it. */
export type Admit = (key: string | undefined) => 'admitted' | 'THROTTLED' | 'INVALID_API_KEY';

type Clock = () => number;

/** Limits requests by a token bucket, as a stage does: whether one more may come now. The clock is in milliseconds. */
export function throttle({ rate, burst }: Throttle, now: Clock = () => performance.now()): () => boolean {
  let tokens = burst;
  let before = now();
  return () => {
    const at = now();
    tokens = Math.min(burst, tokens + ((at - before) / 1000) * rate);
    before = at;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
}

/** Limits the requests of each key by a token bucket, as a usage plan does. `planOf` knows the throttle of a key. */
export function usagePlans(planOf: (key: string) => Throttle | undefined, now: Clock = () => performance.now()): Admit {
  const buckets = new Map<string, () => boolean>();
  return (key) => {
    const plan = key === undefined ? undefined : planOf(key);
    if (key === undefined || !plan) return 'INVALID_API_KEY';
    const bucket = buckets.get(key) ?? throttle(plan, now);
    buckets.set(key, bucket);
    return bucket() ? 'admitted' : 'THROTTLED';
  };
}
