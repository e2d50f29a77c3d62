import { indexEntries } from '../lambda/directory/index-entries';
import { groupType, type ResourceType, userType } from '../lambda/directory/resource-types';
import type { Collection, StoredResource } from '../lambda/directory/store';
import { resourceView } from '../lambda/scim/schema/view';
import { batchWrite } from '../lambda/store/batches';
import { countPartition, type DirectoryKey } from '../lambda/store/keys';
import { queryAll } from '../lambda/store/pages';
import { inParallel, type Tables } from '../lambda/store/tables';
import type { Tenant } from '../lambda/tenants/tenant';
import { OperatorError } from '../operator/error';
import type { Session } from './command';
import { progress } from './progress';

const pageSize = 100;

/**
 * Deletes all that a tenant's directory holds, groups first, a page at a time. Doing it again completes it. Memberships
 * past what one request deletes are swept from the stream, as after every deletion.
 * @throws OperatorError when the operator interrupts it
 */
export async function eraseDirectory({ deployment, terminal }: Session, tenant: Tenant): Promise<void> {
  const { store, services, tables } = deployment;
  const tell = progress(terminal, services.clock);
  let deleted = 0;
  for (const type of [groupType, userType]) {
    const collection: Collection = { tenantId: tenant.tenantId, type: type.name };
    const remove = (stored: StoredResource) =>
      store.remove(collection, { stored, entries: entriesOf(type, tenant, stored) }, services.clock().toISOString());
    for (let more = true; more; ) {
      const { resources } = await store.page(collection, { after: undefined, limit: pageSize });
      await inParallel(resources, remove);
      deleted += resources.length;
      more = resources.length > 0;
      if (terminal.interrupted.aborted) {
        throw new OperatorError(
          `Interrupted: tenant ${tenant.tenantId} is disabled and partly deleted; delete it again.`,
        );
      }
      tell(() => `Deleted ${deleted} users and groups`);
    }
    await eraseCounts(tables, collection);
  }
}

/** The rows that counted what was there; each says nought by now. */
async function eraseCounts(tables: Tables, collection: Collection): Promise<void> {
  const rows = await queryAll(tables, {
    TableName: tables.directory,
    KeyConditionExpression: 'pk = :pk',
    ProjectionExpression: 'pk, sk',
    ExpressionAttributeValues: { ':pk': countPartition(collection) },
    ConsistentRead: true,
  });
  const keys = rows as unknown as readonly DirectoryKey[];
  await batchWrite(
    tables,
    tables.directory,
    keys.map((key) => ({ delete: key })),
  );
}

function entriesOf(type: ResourceType, { profile }: Tenant, { resource }: StoredResource) {
  return indexEntries(type, resourceView(profile, type.name), resource);
}
