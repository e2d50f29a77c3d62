import type { Log } from '../telemetry/log';
import type { CredentialName } from './token-format';

/** Maximum number of remembered tokens; above it all are forgotten, which costs some writes. */
const capacity = 10_000;

/**
 * Creates the function that records a token's use in the tenant item: to the hour, at most once per hour and token in one
 * process, and never an earlier time. It never rejects; await it in parallel with the request.
 */
export function useRecorder(
  write: (name: CredentialName, hour: string) => Promise<void>,
  log: Log,
): (name: CredentialName, now: Date) => Promise<void> {
  const recorded = new Map<string, string>();
  return async ({ tenantId, credentialId }, now) => {
    const hour = `${now.toISOString().slice(0, 'yyyy-mm-ddThh'.length)}:00:00.000Z`;
    if (recorded.get(credentialId) === hour) return;
    if (recorded.size >= capacity) recorded.clear();
    recorded.set(credentialId, hour);
    await write({ tenantId, credentialId }, hour).catch((error: unknown) => {
      log({ level: 'warn', message: 'last use not recorded', tenantId, credentialId, error: String(error) });
    });
  };
}
