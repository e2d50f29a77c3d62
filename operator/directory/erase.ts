import { indexEntries } from '../../lambda/directory/index-entries';
import { groupType, type ResourceType, userType } from '../../lambda/directory/resource-types';
import type { Collection, StoredResource } from '../../lambda/directory/store';
import { resourceView } from '../../lambda/scim/schema/view';
import {
  countPartition,
  credentialUsePartition,
  hourCountPartition,
  invitationPartition,
  portalEventPartition,
  portalSessionPartition,
  portalSetupKey,
  roleMappingKey,
  tombstoneBodyPartition,
  tombstonePartition,
} from '../../lambda/store/keys';
import { inParallel } from '../../lambda/store/tables';
import type { Tenant } from '../../lambda/tenants/tenant';
import type { Deployment } from '../connection/open';
import { erasePartition } from '../store/erase-partition';
import { stopIfAborted, type Task } from '../task';

const pageSize = 100;

/**
 * Deletes all groups and users of a tenant, groups first, a page at a time, and then the tombstones. Reports how many
 * are deleted. A second run completes an interrupted one. The stream handler deletes the memberships that exceed the
 * limit of one request, as after every deletion.
 * @throws OperatorError when it is aborted
 */
export async function eraseDirectory(
  { store, services, tables }: Deployment,
  tenant: Tenant,
  task: Task<number> = {},
): Promise<void> {
  const { tenantId } = tenant;
  let deleted = 0;
  for (const type of [groupType, userType]) {
    const collection: Collection = { tenantId, type: type.name };
    const remove = (stored: StoredResource) =>
      store.remove(
        collection,
        { stored, entries: entriesOf(type, tenant, stored) },
        { deleted: services.clock().toISOString() },
      );
    for (let more = true; more; ) {
      const { resources } = await store.page(collection, { after: undefined, limit: pageSize });
      await inParallel(resources, remove);
      deleted += resources.length;
      more = resources.length > 0;
      stopIfAborted(task, `tenant ${tenantId} is disabled and partly deleted; delete it again.`);
      task.onProgress?.(deleted);
    }
    await erasePartition(tables, countPartition(collection));
  }
  await erasePartition(tables, tombstonePartition(tenantId));
  await erasePartition(tables, tombstoneBodyPartition(tenantId));
  await erasePartition(tables, credentialUsePartition(tenantId));
  await erasePartition(tables, hourCountPartition(tenantId));
  await erasePartition(tables, roleMappingKey(tenantId).pk);
  await erasePartition(tables, invitationPartition(tenantId));
  await erasePartition(tables, portalSessionPartition(tenantId));
  await erasePartition(tables, portalSetupKey(tenantId).pk);
  await erasePartition(tables, portalEventPartition(tenantId));
}

function entriesOf(type: ResourceType, { profile }: Tenant, { resource }: StoredResource) {
  return indexEntries(type, resourceView(profile, type.name), resource);
}
