import { nameHash, namePartition, subjectPartition } from '../../lambda/activity/keys';
import type { ActivityRow } from '../../lambda/activity/row';
import { isId } from '../../lambda/directory/id';
import type { ResourceType } from '../../lambda/directory/resource-types';
import { fold } from '../../lambda/scim/text/fold';
import { OperatorError } from '../error';
import { queryRows, type RowPartition, rowsOfSubject, rowsOfTenant } from '../store/activity';
import type { OpenActivity } from './open';

/** A user or group of which there is activity; it may be deleted, or never have been created. */
export interface Subject {
  /** The ids under which it is known: none if it was never created. */
  readonly ids: readonly string[];
  readonly name?: string;
  readonly partitions: readonly RowPartition[];
}

/**
 * Finds a user or group by its id, or by the userName or displayName that it has, had last, or would have had.
 * @throws OperatorError if the directory has no such resource, and no row names one
 */
export async function findSubject(activity: OpenActivity, type: ResourceType, wanted: string): Promise<Subject> {
  const { tenant } = activity;
  const known = await findInDirectory(activity, type, wanted);
  if (known) return subjectOf(tenant, type, [known.id], known.name);
  if (isId(wanted)) return subjectOf(tenant, type, [wanted]);
  const former = await findFormer(activity, type, wanted);
  if (former) return subjectOf(tenant, type, former, wanted);
  throw new OperatorError(
    `Tenant ${tenant.label} has no ${type.name} ${JSON.stringify(wanted)}, and no activity that is kept names one: check the spelling, or use the id.`,
    { remedy: { operation: type.name === 'User' ? 'list users' : 'list groups', values: { tenant: tenant.label } } },
  );
}

function subjectOf(
  { tenantId }: OpenActivity['tenant'],
  { name: type }: ResourceType,
  ids: readonly string[],
  name?: string,
): Subject {
  return {
    ids,
    ...(name !== undefined && { name }),
    partitions: [
      ...ids.map((id) => rowsOfSubject(subjectPartition(tenantId, id))),
      ...(name === undefined ? [] : [rowsOfSubject(namePartition(tenantId, nameHash(tenantId, type, name)))]),
    ],
  };
}

/** The resource that has this id or name now. */
export async function findInDirectory(
  { deployment: { store }, tenant }: OpenActivity,
  type: ResourceType,
  wanted: string,
) {
  const [index] = type.indexes;
  if (!index) return undefined;
  const collection = { tenantId: tenant.tenantId, type: type.name };
  const named = await store.find(collection, index.index, fold(wanted), 1);
  for (const id of [...(isId(wanted) ? [wanted] : []), ...named]) {
    const stored = await store.get(collection, id);
    if (stored) return { id, name: String(stored.resource[index.attribute]), modified: stored.modified };
  }
  return undefined;
}

/**
 * The ids under which the latest rows know a name, or an id, that no resource has any more: a query of the tenant's rows,
 * newest first, up to the first one that names it and an id. Nothing if no row names it; rows that were erased do not.
 */
export async function findFormer(
  { table, tenant, deployment }: OpenActivity,
  { name: type }: ResourceType,
  wanted: string,
): Promise<readonly string[] | undefined> {
  const name = fold(wanted);
  const isNamed = ({ resource, personal }: ActivityRow) =>
    resource?.type === type &&
    [personal && resource.id, personal?.name, personal?.before].some(
      (each) => each !== undefined && fold(each) === name,
    );
  const selection = { now: deployment.services.clock(), order: 'newest first' } as const;
  let isKnown = false;
  for await (const row of queryRows(table, rowsOfTenant(tenant.tenantId), selection)) {
    if (!isNamed(row)) continue;
    isKnown = true;
    if (row.resource?.id !== undefined) return [row.resource.id];
  }
  return isKnown ? [] : undefined;
}
