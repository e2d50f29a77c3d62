import { indexKey } from '../../lambda/directory/index-entries';
import type { AttributeIndex, ResourceType } from '../../lambda/directory/resource-types';
import type { IndexName, Store, StoredResource } from '../../lambda/directory/store';
import { isArray, isObject, type Json } from '../../lambda/scim/json';
import { AmbiguousError } from '../errors';

/** More than one is too many already; a few more are left out, because an entry can lead to what has changed since. */
const most = 10;

/**
 * The one resource that has a value: two round trips, strongly consistent.
 * @throws AmbiguousError if several have it
 */
export async function findOne(
  store: Pick<Store, 'find' | 'getMany'>,
  tenantId: string,
  type: ResourceType,
  name: IndexName,
  value: string,
): Promise<StoredResource | undefined> {
  const index = type.indexes.find((each) => each.index === name);
  if (!index) throw new Error(`${type.name} has no index ${name}.`);
  const collection = { tenantId, type: type.name };
  const key = indexKey(index, value);
  const ids = await store.find(collection, name, key, most);
  const found = ids.length === 0 ? [] : await store.getMany(collection, ids);
  // An entry may be older than the resource to which it leads.
  const having = found.filter(({ resource }) => keysIn(index, resource[index.attribute]).includes(key));
  if (having.length > 1)
    throw new AmbiguousError(
      type.name,
      index.attribute,
      having.map(({ id }) => id),
    );
  return having[0];
}

function keysIn(index: AttributeIndex, value: Json = []): readonly string[] {
  const texts = (isArray(value) ? value : [value]).map((each) => (isObject(each) ? each.value : each));
  return texts.flatMap((text) => (typeof text === 'string' ? [indexKey(index, text)] : []));
}
