import type { JsonObject } from '../scim/json';
import { ScimError } from '../scim/message/error';
import { maxReadBytes } from '../scim/message/limits';
import { project, wants, wantsPart } from '../scim/resource/project';
import { etag, represent } from '../scim/resource/represent';
import type { Context } from './context';
import { answered } from './membership-bounds';
import type { ScimResponse } from './request';
import type { Bound, Store, StoredMember, StoredResource } from './store';

/** The memberships that a representation shows: a group's members, or the ids of the groups a user belongs to. */
export interface Memberships {
  readonly members?: readonly StoredMember[];
  readonly groups?: readonly string[];
  /** The names of groups by id; only if the request asks for them. */
  readonly groupNames?: ReadonlyMap<string, string> | undefined;
}

/** The full representation of a stored resource, before projection. */
export function representWhole(
  { view, request }: Pick<Context, 'view' | 'request'>,
  stored: StoredResource,
  memberships: Memberships,
) {
  const { members, groups = [], groupNames } = memberships;
  return represent(view, {
    ...stored,
    ...(members && { members }),
    ...(groups.length > 0 && { groups, groupNames }),
    baseUrl: request.baseUrl,
  });
}

/** Whether the response to a request on one resource includes its memberships. */
function wantsMemberships({ projection, type, view }: Context): boolean {
  return wants(projection, type.membership, view.attributes.get(type.membership)?.returned === 'default');
}

/** Reads the memberships, unless the response leaves them out. @throws ScimError 400 `tooMany` */
export async function readMemberships(context: Context, id: string): Promise<Memberships> {
  if (!wantsMemberships(context)) return {};
  const memberships = await allMemberships(context, [id], answered(context.type), wantsGroupNames(context));
  return memberships.get(id) ?? {};
}

/**
 * Reads the memberships for the response to a change. An error would say that the change was refused, so they are left
 * out where there are too many, or too many for what the request did before.
 */
export async function readChangedMemberships(context: Context, id: string): Promise<Memberships> {
  try {
    return await readMemberships(context, id);
  } catch (error) {
    if (context.request.work.isSpent || (error instanceof ScimError && error.scimType === 'tooMany')) return {};
    throw error;
  }
}

/** Whether the response shows the names of a user's groups: only if the request asks for them, as they have to be read. */
export function wantsGroupNames({ projection, type }: Context): boolean {
  return type.membership === 'groups' && wantsPart(projection, 'groups', 'display');
}

/**
 * Reads the memberships that the representations of some resources show, by id; with `names`, the names of groups too.
 * @throws what the bound makes; ScimError 400 `tooMany` when the groups have too much data to read their names
 */
export async function allMemberships(
  { store, collection: { tenantId }, type }: Context,
  ids: readonly string[],
  bound: Bound,
  names = false,
): Promise<ReadonlyMap<string, Memberships>> {
  if (type.membership === 'members') {
    const members = await store.members(tenantId, ids, bound);
    return new Map([...members].map(([id, each]) => [id, { members: each }]));
  }
  const groups = await store.groupsOf(tenantId, ids, bound);
  const groupNames = names ? await readGroupNames(store, tenantId, new Set([...groups.values()].flat())) : undefined;
  return new Map([...groups].map(([id, each]) => [id, { groups: each, groupNames }]));
}

async function readGroupNames(
  store: Store,
  tenantId: string,
  ids: ReadonlySet<string>,
): Promise<ReadonlyMap<string, string>> {
  const groups = await store.getMany({ tenantId, type: 'Group' }, [...ids], maxReadBytes);
  return new Map(groups.map(({ id, resource }) => [id, String(resource.displayName)]));
}

/** A response that shows one resource, with its entity tag and location (RFC 7644 §3.1, §3.14). */
export function representResource(
  context: Context,
  status: number,
  stored: StoredResource,
  memberships: Memberships,
): ScimResponse {
  return {
    status,
    headers: resourceHeaders(context, stored),
    body: representProjected(context, stored, memberships),
  };
}

/**
 * The response to a request that changed a resource, as `representResource`. An error would say that it was refused, so
 * memberships are left out if there are too many.
 */
export function representChanged(
  context: Context,
  status: number,
  stored: StoredResource,
  memberships: Memberships,
): ScimResponse {
  return {
    ...representResource(context, status, stored, memberships),
    smallerBody: () => representProjected(context, stored, {}),
  };
}

function representProjected(context: Context, stored: StoredResource, memberships: Memberships): JsonObject {
  return project(context.view, representWhole(context, stored, memberships), context.projection);
}

/** The headers of a response on one resource. */
export function resourceHeaders({ type, request }: Context, stored: StoredResource): Record<string, string> {
  return { ETag: etag(stored.version), Location: `${request.baseUrl}/${type.endpoint}/${stored.id}` };
}
