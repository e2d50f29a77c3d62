import { nameHash, namePartition, rowSortKey, subjectPartition } from '../../lambda/activity/keys';
import type { ActivityRow } from '../../lambda/activity/row';
import type { ResourceType } from '../../lambda/directory/resource-types';
import { fold } from '../../lambda/scim/text/fold';
import { failuresOfTenant, queryRows, type RowPartition, rowsOfSubject, rowsOfTenant } from '../store/activity';
import { hasWordsOf } from '../text/words';
import type { OpenActivity } from './open';

/** How many rows of each kind are returned, and how many of the latest rows of a tenant are examined for a name. */
const bounds = { rows: 20, examined: 2_000 };

/**
 * The failures that name a user or group, the newest first: those of one that has never been created, by the hash of its
 * name; those of existing ones by their ids; and the latest of the tenant whose name or detail has the words of the text.
 */
export async function traceFailures(
  activity: OpenActivity,
  type: ResourceType,
  text: string,
  ids: readonly string[],
): Promise<readonly ActivityRow[]> {
  const { tenantId } = activity.tenant;
  const ofName = rowsOfSubject(namePartition(tenantId, nameHash(tenantId, type.name, text)));
  const ofIds = ids.map((id) => rowsOfSubject(subjectPartition(tenantId, id)));
  const fits = hasWordsOf(text);
  const contains = ({ resource, personal }: ActivityRow) =>
    resource?.type === type.name && [personal?.name, personal?.detail].some((each) => each && fits(each));
  const found = await Promise.all([
    ...[ofName, ...ofIds].map((partition) => latest(activity, partition, bounds.rows)),
    latest(activity, failuresOfTenant(tenantId), bounds.examined).then((rows) => rows.filter(contains)),
  ]);
  const rows = new Map(found.flat().map((row) => [rowSortKey(row.time, row.rowId), row]));
  return [...rows]
    .sort(([a], [b]) => (a < b ? 1 : -1))
    .slice(0, bounds.rows)
    .map(([, row]) => row);
}

async function latest(
  { table, deployment }: OpenActivity,
  partition: RowPartition,
  count: number,
): Promise<readonly ActivityRow[]> {
  const rows: ActivityRow[] = [];
  const selection = { now: deployment.services.clock(), kinds: ['failure'], order: 'newest first' } as const;
  for await (const row of queryRows(table, partition, selection)) {
    if (row.personal) rows.push(row);
    if (rows.length === count) break;
  }
  return rows;
}

/** The last change of a user or group with this name, among the latest rows of the tenant: it may be deleted by now. */
export async function traceChange(
  { table, tenant, deployment }: OpenActivity,
  type: ResourceType,
  text: string,
): Promise<ActivityRow | undefined> {
  const wanted = fold(text);
  const selection = { now: deployment.services.clock(), order: 'newest first', pageSize: bounds.examined } as const;
  let left = bounds.examined;
  for await (const row of queryRows(table, rowsOfTenant(tenant.tenantId), selection)) {
    const { kind, resource, personal } = row;
    const isNamed = [resource?.id, personal?.name, personal?.before].some((each) => each && fold(each) === wanted);
    if (isNamed && kind === 'change' && resource?.type === type.name) return row;
    if (--left === 0) break;
  }
  return undefined;
}
