import type { Log } from '../telemetry/log';
import type { TokenName } from './token-format';

/** How many tokens are remembered; past it the whole memory starts anew, at the price of some writes. */
const capacity = 10_000;

/**
 * Makes the function that notes a token's use in the tenant item: to the hour, at most once an hour and token from one
 * process, and only ever forward. What it returns never throws; await it beside the request's own work.
 */
export function useRecorder(
  write: (name: TokenName, hour: string) => Promise<void>,
  log: Log,
): (name: TokenName, now: Date) => Promise<void> {
  const recorded = new Map<string, string>();
  return async ({ tenantId, tokenId }, now) => {
    const hour = `${now.toISOString().slice(0, 'yyyy-mm-ddThh'.length)}:00:00.000Z`;
    if (recorded.get(tokenId) === hour) return;
    if (recorded.size >= capacity) recorded.clear();
    recorded.set(tokenId, hour);
    await write({ tenantId, tokenId }, hour).catch((error: unknown) => {
      log({ level: 'warn', message: 'last use not recorded', tenantId, tokenId, error: String(error) });
    });
  };
}
