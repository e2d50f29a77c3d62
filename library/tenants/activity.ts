import { subjectPartition } from '../../lambda/activity/keys';
import type { ActivityRow } from '../../lambda/activity/row';
import { readTenantState } from '../../lambda/store/tenant-state';
import { hasIdForm } from '../../lambda/tenants/id';
import { whatNeedsAttention } from '../../operator/activity/attention';
import { actorOf, describeRow } from '../../operator/activity/describe';
import { followActivity } from '../../operator/activity/follow';
import { examineTenant } from '../../operator/activity/health';
import { activityTable, type OpenActivity } from '../../operator/activity/open';
import { type ActivityFilter as RowFilter, readActivity } from '../../operator/activity/read';
import { readRefusals } from '../../operator/activity/refusals';
import type { Deployment } from '../../operator/connection/open';
import { rowsOfSubject } from '../../operator/store/activity';
import { withCall } from '../connection/calls';
import { UnknownTenantError } from '../errors';
import { dated } from './checked';
import { given } from './given';
import type { Session } from './session';

/** One entry of a tenant's activity. */
export interface ActivityEntry {
  /** Unique in the tenant. */
  readonly id: string;
  /** When it happened, as ISO 8601 in UTC. */
  readonly time: string;
  /** A change, a failed request, the first successful read in an hour, or what an operator or an application did. */
  readonly kind: 'change' | 'failure' | 'read' | 'action' | 'bodies';
  /** What happened, in words, without a full stop. It can name users and groups. */
  readonly sentence: string;
  /** The label or the id of the credential, or `operator`. */
  readonly actor: string;
  /** Of an operator: the AWS identity, or the `actor` that the application gave. */
  readonly identity?: string;
  /** The HTTP status of a failure. */
  readonly status?: number;
  /** What to do about a failure, and where the documentation says more. */
  readonly remedy?: { readonly do: string; readonly docs: string };
  /** The user or group; without an id if it could not be created. */
  readonly resource?: { readonly type: 'User' | 'Group'; readonly id?: string };
  /** The id of the request, which stands at the end of an error's detail. */
  readonly request?: string;
}

/** Which entries are read. */
export interface ActivityFilter {
  /** Only failures. */
  readonly failed?: boolean;
  /** Only what is about the user or group with this id. */
  readonly resourceId?: string;
  /** Only what a credential did: its id or label. */
  readonly credential?: string;
  /** Only from this time on. */
  readonly since?: Date;
}

/** A credential that was refused with 401. */
export interface Refusal {
  /** When, as ISO 8601 in UTC. */
  readonly time: string;
  /** The reason, such as `expired`. */
  readonly reason: string;
  /** The id of the credential; absent for a client that the token endpoint refused. */
  readonly credential?: string;
}

/** How a tenant does. */
export interface Health {
  /** Whether nothing needs attention. */
  readonly ok: boolean;
  /** What needs attention, a sentence or two each, with what to do. */
  readonly attention: readonly string[];
  /** The last successful request of the identity provider; absent if none is kept. */
  readonly lastSuccess?: ActivityEntry;
  /** The failures of the last day by kind, the most frequent first. */
  readonly failures: readonly { readonly count: number; readonly status: number; readonly last: ActivityEntry }[];
  /** How many users there are, disabled ones included. */
  readonly users: number;
  readonly groups: number;
}

/** What happened to a tenant, and why requests failed (`docs/activity.md`). */
export interface Activity {
  /**
   * Reads the activity, the newest first, to be read by `for await`; a page of it is in memory at a time. Entries of changes
   * come a few seconds after the request. `grantReadActivity` suffices.
   *
   * @throws UnknownTenantError if there never was such a tenant; of a deleted one, what operators did can still be read
   * @throws RefusedError if the deployment keeps no activity
   * @throws RangeError if `since` is no valid date
   */
  list(tenantId: string, filter?: ActivityFilter): AsyncIterable<ActivityEntry>;
  /**
   * Yields entries as they come, each once, until the signal aborts. It looks every two seconds. `grantReadActivity`
   * suffices.
   *
   * @throws as `list`
   */
  follow(tenantId: string, signal: AbortSignal, filter?: ActivityFilter): AsyncIterable<ActivityEntry>;
  /**
   * Reads which credentials were refused with 401, the oldest first, from the log of the authorizer. `grantReadActivity`
   * suffices.
   *
   * @param since from when on
   * @throws RangeError if that is no valid date
   */
  refusals(tenantId: string, since: Date): AsyncIterable<Refusal>;
  /**
   * Examines a tenant: the last success, the failures of the last day, and what needs attention. It needs
   * `grantManageTenants`.
   *
   * @throws UnknownTenantError if there is no such tenant
   * @throws RefusedError if the deployment keeps no activity
   */
  health(tenantId: string): Promise<Health>;
}

const grant = 'grantReadActivity';

/** The operations on activity. @internal */
export function activityOf(session: Session): Activity {
  return {
    list: (tenantId, filter = {}) =>
      session.iterate(async function* (deployment) {
        const activity = await openActivity(deployment, tenantId);
        for await (const row of readActivity(activity, rowFilter(tenantId, filter), 'newest first')) yield toEntry(row);
      }, grant),
    follow: (tenantId, signal, { since = new Date(), ...filter } = {}) =>
      session.iterate(async function* (deployment) {
        const activity = await openActivity(deployment, tenantId);
        const rows = followActivity(activity, { ...rowFilter(tenantId, { ...filter, since }), since }, signal);
        for await (const row of rows) yield toEntry(row);
      }, grant),
    refusals: (tenantId, since) =>
      session.iterate(async function* (deployment) {
        await requireTenant(deployment, tenantId);
        yield* readRefusals(deployment, tenantId, dated(since));
      }, grant),
    health: (tenantId) =>
      session.of(tenantId, async (deployment, tenant) => {
        const health = await examineTenant(deployment, await deployment.services.tenants.withLastUse(tenant));
        const attention = whatNeedsAttention(health).map(({ message, remedy, advice }) =>
          [withCall({ message, remedy }), advice?.do, advice?.docs].filter(Boolean).join(' '),
        );
        const { lastSuccess, failures, users, groups } = health;
        return {
          ok: attention.length === 0,
          attention,
          ...(lastSuccess && { lastSuccess: toEntry(lastSuccess) }),
          failures: failures.map(({ count, status, last }) => ({ count, status, last: toEntry(last) })),
          users,
          groups,
        };
      }),
  };
}

/** The activity of a tenant, also of one that was deleted. */
async function openActivity(deployment: Deployment, tenantId: string): Promise<OpenActivity> {
  await requireTenant(deployment, tenantId);
  return { deployment, table: activityTable(deployment), tenant: { tenantId, label: tenantId } };
}

async function requireTenant({ tables }: Deployment, tenantId: string): Promise<void> {
  const { created, deleted } = hasIdForm(tenantId) ? await readTenantState(tables, tenantId) : {};
  if (created === undefined && deleted === undefined) throw new UnknownTenantError(tenantId);
}

function rowFilter(tenantId: string, { resourceId, ...filter }: ActivityFilter): RowFilter {
  dated(filter.since);
  if (resourceId === undefined) return filter;
  const partitions = [rowsOfSubject(subjectPartition(tenantId, resourceId))];
  return { ...filter, subject: { ids: [resourceId], partitions } };
}

function toEntry(row: ActivityRow): ActivityEntry {
  const { rowId, time, kind, sentence, status, remedy, resource, request, actor } = describeRow(row);
  return {
    id: rowId,
    time,
    kind,
    sentence,
    actor: actorOf(row),
    ...given({ identity: actor.identity, status, remedy, resource, request }),
  };
}
