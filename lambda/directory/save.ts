import { sameJson } from '../scim/resource/equal';
import type { Resource } from '../scim/resource/resource';
import { type Context, nextInstant } from './context';
import { noSuchResource } from './get';
import { indexEntries } from './index-entries';
import type { MembershipDifference } from './members';
import type { StoredResource } from './store';

/**
 * Saves a resource's next state, if it is one, and what changes in its members. A request with `If-Match` takes its
 * version before any membership changes, so that a refused one changes nothing; without it the group's version moves
 * last, so that whoever reads a version reads its members.
 * @returns what is stored then, or `stale` when another change came between and nothing was changed
 * @throws ScimError 409 for a value already used, 404 when the group was deleted meanwhile
 */
export async function save(
  context: Context,
  before: StoredResource,
  resource: Resource,
  { added, removed }: MembershipDifference,
): Promise<StoredResource | 'stale'> {
  const { store, services, collection, view, type, request } = context;
  const changesMembers = added.length + removed.length > 0;
  const changesResource = !sameJson(before.resource, resource);
  const modified = nextInstant(services, before.modified);
  let stored = before;

  if (changesResource) {
    stored = { ...before, version: before.version + 1, modified, resource };
    const result = await store.update(
      collection,
      { stored: before, entries: indexEntries(type, view, before.resource) },
      { stored, entries: indexEntries(type, view, resource) },
    );
    if (result === 'stale') return result;
  } else if (changesMembers && request.headers.has('if-match')) {
    const touched = await store.touch(collection, before.id, modified, before.version);
    if (!touched) return 'stale';
    stored = touched;
  }
  if (!changesMembers) return stored;

  await store.changeMembers(collection.tenantId, before.id, added, removed);
  const touched = await store.touch(collection, before.id, modified);
  if (!touched) throw noSuchResource(type, before.id);
  return touched;
}
