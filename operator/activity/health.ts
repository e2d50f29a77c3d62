import type { ActivityRow } from '../../lambda/activity/row';
import { nextEnd } from '../../lambda/tenants/client';
import { isExpired, type Tenant } from '../../lambda/tenants/tenant';
import type { Deployment } from '../connection/open';
import { queryRows, rowsOfTenant } from '../store/activity';
import { countDisabledUsers } from '../store/disabled-users';
import { stopIfAborted, type Task } from '../task';
import { readStanding, type Standing } from '../tenants/brake';
import { countTenant } from '../tenants/stats';
import { countFailures, type FailureKind, type RepeatedFailure } from './failures';
import { activityTable, type OpenActivity } from './open';

const day = 24 * 3_600_000;

/** Credentials that expire within this time need attention, in milliseconds. */
const soon = 30 * day;

/** A credential that has expired or will soon. */
export interface EndingCredential {
  readonly kind: 'token' | 'client';
  readonly credential: string;
  readonly label?: string;
  readonly expires: string;
  readonly expired: boolean;
}

/** How many users a tenant has. */
export interface UserCounts {
  readonly enabled: number;
  readonly disabled: number;
}

/** How a tenant does, from its activity and its directory. */
export interface TenantHealth extends Pick<Tenant, 'tenantId' | 'label' | 'state'> {
  readonly now: Standing;
  /** The last request of a credential that succeeded: a change, or the first read of its kind in an hour. */
  readonly lastSuccess?: ActivityRow;
  /** Failures of the last day by kind, the most frequent first. */
  readonly failures: readonly FailureKind[];
  readonly users: number;
  readonly groups: number;
  readonly repeated: readonly RepeatedFailure[];
  readonly ending: readonly EndingCredential[];
}

/** Examines a tenant. @throws OperatorError if the deployment keeps no activity */
export async function examineTenant(deployment: Deployment, tenant: Tenant): Promise<TenantHealth> {
  const { tenantId, label, state } = tenant;
  const { clock } = deployment.services;
  const activity: OpenActivity = { deployment, table: activityTable(deployment), tenant };
  const since = new Date(clock().getTime() - day);
  const [now, lastSuccess, { kinds, repeated }, { users, groups }] = await Promise.all([
    readStanding(deployment, tenantId),
    findLastSuccess(activity),
    countFailures(activity, since),
    countTenant(deployment, tenant),
  ]);
  return {
    tenantId,
    label,
    state,
    now,
    ...(lastSuccess && { lastSuccess }),
    failures: kinds,
    users,
    groups,
    repeated,
    ending: findEnding(tenant, clock()),
  };
}

/**
 * Counts the enabled and the disabled users of a tenant. Nothing keeps these numbers, so it reads all users, and reports
 * how many it has read.
 * @throws OperatorError if it is aborted
 */
export async function countUsers(
  { store, tables }: Deployment,
  { tenantId }: Tenant,
  task: Task<number> = {},
): Promise<UserCounts> {
  const disabled = await countDisabledUsers(tables, tenantId, (read) => {
    stopIfAborted(task, 'nothing was changed.');
    task.onProgress?.(read);
  });
  const users = await store.count({ tenantId, type: 'User' });
  return { enabled: Math.max(0, users - disabled), disabled };
}

async function findLastSuccess({ deployment, table, tenant }: OpenActivity): Promise<ActivityRow | undefined> {
  const rows = queryRows(table, rowsOfTenant(tenant.tenantId), {
    now: deployment.services.clock(),
    kinds: ['change', 'read'],
    order: 'newest first',
    pageSize: 100,
  });
  for await (const row of rows) if (!row.actor.operator) return row;
  return undefined;
}

/** Tokens, and the secrets of clients, that have ended or will soon. */
export function findEnding({ tokens, clients }: Tenant, now: Date): readonly EndingCredential[] {
  const all = [
    ...[...tokens].map(([credential, { label, expires }]) => ({ kind: 'token' as const, credential, label, expires })),
    ...[...clients].map(([credential, client]) => {
      return { kind: 'client' as const, credential, label: client.label, expires: nextEnd(client, now) };
    }),
  ];
  return all.flatMap(({ kind, credential, label, expires }) => {
    if (expires === undefined || Date.parse(expires) - now.getTime() >= soon) return [];
    const expired = isExpired({ expires }, now);
    return [{ kind, credential, ...(label !== undefined && { label }), expires, expired }];
  });
}
