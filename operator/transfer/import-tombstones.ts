import { isId } from '../../lambda/directory/id';
import { groupType, userType } from '../../lambda/directory/resource-types';
import { isObject, type Json } from '../../lambda/scim/json';
import { isTime } from '../../lambda/store/tombstones';
import type { Tenant } from '../../lambda/tenants/tenant';
import type { Deployment } from '../connection/open';
import { type NamedDeletion, putDeletions } from '../store/tombstones';
import type { ImportedLine } from './import-resource';

/**
 * Adds the tombstones of deleted users and groups from an export, so that a stale list of members cannot block the
 * removal of others in the new tenant either. One result each, in their order. A resource that exists is not deleted:
 * its line is reported as `same`.
 */
export async function importTombstones(
  { store, tables, services }: Pick<Deployment, 'store' | 'tables' | 'services'>,
  { tenantId }: Pick<Tenant, 'tenantId'>,
  exported: readonly Json[],
): Promise<readonly ImportedLine[]> {
  const deletions = exported.map(readExported);
  const ids = deletions.flatMap((deletion) => (deletion ? [deletion.id] : []));
  const [users, groups, known] = await Promise.all([
    store.existing({ tenantId, type: userType.name }, ids),
    store.existing({ tenantId, type: groupType.name }, ids),
    store.deletions(tenantId, ids, services.clock()),
  ]);
  const isThere = ({ id }: NamedDeletion) => users.has(id) || groups.has(id) || known.has(id);
  const added = new Map(
    deletions.flatMap((deletion) => (deletion && !isThere(deletion) ? [[deletion.id, deletion] as const] : [])),
  );
  await putDeletions(tables, tenantId, [...added.values()]);
  return deletions.map((deletion) => {
    if (!deletion) return { leftOut: 'it is not an exported tombstone' };
    return added.has(deletion.id) ? 'new' : 'same';
  });
}

function readExported(value: Json): NamedDeletion | undefined {
  if (!isObject(value) || typeof value.id !== 'string' || !isId(value.id) || !isTime(value.deleted)) return undefined;
  return { id: value.id, deleted: value.deleted };
}
