import { userChargeKey } from '../../lambda/directory/brake';
import { type Counter, type HourCount, leftOf } from '../../lambda/directory/hour-count';
import { retry } from '../../lambda/directory/retry';
import type { TenantState } from '../../lambda/directory/tenant-state';
import { readHourCount, writeHourCount } from '../../lambda/store/hour-counts';
import type { Tables } from '../../lambda/store/tables';
import type { Tenant } from '../../lambda/tenants/tenant';
import type { Deployment } from '../connection/open';
import { OperatorError } from '../error';
import { changeTenantState } from './state';

const counters: readonly Counter[] = ['users', 'members'];

/** How long a release lasts at least, in milliseconds. */
const shortestRelease = 3_600_000;

/** Maximum number of users that are released one by one while everything else is held. */
const mostReleased = 100;

/** What the brake holds. */
export interface Hold {
  readonly counter: Counter;
  /** ISO 8601 in UTC. */
  readonly since: string;
  /** How many were changed within the hour before, and how many may be. */
  readonly counted: number;
  readonly limit: number;
  /** How many users the tenant had. */
  readonly users: number;
}

/** What operators have set for a tenant, and what its brake holds. */
export type Standing = TenantState & { readonly holds?: readonly Hold[] };

/** Reads what operators have set for a tenant, and what its brake holds. */
export async function readStanding({ services, tables }: Deployment, tenantId: string): Promise<Standing> {
  const state = await services.tenants.readState(tenantId);
  if (!state.brake) return state;
  const holds = await readHolds(tables, tenantId, state);
  return holds.length === 0 ? state : { ...state, holds };
}

async function readHolds(tables: Tables, tenantId: string, { releasedUntil }: TenantState): Promise<readonly Hold[]> {
  const read = counters.map(async (counter): Promise<readonly Hold[]> => {
    const count = (await readHourCount(tables, tenantId, 'brake', counter))?.count;
    if (count?.held === undefined) return [];
    const since = new Date(count.held).toISOString();
    // A hold of the seconds in which a release took effect.
    if (releasedUntil !== undefined && since < releasedUntil) return [];
    return [{ counter, since, counted: count.limit - leftOf(count), limit: count.limit, users: count.users }];
  });
  return (await Promise.all(read)).flat();
}

/**
 * Turns the brake of a tenant on or off. Counting begins when it is turned on; what it holds is released when it is
 * turned off.
 * @throws OperatorError when the tenant is deleted
 */
export async function setBrake(deployment: Deployment, tenant: Tenant, on: boolean): Promise<void> {
  const { services, tables } = deployment;
  if (on && (await services.tenants.readState(tenant.tenantId)).brake) return;
  const releasedUntil = services.clock().toISOString();
  await changeTenantState(services, tenant, on ? { brake: true, releasedUntil } : { brake: undefined, releasedUntil });
  await endHolds(tables, tenant.tenantId);
}

/**
 * Releases what the brake holds, and everything else until a time.
 * @param span how long from now, in milliseconds; by default as long as it was held, and an hour more: an identity
 *   provider that doubles its pauses has then repeated every request
 * @returns until when nothing is held, as ISO 8601 in UTC
 * @throws OperatorError when the brake is off, or holds nothing and no span is given
 */
export async function releaseTenant(deployment: Deployment, tenant: Tenant, span?: number): Promise<string> {
  const { services, tables } = deployment;
  const { holds = [] } = await requireBrake(deployment, tenant);
  const now = services.clock().getTime();
  if (span === undefined && holds.length === 0) throw nothingHeld(tenant);
  const first = Math.min(now, ...holds.map(({ since }) => Date.parse(since)));
  const releasedUntil = new Date(now + (span ?? now - first + shortestRelease)).toISOString();
  await changeTenantState(services, tenant, { releasedUntil });
  await endHolds(tables, tenant.tenantId);
  return releasedUntil;
}

/**
 * Lets the disabling or the deletion of one user through while everything else is held.
 * @throws OperatorError when the brake is off or holds no users, or too many were released one by one
 */
export async function releaseUser(deployment: Deployment, tenant: Tenant, userId: string): Promise<void> {
  const { holds = [] } = await requireBrake(deployment, tenant);
  if (!holds.some(({ counter }) => counter === 'users')) throw nothingHeld(tenant);
  await change(deployment.tables, tenant.tenantId, 'users', (count) => {
    if (count.released.size >= mostReleased) {
      throw new OperatorError(`${mostReleased} users of tenant ${tenant.label} are released one by one: release all.`, {
        remedy: { operation: 'release tenant', values: { tenant: tenant.label } },
      });
    }
    return { ...count, released: new Set([...count.released, userChargeKey(userId)]) };
  });
}

async function requireBrake(deployment: Deployment, { tenantId, label }: Tenant): Promise<Standing> {
  const standing = await readStanding(deployment, tenantId);
  if (standing.brake) return standing;
  throw new OperatorError(`The brake of tenant ${label} is off: it holds nothing.`, {
    remedy: { operation: 'turn brake on', values: { tenant: label } },
  });
}

function nothingHeld({ label }: Tenant): OperatorError {
  return new OperatorError(
    `The brake of tenant ${label} holds nothing. To let a planned change through, say for how long.`,
    {
      remedy: { operation: 'release tenant', values: { tenant: label } },
    },
  );
}

async function endHolds(tables: Tables, tenantId: string): Promise<void> {
  for (const counter of counters) {
    await change(tables, tenantId, counter, ({ held: _, ...count }) => ({
      ...count,
      entries: new Map(),
      released: new Set(),
    }));
  }
}

/** Changes a counter of the brake, if there is one, however often requests change it meanwhile. */
function change(
  tables: Tables,
  tenantId: string,
  counter: Counter,
  next: (count: HourCount) => HourCount,
): Promise<void> {
  return retry(async () => {
    const stored = await readHourCount(tables, tenantId, 'brake', counter);
    if (stored) await writeHourCount(tables, tenantId, 'brake', counter, next(stored.count), stored.version);
  });
}

const heldOf: Readonly<Record<Counter, string>> = {
  users: 'users disabled or deleted',
  members: 'members removed from groups',
};

/** What the brake holds, since when and why: the rest of a sentence that begins with the brake. */
export function describeHolds(holds: readonly Hold[], formatTime: (time: string) => string): string {
  return holds
    .map(
      ({ counter, since, counted, limit }) =>
        `holds since ${formatTime(since)}: ${counted} ${heldOf[counter]} within an hour, limit ${limit}`,
    )
    .join('; ');
}
