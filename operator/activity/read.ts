import type { ActivityRow, RowKind } from '../../lambda/activity/row';
import { failuresOfTenant, queryRows, type RowPartition, type RowSelection, rowsOfTenant } from '../store/activity';
import { mergeRows } from './merge';
import type { OpenActivity } from './open';
import type { Subject } from './subject';

/** The kinds of rows that lists have. The bodies of a request are shown with it only. */
const listed: readonly RowKind[] = ['change', 'failure', 'read', 'action'];

/** Which rows of a tenant are read. */
export interface ActivityFilter {
  readonly failed?: boolean;
  readonly subject?: Subject;
  /** Id or label of a credential. */
  readonly credential?: string;
  readonly since?: Date;
  /** Only rows whose sort key comes before this one; not together with `since`. */
  readonly before?: string;
}

/**
 * The rows of a tenant, a page at a time: however many there are, it holds one page. By tenant, by resource and failures
 * only, each is one query; a credential is a filter on it. Rows past their time are hidden.
 */
export function readActivity(
  { deployment, table, tenant }: OpenActivity,
  { failed = false, subject, credential, since, before }: ActivityFilter,
  order: RowSelection['order'],
  pageSize?: number,
): AsyncIterable<ActivityRow> {
  const partitions: readonly RowPartition[] = subject?.partitions ?? [
    failed ? failuresOfTenant(tenant.tenantId) : rowsOfTenant(tenant.tenantId),
  ];
  const selection: RowSelection = {
    now: deployment.services.clock(),
    order,
    ...(since && { since: since.toISOString() }),
    ...(before !== undefined && { before }),
    kinds: failed ? ['failure'] : listed,
    ...(credential !== undefined && { credential }),
    ...(pageSize !== undefined && { pageSize }),
  };
  const lists = partitions.map((partition) => queryRows(table, partition, selection));
  return mergeRows(lists, order);
}

/** The last rows, oldest first. */
export async function readLast(
  activity: OpenActivity,
  filter: ActivityFilter,
  count: number,
): Promise<readonly ActivityRow[]> {
  const rows: ActivityRow[] = [];
  for await (const row of readActivity(activity, filter, 'newest first', count)) {
    rows.push(row);
    if (rows.length === count) break;
  }
  return rows.reverse();
}
