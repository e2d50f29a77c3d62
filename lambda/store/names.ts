import { BatchGetCommand } from '@aws-sdk/lib-dynamodb';
import type { Collection } from '../directory/store';
import { isObject, type Json, type JsonObject, ownValue } from '../scim/resource/resource';
import { busy } from './errors';
import { type DirectoryKey, resourceKey } from './keys';
import { backOff, batchGetLimit, call, chunks, inParallel, type Tables } from './tables';

/** What people know a resource by. */
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

/** How often what DynamoDB left unprocessed is asked for again. */
const attempts = 8;

const projection = {
  ProjectionExpression: 'pk, sk, #resource.externalId, #resource.userName, #resource.displayName, #version',
  ExpressionAttributeNames: { '#resource': 'resource', '#version': 'version' },
};

/**
 * Reads what resources are known by, by `namesKey`: eventually consistent, at half the cost. What does not exist is left
 * out. @throws ScimError 429 when the table cannot keep up
 */
export async function readNames(
  tables: Tables,
  resources: readonly NamedResource[],
): Promise<ReadonlyMap<string, ResourceNames>> {
  const keys = new Map(
    resources.map((resource) => [namesKey(resource), resourceKey(resource.collection, resource.id)]),
  );
  const pages = await inParallel(chunks([...keys.values()], batchGetLimit), (chunk) => readChunk(tables, chunk));
  return new Map(pages.flat());
}

/** Under which key the names of a resource are found. */
export function namesKey({ collection, id }: NamedResource): string {
  return keyOf(resourceKey(collection, id));
}

/** A name of a resource, if it has one that is short enough to be one. */
export function nameIn<Name extends string>(resource: JsonObject, name: Name): Partial<Record<Name, string>> {
  const value = ownValue(resource, name);
  const isName = typeof value === 'string' && value.length <= longestName;
  return (isName ? { [name]: value } : {}) as Partial<Record<Name, string>>;
}

/** No client can set a longer one; an item that was edited by hand must not be too large for every event. */
const longestName = 1024;

const keyOf = ({ pk, sk }: DirectoryKey) => `${pk} ${sk}`;

async function readChunk(tables: Tables, keys: readonly DirectoryKey[]): Promise<[string, ResourceNames][]> {
  const found: [string, ResourceNames][] = [];
  let pending = keys.map((key) => ({ ...key }));
  for (let attempt = 1; pending.length > 0; attempt++) {
    const RequestItems = { [tables.directory]: { Keys: pending, ...projection } };
    const output = await call(() => tables.client.send(new BatchGetCommand({ RequestItems })));
    for (const item of output.Responses?.[tables.directory] ?? []) {
      found.push([keyOf(item as DirectoryKey), namesIn(item.resource, item.version)]);
    }
    pending = (output.UnprocessedKeys?.[tables.directory]?.Keys ?? []) as typeof pending;
    if (pending.length === 0) break;
    if (attempt === attempts) throw busy(new Error(`DynamoDB left names unread ${attempts} times.`));
    await backOff(attempt);
  }
  return found;
}

function namesIn(resource: Json | undefined, version: unknown): ResourceNames {
  const names = isObject(resource) ? resource : {};
  return {
    ...nameIn(names, 'externalId'),
    ...nameIn(names, 'userName'),
    ...nameIn(names, 'displayName'),
    ...(typeof version === 'number' && { version }),
  };
}
