import type { SecretReader, SecretReading } from './token-secret';

type Found = Extract<SecretReading, { kind: 'found' }>;

/** Milliseconds; docs/tokens.md says what each means to an operator. */
export const cacheTimes = {
  /** How long a secret serves without another look, unless the deployer says otherwise. */
  found: 60_000,
  /** How long an unknown id stays unknown: a token just created must work at once. */
  absent: 3_000,
  /** How long a secret serves after its last reading while Secrets Manager is down. */
  grace: 15 * 60_000,
  /** How often Secrets Manager is tried again meanwhile. */
  retry: 5_000,
};

/** How many secrets, and as many unknown ids, are kept in memory. */
const capacity = 1_000;

/**
 * Keeps what a reader found for some milliseconds, in bounded memory, and asks it one question at a time about one token.
 * While the reader is unavailable, what it found before serves for a grace time.
 */
export function cacheSecrets(reader: SecretReader, clock: () => Date, foundTime = cacheTimes.found): SecretReader {
  // Apart from each other: a flood of unknown ids must not drive out the known ones.
  const found = new Map<string, { readonly reading: Found; readonly readAt: number; readonly freshUntil: number }>();
  const absentUntil = new Map<string, number>();
  const pending = new Map<string, Promise<SecretReading>>();

  const settle = (key: string, reading: SecretReading): SecretReading => {
    const now = clock().getTime();
    if (reading.kind === 'found') {
      absentUntil.delete(key);
      keep(found, key, { reading, readAt: now, freshUntil: now + foundTime });
      return reading;
    }
    if (reading.kind === 'absent') {
      found.delete(key);
      keep(absentUntil, key, now + cacheTimes.absent);
      return reading;
    }
    const held = found.get(key);
    if (!held || now >= held.readAt + cacheTimes.grace) return reading;
    keep(found, key, { ...held, freshUntil: now + cacheTimes.retry });
    return held.reading;
  };

  const look = async (key: string, tenantId: string, tokenId: string): Promise<SecretReading> => {
    const reading = await reader.read(tenantId, tokenId);
    pending.delete(key);
    return settle(key, reading);
  };

  return {
    async read(tenantId, tokenId) {
      const key = `${tenantId}/${tokenId}`;
      const now = clock().getTime();
      const held = found.get(key);
      if (held && now < held.freshUntil) {
        keep(found, key, held);
        return held.reading;
      }
      if (now < (absentUntil.get(key) ?? 0)) return { kind: 'absent' };
      const looking = pending.get(key) ?? look(key, tenantId, tokenId);
      pending.set(key, looking);
      return await looking;
    },
  };
}

/** Sets an entry as the one used last, and drops the one unused for longest when there are too many. */
function keep<Value>(map: Map<string, Value>, key: string, value: Value): void {
  map.delete(key);
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > capacity && oldest !== undefined) map.delete(oldest);
}
