import { unauthorized, unavailable } from '../scim/message/error';

/**
 * What operators have set for a tenant, and what every request must know. It is one item, which a process caches for
 * `stateCacheTime`. Times are ISO 8601 in UTC.
 */
export interface TenantState {
  /** When the tenant was created. */
  readonly created?: string;
  /** When it was deleted. Its credentials may be in caches for minutes. */
  readonly deleted?: string;
  /** When it was paused; absent while it is not. */
  readonly paused?: string;
  /** Whether disables, deletes and removals of members are held past a limit. Absent: they are not. */
  readonly brake?: boolean;
  /** Until when the brake holds nothing. */
  readonly releasedUntil?: string;
  /** Until when changes are recorded in full in the activity. */
  readonly recordUntil?: string;
  /** When an import last wrote resources, which keep old times. */
  readonly imported?: string;
  /** Whether operators may change resources. Absent: they may. */
  readonly localChanges?: boolean;
}

/** Seconds in the `Retry-After` of the response while a tenant is paused. */
const pauseRetryAfter = 300;

/** @throws ScimError 401 for a tenant that is deleted, 503 for one that is paused */
export function requireOpen({ deleted, paused }: TenantState): void {
  if (deleted !== undefined) {
    throw unauthorized('The tenant of this API token is deleted. Remove this connection from the identity provider.');
  }
  if (paused !== undefined) {
    throw unavailable(
      `Provisioning of this tenant is paused since ${paused} by an operator of this endpoint. Nothing was changed. ` +
        'Send the request again later; it is accepted when the operator has resumed the tenant.',
      pauseRetryAfter,
    );
  }
}
