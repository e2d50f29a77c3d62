import { releaseTenant, releaseUser, setBrake } from '../../operator/tenants/brake';
import { hours } from './duration';
import type { Session } from './session';

/** What the brake of a tenant holds: requests of this kind get 429 until they are released. */
export interface Hold {
  /** Users that are disabled or deleted, or members that are removed from groups. */
  readonly counter: 'users' | 'members';
  /** Since when, as ISO 8601 in UTC. */
  readonly since: string;
  /** How many were changed within the hour before. */
  readonly counted: number;
  /** How many may be changed within an hour. */
  readonly limit: number;
}

/** The brake of a tenant: it holds disables, deletes and removals of members past a limit (`docs/brake.md`). */
export interface Brake {
  /** Turns it on: counting begins. @throws UnknownTenantError if there is no such tenant */
  turnOn(tenantId: string): Promise<void>;
  /** Turns it off: what it holds is released. @throws UnknownTenantError if there is no such tenant */
  turnOff(tenantId: string): Promise<void>;
  /**
   * Releases what it holds, and everything else until a time. The identity provider then repeats its requests.
   *
   * @param options `hours`: for how long nothing is held; by default as long as it was held, and an hour more
   * @returns until when nothing is held, as ISO 8601 in UTC
   * @throws UnknownTenantError if there is no such tenant
   * @throws RefusedError if the brake is off, or holds nothing and `hours` is not given
   */
  release(tenantId: string, options?: { readonly hours?: number }): Promise<string>;
  /**
   * Lets the disabling or the deletion of one user through while everything else is held.
   *
   * @param userId the id of the user
   * @throws UnknownTenantError if there is no such tenant
   * @throws RefusedError if the brake is off or holds no users, or 100 users are released already
   */
  releaseUser(tenantId: string, userId: string): Promise<void>;
}

/** The operations on the brake. @internal */
export function brakeOf(session: Session): Brake {
  const turn = (on: boolean) => (tenantId: string) =>
    session.change(tenantId, async (deployment, tenant) => {
      await setBrake(deployment, tenant, on);
      return [{ action: on ? 'brakeOn' : 'brakeOff' }, undefined];
    });
  return {
    turnOn: turn(true),
    turnOff: turn(false),
    release: (tenantId, { hours: span } = {}) =>
      session.change(tenantId, async (deployment, tenant) => {
        const until = await releaseTenant(deployment, tenant, hours(span));
        return [{ action: 'brakeReleased', values: { until } }, until];
      }),
    releaseUser: (tenantId, id) =>
      session.change(tenantId, async (deployment, tenant) => {
        await releaseUser(deployment, tenant, id);
        return [{ action: 'userReleased', resource: { type: 'User', id } }, undefined];
      }),
  };
}
