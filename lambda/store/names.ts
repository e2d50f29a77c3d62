import type { Note } from '../directory/note';
import type { Collection } from '../directory/store';
import { isObject, type Json, type JsonObject, ownValue } from '../scim/json';
import { batchGet } from './batches';
import { type Item, readNote } from './items';
import { resourceKey } from './keys';
import type { Tables } from './tables';

/** The names by which people know a resource, and who changed it last. */
export interface ResourceNames {
  readonly externalId?: string;
  readonly userName?: string;
  readonly displayName?: string;
  readonly version?: number;
  readonly modified?: string;
  readonly by?: Note;
  /** The lease of a request that is changing its members, or that ended before it released the lease. */
  readonly lease?: { readonly until: number; readonly by: Note };
}

/** A resource to read the names of. */
export interface NamedResource {
  readonly collection: Collection;
  readonly id: string;
}

const reading = {
  ConsistentRead: false,
  ProjectionExpression:
    'pk, sk, #resource.externalId, #resource.userName, #resource.displayName, #version, #by, #modified, #lease',
  ExpressionAttributeNames: {
    '#resource': 'resource',
    '#version': 'version',
    '#by': 'by',
    '#modified': 'modified',
    '#lease': 'lease',
  },
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
  return new Map(items.map((item) => [`${item.pk} ${item.sk}`, namesIn(item)]));
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

function namesIn({ resource, version, modified, by, lease }: Item): ResourceNames {
  const names = isObject(resource as Json) ? (resource as JsonObject) : {};
  const note = readNote({ by });
  const held = readLease(lease);
  return {
    ...nameIn(names, 'externalId'),
    ...nameIn(names, 'userName'),
    ...nameIn(names, 'displayName'),
    ...(typeof version === 'number' && { version }),
    ...(typeof modified === 'string' && { modified }),
    ...(note && { by: note }),
    ...(held && { lease: held }),
  };
}

function readLease(lease: unknown): ResourceNames['lease'] {
  if (!isObject(lease as Json)) return undefined;
  const { until, by } = lease as Item;
  const note = readNote({ by });
  return note && typeof until === 'number' ? { until, by: note } : undefined;
}
