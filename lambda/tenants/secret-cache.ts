import type { SecretReader, SecretReading } from './credential-secret';

type Found = Extract<SecretReading, { kind: 'found' }>;

/** Milliseconds; docs/credentials.md explains each for operators. */
export const cacheTimes = {
  /** Default TTL of a secret. */
  found: 60_000,
  /** TTL of an unknown id; short, because a new token must work at once. */
  absent: 3_000,
  /** How long a secret is used after its last read while Secrets Manager is down. */
  grace: 15 * 60_000,
  /** Interval of retries while Secrets Manager is down. */
  retry: 5_000,
};

/**
 * Maximum number of unknown ids that are looked up per second. A flood of made-up tokens would otherwise use up the account's
 * quota of Secrets Manager, 10,000 requests per second, from up to 1,000 processes.
 */
const unknownPerSecond = 5;

/** The cause of `unavailable` past the maximum of unknown ids per second. */
export class TooManyUnknown extends Error {}

/** Maximum number of cached secrets, and of cached unknown ids. */
const capacity = 1_000;

/**
 * Caches a reader's results, in bounded memory, and reads each token only once at a time. While the reader is
 * unavailable, a cached secret is used for a grace time. Past the maximum of unknown
 * ids per second, an id that is not cached is `unavailable`, not `absent`: it may exist.
 */
export function cacheSecrets(reader: SecretReader, clock: () => Date, foundTime = cacheTimes.found): SecretReader {
  // Two caches: many unknown ids must not evict the known ones.
  const found = new Map<string, { readonly reading: Found; readonly readAt: number; readonly freshUntil: number }>();
  const absentUntil = new Map<string, number>();
  const pending = new Map<string, Promise<SecretReading>>();
  let unknown = { second: 0, ids: 0 };

  const settle = (key: string, reading: SecretReading): SecretReading => {
    const now = clock().getTime();
    if (reading.kind === 'found') {
      absentUntil.delete(key);
      keep(found, key, { reading, readAt: now, freshUntil: now + foundTime });
      return reading;
    }
    if (reading.kind === 'absent') {
      found.delete(key);
      const second = Math.floor(now / 1000);
      unknown = { second, ids: unknown.second === second ? unknown.ids + 1 : 1 };
      keep(absentUntil, key, now + cacheTimes.absent);
      return reading;
    }
    const held = found.get(key);
    if (!held || now >= held.readAt + cacheTimes.grace) return reading;
    keep(found, key, { ...held, freshUntil: now + cacheTimes.retry });
    return held.reading;
  };

  const look = async (key: string, tenantId: string, credentialId: string): Promise<SecretReading> => {
    const reading = await reader.read(tenantId, credentialId);
    pending.delete(key);
    return settle(key, reading);
  };

  return {
    async read(tenantId, credentialId) {
      const key = `${tenantId}/${credentialId}`;
      const now = clock().getTime();
      const held = found.get(key);
      if (held && now < held.freshUntil) {
        keep(found, key, held);
        return held.reading;
      }
      if (now < (absentUntil.get(key) ?? 0)) return { kind: 'absent' };
      const flooded = unknown.second === Math.floor(now / 1000) && unknown.ids >= unknownPerSecond;
      if (flooded && !held) {
        return { kind: 'unavailable', cause: new TooManyUnknown('Too many unknown credentials in one second') };
      }
      const looking = pending.get(key) ?? look(key, tenantId, credentialId);
      pending.set(key, looking);
      return await looking;
    },
  };
}

/** Sets an entry as the most recently used, and drops the least recently used if there are too many. */
function keep<Value>(map: Map<string, Value>, key: string, value: Value): void {
  map.delete(key);
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > capacity && oldest !== undefined) map.delete(oldest);
}
