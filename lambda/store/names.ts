import type { Collection } from '../directory/store';
import { isObject, type Json, type JsonObject, ownValue } from '../scim/json';
import { batchGet } from './batches';
import { resourceKey } from './keys';
import type { Tables } from './tables';

/** The names by which people know a resource. */
export interface ResourceNames {
  readonly externalId?: string;
  readonly userName?: string;
  readonly displayName?: string;
  readonly version?: number;
}

/** A resource to read the names of. */
export interface NamedResource {
  readonly collection: Collection;
  readonly id: string;
}

const reading = {
  ConsistentRead: false,
  ProjectionExpression: 'pk, sk, #resource.externalId, #resource.userName, #resource.displayName, #version',
  ExpressionAttributeNames: { '#resource': 'resource', '#version': 'version' },
};

/**
 * Reads the names of resources, by `namesKey`: eventually consistent, at half the cost. Resources that do not exist are
 * left out. @throws ScimError 429 when the table is throttled
 */
export async function readNames(
  tables: Tables,
  resources: readonly NamedResource[],
): Promise<ReadonlyMap<string, ResourceNames>> {
  const keys = new Map(
    resources.map((resource) => [namesKey(resource), resourceKey(resource.collection, resource.id)]),
  );
  const items = await batchGet(tables, tables.directory, [...keys.values()], reading);
  return new Map(items.map(({ pk, sk, resource, version }) => [`${pk} ${sk}`, namesIn(resource as Json, version)]));
}

/** The key of the names of a resource. */
export function namesKey({ collection, id }: NamedResource): string {
  const { pk, sk } = resourceKey(collection, id);
  return `${pk} ${sk}`;
}

/** A name of a resource, if it has one that is short enough to be one. */
export function nameIn<Name extends string>(resource: JsonObject, name: Name): Partial<Record<Name, string>> {
  const value = ownValue(resource, name);
  const isName = typeof value === 'string' && value.length <= longestName;
  return (isName ? { [name]: value } : {}) as Partial<Record<Name, string>>;
}

/** No client can set a longer one; an item that was edited by hand must not be too large for every event. */
const longestName = 1024;

function namesIn(resource: Json | undefined, version: unknown): ResourceNames {
  const names = isObject(resource) ? resource : {};
  return {
    ...nameIn(names, 'externalId'),
    ...nameIn(names, 'userName'),
    ...nameIn(names, 'displayName'),
    ...(typeof version === 'number' && { version }),
  };
}
