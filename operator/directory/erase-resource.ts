import { indexEntries } from '../../lambda/directory/index-entries';
import type { ResourceType } from '../../lambda/directory/resource-types';
import { retry } from '../../lambda/directory/retry';
import type { StoredResource } from '../../lambda/directory/store';
import type { Resource } from '../../lambda/scim/resource/resource';
import { resourceView } from '../../lambda/scim/schema/view';
import type { Tenant } from '../../lambda/tenants/tenant';
import { findFormer } from '../activity/subject';
import type { DataAccess, Deployment } from '../connection/open';
import { OperatorError } from '../error';
import { deleteBodies, listBodies } from '../store/tombstone-bodies';
import { identifyingEntries, nameAttributes, nameOf, namesIn } from './identity';
import { requireLocalChanges } from './local-changes';

/** What the erasure of one user or group deletes. */
export interface Erasable {
  /** The id of the one that exists, if it does. */
  readonly living?: string;
  /** The ids of the deleted ones that are kept: with that id, or with the same name or externalId. */
  readonly deleted: readonly string[];
  /** All its ids, also such as only the activity knows. */
  readonly ids: readonly string[];
  /** What names it in texts: names, emails. */
  readonly names: readonly string[];
  /** Its userName or displayName, or what was asked for. */
  readonly name: string;
}

/**
 * Finds what the erasure of one user or group deletes.
 * @param wanted its id, userName or displayName; what exists under another id is never found by a deleted one's id
 * @throws OperatorError if there is nothing
 */
export async function findErasable(
  deployment: Deployment,
  tenant: Tenant,
  type: ResourceType,
  wanted: string,
): Promise<Erasable> {
  const living = await findLiving(deployment, tenant, type, wanted);
  const kept = await keptOnes(deployment, tenant, type);
  const itself = kept.find(({ id }) => id === wanted);
  const values = new Set([
    ...valuesOf(tenant, type, { [nameAttributes[type.name]]: wanted }),
    ...valuesOf(tenant, type, living?.resource ?? {}),
    ...(itself?.values ?? []),
  ]);
  const same = kept.filter(
    (each) => [wanted, living?.id].includes(each.id) || each.values.some((value) => values.has(value)),
  );
  const traces = living || same.length > 0 ? [] : await findTraces(deployment, tenant, type, wanted);
  if (!traces) throw nothingToErase(tenant, type, wanted);
  const deleted = same.map(({ id }) => id);
  const name = living ? nameOf(type.name, living.resource) : itself?.name;
  return {
    ...(living && { living: living.id }),
    deleted,
    ids: [...(living ? [living.id] : []), ...deleted, ...traces],
    names: [wanted, ...namesIn(type.name, living?.resource ?? {}), ...same.flatMap(({ names }) => names)],
    name: name ?? wanted,
  };
}

/**
 * Erases a user or group: the one that exists, with its memberships, and what is kept of deleted ones. Only random ids
 * and the times of the deletions remain, for a year. A second run completes an interrupted one.
 * @throws OperatorError if it exists and operators may not change users and groups
 */
export async function eraseResource(
  { store, services, tables }: DataAccess,
  tenant: Tenant,
  type: ResourceType,
  { living, deleted }: Erasable,
): Promise<void> {
  const { tenantId, profile } = tenant;
  const collection = { tenantId, type: type.name };
  if (living !== undefined) {
    await requireLocalChanges(services, tenant);
    await retry(async () => {
      const stored = await store.get(collection, living);
      if (!stored) return;
      const entries = indexEntries(type, resourceView(profile, type.name), stored.resource);
      // Without a note nothing of it is kept, not even from the stream.
      await store.remove(collection, { stored, entries }, { deleted: services.clock().toISOString() });
    });
  }
  await deleteBodies(tables, tenantId, deleted);
}

async function findLiving(
  { store }: DataAccess,
  tenant: Tenant,
  type: ResourceType,
  wanted: string,
): Promise<StoredResource | undefined> {
  const collection = { tenantId: tenant.tenantId, type: type.name };
  const byId = await store.get(collection, wanted);
  if (byId) return byId;
  for (const { index, key } of identifyingEntries(tenant, type, { [nameAttributes[type.name]]: wanted })) {
    const [id] = await store.find(collection, index, key, 1);
    if (id !== undefined) return store.get(collection, id);
  }
  return undefined;
}

/** A deleted resource that is kept, without what can be large. */
interface Kept {
  readonly id: string;
  readonly name: string | undefined;
  readonly values: readonly string[];
  readonly names: readonly string[];
}

async function keptOnes(
  { tables, services }: DataAccess,
  tenant: Tenant,
  type: ResourceType,
): Promise<readonly Kept[]> {
  const found: Kept[] = [];
  for await (const { id, type: its, kept } of listBodies(tables, tenant.tenantId, services.clock())) {
    const { resource = {} } = kept?.stored ?? {};
    if (its !== type.name) continue;
    const values = valuesOf(tenant, type, resource);
    found.push({ id, name: nameOf(its, resource), values, names: namesIn(its, resource) });
  }
  return found;
}

/** The ids of what only the activity knows, if it does: a user that was never created has none. */
async function findTraces(
  deployment: Deployment,
  tenant: Tenant,
  type: ResourceType,
  wanted: string,
): Promise<readonly string[] | undefined> {
  const { activity: table } = deployment;
  return table && findFormer({ deployment, table, tenant }, type, wanted);
}

/** The name and the externalId of a resource as they are compared. */
function valuesOf(tenant: Tenant, type: ResourceType, resource: Resource): readonly string[] {
  return identifyingEntries(tenant, type, resource).map(({ index, key }) => `${index} ${key}`);
}

function nothingToErase({ label }: Tenant, type: ResourceType, wanted: string): OperatorError {
  return new OperatorError(
    `Tenant ${label} has no ${type.name}, and none that was deleted and is kept, with the id or ` +
      `${nameAttributes[type.name]} "${wanted}": check the spelling. If it was deleted long ago, there is nothing to erase.`,
    { remedy: { operation: type.name === 'User' ? 'list users' : 'list groups', values: { tenant: label } } },
  );
}
