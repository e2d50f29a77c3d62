import { indexEntries } from '../lambda/directory/index-entries';
import { groupType, type ResourceType, userType } from '../lambda/directory/resource-types';
import type { Collection, StoredResource } from '../lambda/directory/store';
import { resourceView } from '../lambda/scim/schema/view';
import type { Tenant } from '../lambda/tenants/tenant';
import type { Deployment } from './deployment';

const pageSize = 100;

/** Deletes all that a tenant's directory holds, groups first, a page at a time. Doing it again completes it. */
export async function eraseDirectory({ store, services }: Deployment, tenant: Tenant): Promise<void> {
  for (const type of [groupType, userType]) {
    const collection: Collection = { tenantId: tenant.tenantId, type: type.name };
    const remove = async (stored: StoredResource) => {
      const entries = entriesOf(type, tenant, stored);
      await store.remove(collection, { stored, entries }, services.clock().toISOString());
    };
    for (let more = true; more; ) {
      const page = await store.page(collection, { after: undefined, limit: pageSize });
      for (const stored of page.resources) await remove(stored);
      more = page.resources.length > 0;
    }
  }
}

function entriesOf(type: ResourceType, { profile }: Tenant, { resource }: StoredResource) {
  return indexEntries(type, resourceView(profile, type.name), resource);
}
