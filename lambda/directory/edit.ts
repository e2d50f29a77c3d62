import type { MembersOperation } from '../scim/members/change';
import { sameJson } from '../scim/resource/equal';
import { checkImmutable } from '../scim/resource/immutable';
import type { Resource } from '../scim/resource/resource';
import { validateResource } from '../scim/resource/validate';
import { type Context, nextInstant } from './context';
import { indexEntries } from './index-entries';
import { noteOf } from './note-of';
import type { Memberships } from './respond';
import type { IndexedResource, StoredResource } from './store';

/** The effect of a PUT or a PATCH on a resource. */
export interface Edit {
  /** The resource's next state; absent where the request cannot change it. @throws ScimError 400, 413 */
  readonly apply?: (before: Resource) => Resource;
  /** The change of a group's members. */
  readonly members: readonly MembersOperation[];
  /** The members are replaced because the request has none. */
  readonly clears?: true;
}

/** Whether a request does anything besides adding members. */
export function changesMore({ apply, members }: Edit): boolean {
  return apply !== undefined || members.some(({ effect }) => effect.kind !== 'add');
}

/** A resource after a request that changes it, and its memberships as far as the change has read them. */
export interface Changed {
  readonly stored: StoredResource;
  readonly memberships?: Memberships;
}

/** A resource's next state, validated; undefined if it does not change. @throws ScimError 400 */
export function nextState(context: Context, { apply }: Edit, before: StoredResource): StoredResource | undefined {
  const resource = apply ? apply(before.resource) : before.resource;
  if (sameJson(resource, before.resource)) return undefined;
  validateResource(context.view, resource, before.resource);
  checkImmutable(context.view, before.resource, resource);
  const modified = nextInstant(context.services, before.modified);
  const by = noteOf(context.services, context.request);
  return { ...before, version: before.version + 1, modified, resource, by };
}

/** A resource with the entries that lead to it. */
export function indexed({ type, view }: Context, stored: StoredResource): IndexedResource {
  return { stored, entries: indexEntries(type, view, stored.resource) };
}
