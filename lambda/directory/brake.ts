import { ScimError } from '../scim/message/error';
import type { Context } from './context';
import { type Charge, type Counter, chargeKey, limitOf } from './hour-count';
import type { StoredResource } from './store';
import type { TenantState } from './tenant-state';
import { isTestResource } from './test-domain';

/** Seconds in the `Retry-After` of the response to a request that is held. */
const heldRetryAfter = 600;

/** What a counter counts, in messages. */
const counted: Readonly<Record<Counter, string>> = {
  users: 'users that may be disabled or deleted',
  members: 'members that may be removed from groups in bulk',
};

/** The brake holds a request: a 429 response. It has changed nothing. */
export class Held extends ScimError {
  constructor(counter: Counter) {
    super(
      429,
      undefined,
      `Held by the brake: this tenant has reached the number of ${counted[counter]} within an hour. Nothing was changed. ` +
        'An operator of this endpoint must look at it and release the tenant. Send the request again later.',
      { 'Retry-After': String(heldRetryAfter) },
    );
  }
}

/** Whether changes of a tenant are held past their limit now. */
function brakes({ brake, releasedUntil }: TenantState, now: Date): boolean {
  return brake === true && !(releasedUntil !== undefined && Date.parse(releasedUntil) > now.getTime());
}

/** The key by which a user counts once, however often it is disabled and deleted within an hour. */
export function userChargeKey(id: string): string {
  return chargeKey(`user ${id}`);
}

/** The most members that are counted: more than every limit, so that more are held in any case. */
const mostMembers = limitOf('members', Number.POSITIVE_INFINITY) + 1;

/**
 * Counts a change, before it is written, if it disables a user. A user or group that takes a name of the doctor's counts
 * as deleted: nothing that follows would count. @throws Held past the limit
 */
export async function brakeChange(context: Context, before: StoredResource, after: StoredResource): Promise<void> {
  const { name } = context.type;
  if (isTestResource(name, before.resource)) return;
  if (isTestResource(name, after.resource)) return brakeRemoval(context, before);
  if (name !== 'User' || before.resource.active === false || after.resource.active !== false) return;
  await brake(context, async () => ({ counter: 'users', key: userChargeKey(after.id), amount: 1 }));
}

/**
 * Counts the deletion of a user, or of a group with its members, before it is written. A group counts as one member at
 * least. @throws Held past the limit
 */
export async function brakeRemoval(context: Context, { id, resource }: StoredResource): Promise<void> {
  const { type, store, collection } = context;
  if (isTestResource(type.name, resource)) return;
  await brake(context, async () =>
    type.name === 'User'
      ? { counter: 'users', key: userChargeKey(id), amount: 1 }
      : {
          counter: 'members',
          key: chargeKey(`group ${id}`),
          amount: Math.max(1, await store.countMembers(collection.tenantId, id, mostMembers)),
        },
  );
}

/**
 * Counts members that a request removes from a group, before they are; one member is never held. A request that is
 * repeated because it failed halfway finds the group at the same version, and counts once.
 * @throws Held past the limit
 */
export async function brakeMembers(
  context: Context,
  { id, version, resource }: StoredResource,
  removed: number,
): Promise<void> {
  if (removed < 2 || isTestResource('Group', resource)) return;
  await brake(context, async () => ({ counter: 'members', key: chargeKey(`group ${id} ${version}`), amount: removed }));
}

/** Nothing is counted for a tenant without the brake. */
async function brake({ store, services, request }: Context, makeCharge: () => Promise<Charge>): Promise<void> {
  const now = services.now();
  const state = await request.state;
  if (!brakes(state, now)) return;
  const change = await makeCharge();
  const since = state.releasedUntil === undefined ? 0 : Date.parse(state.releasedUntil);
  const { within } = await store.charge(request.caller.tenantId, change, { now: now.getTime(), since });
  if (!within) throw new Held(change.counter);
}
