import type { Collection, Store, StoredResource } from '../../lambda/directory/store';
import { chunks, type Tables } from '../../lambda/store/tables';
import { readTenantState } from '../../lambda/store/tenant-state';
import { keptFor } from '../../lambda/store/tombstones';
import { listModified } from '../../operator/store/modified';
import { listDeletions, type NamedDeletion } from '../../operator/store/tombstones';
import { ChangesForgottenError } from '../errors';
import { toGroup, toUser } from './resources';
import type { Group, User } from './user';

/** A user or group that was created, changed or deleted. A group whose members changed is `updated`. */
export type DirectoryChange<U extends object = object, G extends object = object> =
  | { readonly change: 'created' | 'updated'; readonly kind: 'user'; readonly user: User<U> }
  | { readonly change: 'created' | 'updated'; readonly kind: 'group'; readonly group: Group<G> }
  | {
      readonly change: 'deleted';
      /** The id of a user or a group: no two resources ever have the same. */
      readonly id: string;
      /** When, as ISO 8601 in UTC. */
      readonly deleted: string;
    };

/** How many resources are read at a time. */
const atOnce = 100;

type Reader = Pick<Store, 'existing' | 'getMany'>;

/**
 * What was created or changed since an instant, then what was deleted; a page at a time.
 * @throws ChangesForgottenError if not everything since then can be told
 * @internal
 */
export async function* changesSince<U extends object, G extends object>(
  tables: Tables,
  store: Reader,
  tenantId: string,
  since: string,
  now: Date,
): AsyncIterable<DirectoryChange<U, G>> {
  await requireKnown(tables, tenantId, since, now);
  for await (const { collection, ids } of listModified(tables, collectionsOf(tenantId), since)) {
    for (const some of chunks(ids, atOnce)) {
      const found = await store.getMany(collection, some);
      const changed = found.filter(({ modified }) => modified >= since);
      yield* changed.map((stored) => toChange<U, G>(collection, stored, since));
    }
  }
  // Deletions come last: what is deleted while the others are read is among them.
  for await (const some of inChunks(listDeletions(tables, tenantId, now))) {
    const later = some.filter(({ deleted }) => deleted >= since);
    for (const { id, deleted } of await absent(store, tenantId, later)) yield { change: 'deleted', id, deleted };
  }
}

async function requireKnown(tables: Tables, tenantId: string, since: string, now: Date): Promise<void> {
  const kept = new Date(now.getTime() - keptFor).toISOString();
  if (since < kept) throw new ChangesForgottenError(since, kept, 'deletions');
  const { imported } = await readTenantState(tables, tenantId);
  if (imported !== undefined && since < imported) throw new ChangesForgottenError(since, imported, 'import');
}

const collectionsOf = (tenantId: string): readonly Collection[] => [
  { tenantId, type: 'User' },
  { tenantId, type: 'Group' },
];

function toChange<U extends object, G extends object>(
  { type }: Collection,
  stored: StoredResource,
  since: string,
): DirectoryChange<U, G> {
  const change = stored.created >= since ? 'created' : 'updated';
  return type === 'User'
    ? { change, kind: 'user', user: toUser<U>(stored) }
    : { change, kind: 'group', group: toGroup<G>(stored) };
}

/** The deletions of what is not there: an import brings back what was deleted, with its id. */
async function absent(store: Reader, tenantId: string, deletions: readonly NamedDeletion[]) {
  const ids = deletions.map(({ id }) => id);
  const existing = await Promise.all(collectionsOf(tenantId).map((collection) => store.existing(collection, ids)));
  return deletions.filter(({ id }) => !existing.some((there) => there.has(id)));
}

async function* inChunks<Item>(items: AsyncIterable<Item>): AsyncIterable<readonly Item[]> {
  let chunk: Item[] = [];
  for await (const item of items) {
    chunk.push(item);
    if (chunk.length < atOnce) continue;
    yield chunk;
    chunk = [];
  }
  yield chunk;
}
