import { groupType, userType } from '../../lambda/directory/resource-types';
import type { StoredResource } from '../../lambda/directory/store';
import type { Tenant } from '../../lambda/tenants/tenant';
import type { Deployment } from '../connection/open';
import { resourcesOfType } from '../directory/resources';
import { readTenantRoles } from '../store/role-mapping';
import { listBodies } from '../store/tombstone-bodies';
import { listDeletions } from '../store/tombstones';
import { stopIfAborted, type Task } from '../task';
import {
  type ExportedResource,
  type ExportHead,
  type ExportLine,
  type ExportTotals,
  exportFormat,
} from './export-format';

/**
 * All users, groups and memberships of a tenant, deleted ones as far as they are kept, and the mapping of groups to roles,
 * as the lines of an export; the last line has the totals, which are also reported line by line. Changes made during the export may or may not be included.
 * @throws OperatorError when it is aborted
 */
export async function* exportTenant(
  deployment: Deployment,
  tenant: Tenant,
  task: Task<ExportTotals> = {},
): AsyncIterable<ExportHead | ExportLine> {
  const totals = { users: 0, groups: 0, memberships: 0, tombstones: 0, deleted: 0, roles: 0 };
  for await (const line of lines(deployment, tenant)) {
    if ('user' in line) totals.users++;
    if ('group' in line) totals.groups++;
    if ('membership' in line) totals.memberships++;
    if ('tombstone' in line) totals.tombstones++;
    if ('deleted' in line) totals.deleted++;
    if ('roles' in line) totals.roles++;
    stopIfAborted(task, 'start the export again.');
    task.onProgress?.(totals);
    yield line;
  }
  yield { end: totals };
}

async function* lines(deployment: Deployment, tenant: Tenant): AsyncIterable<ExportHead | ExportLine> {
  yield headOf(tenant, deployment.services.clock());
  for await (const user of resourcesOfType(deployment, tenant, userType)) yield { user: withoutNote(user) };
  for await (const group of resourcesOfType(deployment, tenant, groupType)) yield { group: withoutNote(group) };
  for await (const { id } of resourcesOfType(deployment, tenant, groupType)) {
    const members = await deployment.store.members(tenant.tenantId, [id]);
    for (const { value, type } of members.get(id) ?? []) {
      yield { membership: { group: id, member: value, ...(type === 'Group' ? { type } : {}) } };
    }
  }
  const deletions = listDeletions(deployment.tables, tenant.tenantId, deployment.services.clock());
  for await (const tombstone of deletions) yield { tombstone };
  const bodies = listBodies(deployment.tables, tenant.tenantId, deployment.services.clock());
  for await (const deleted of bodies) if (deleted.kept) yield { deleted };
  const roles = await readTenantRoles(deployment.tables, tenant.tenantId);
  if (roles) yield { roles: roles.mapping };
}

/** Who changed it last means nothing in another tenant. */
function withoutNote({ by: _, ...resource }: StoredResource): ExportedResource {
  return resource;
}

function headOf({ tenantId, label, profile }: Tenant, now: Date): ExportHead {
  return { export: 'serverless-scim', format: exportFormat, tenantId, label, profile, exported: now.toISOString() };
}
