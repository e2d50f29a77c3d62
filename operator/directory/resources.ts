import type { ResourceType } from '../../lambda/directory/resource-types';
import type { StoredResource } from '../../lambda/directory/store';
import type { Tenant } from '../../lambda/tenants/tenant';
import type { Deployment } from '../connection/open';

const pageSize = 100;

/** All resources of a type in the order of their ids, read one page at a time. */
export async function* resourcesOfType(
  { store }: Pick<Deployment, 'store'>,
  { tenantId }: Pick<Tenant, 'tenantId'>,
  { name: type }: ResourceType,
): AsyncIterable<StoredResource> {
  let after: string | undefined;
  do {
    const page = await store.page({ tenantId, type }, { after, limit: pageSize });
    yield* page.resources;
    after = page.more ? page.resources.at(-1)?.id : undefined;
  } while (after !== undefined);
}
