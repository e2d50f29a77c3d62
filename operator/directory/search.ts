import { isId } from '../../lambda/directory/id';
import { indexKey } from '../../lambda/directory/index-entries';
import type { AttributeIndex, ResourceType } from '../../lambda/directory/resource-types';
import type { StoredResource } from '../../lambda/directory/store';
import { isObject } from '../../lambda/scim/json';
import { ScimError } from '../../lambda/scim/message/error';
import type { Tenant } from '../../lambda/tenants/tenant';
import type { Deployment } from '../connection/open';
import { hasWordsOf } from '../text/words';
import { nameAttributes } from './identity';

/** How many are returned where a value need not be unique, and how many similar ones. */
const most = 20;

/** How many resources, and how many bytes of them, are examined for similar names: as a filter without an index does. */
const examined = { resources: 10_000, bytes: 8_000_000 };

/**
 * The users or groups with exactly this id, name, email or externalId, by the indexes: a query for each, and one read.
 */
export async function findExactly(
  { store }: Pick<Deployment, 'store'>,
  { tenantId }: Pick<Tenant, 'tenantId'>,
  type: ResourceType,
  text: string,
): Promise<readonly StoredResource[]> {
  const collection = { tenantId, type: type.name };
  const look = (index: AttributeIndex) => store.find(collection, index.index, indexKey(index, text), most);
  const ids = (await Promise.all(type.indexes.map(look))).flat();
  return store.getMany(collection, [...new Set([...(isId(text) ? [text] : []), ...ids])]);
}

/** Users or groups whose names have the words of a text. */
export interface SimilarResources {
  readonly found: readonly StoredResource[];
  /** The directory is too large to examine all of it: others may have it as well. */
  readonly tooMany: boolean;
}

/**
 * The users or groups whose name, display name and email have every word of a text as a part. No index helps, so it
 * reads the directory up to a bound.
 */
export async function findSimilar(
  { store }: Pick<Deployment, 'store'>,
  { tenantId }: Pick<Tenant, 'tenantId'>,
  type: ResourceType,
  text: string,
): Promise<SimilarResources> {
  const collection = { tenantId, type: type.name };
  const all = await store.query(collection, examined.resources, examined.bytes).catch((error: unknown) => {
    if (error instanceof ScimError && error.scimType === 'tooMany') return undefined;
    throw error;
  });
  const fits = hasWordsOf(text);
  const found = (all ?? []).filter((stored) => fits(namesOf(type, stored).join(' ')));
  return { found: found.slice(0, most), tooMany: all === undefined };
}

/** What people call a user or group by. */
function namesOf(type: ResourceType, { resource }: StoredResource): readonly string[] {
  const { displayName, name, emails } = resource;
  const parts = isObject(name) ? Object.values(name) : [];
  const addresses = Array.isArray(emails) ? emails.flatMap((email) => (isObject(email) ? [email.value] : [])) : [];
  const names = [resource[nameAttributes[type.name]], displayName, ...parts, ...addresses];
  return names.filter((each) => typeof each === 'string');
}
