import type { BoundFilter } from '../scim/filter/ast';
import { evaluate } from '../scim/filter/evaluate';
import { parseFilter } from '../scim/filter/parse';
import { resolveFilter } from '../scim/filter/resolve';
import { tooMany } from '../scim/message/error';
import { type Projection, project, wants } from '../scim/resource/project';
import type { JsonObject } from '../scim/resource/resource';
import { sorter } from '../scim/resource/sort';
import { resourceView } from '../scim/schema/view';
import { findByMembership, readCandidates } from './candidates';
import type { Context } from './context';
import type { ListQuery } from './list-query';
import { membershipTerms } from './membership-terms';
import { resourceTypes } from './resource-types';
import { type Memberships, representation } from './respond';
import type { StoredResource } from './store';

/** A resource that a query found, as it was evaluated: its memberships are those that the filter asked for. */
export interface Match {
  readonly stored: StoredResource;
  readonly evaluated: JsonObject;
}

/** How many pairs of resource and member are looked up one by one, before whole groups are cheaper. */
const pairLimit = 100;

/** How many resources have all their memberships read for a filter that asks more of them than ids. */
const wholeLimit = 1000;

/** What a query found: the ids in its order, and a way to read a stretch of them. */
export interface Results {
  readonly ids: readonly string[];
  readonly read: (start: number, end: number) => Promise<readonly StoredResource[]>;
}

/** Finds what a query of one resource type matches, reading no more than it must. @throws as `findMatches` */
export async function findResults(context: Context, query: ListQuery): Promise<Results> {
  const { store, collection } = context;
  const filter = bindFilter(context, query);
  const ids = filter && query.sortBy === undefined ? await findByMembership(context, filter) : undefined;
  if (ids) return { ids, read: (start, end) => store.getMany(collection, ids.slice(start, end)) };
  const matches = await findMatches(context, query, filter);
  return {
    ids: matches.map(({ stored }) => stored.id),
    read: async (start, end) => matches.slice(start, end).map(({ stored }) => stored),
  };
}

/**
 * A query's filter, checked against the resource type. In a query across types, an attribute that only another type has
 * counts as one without a value (RFC 7644 §3.4.2.1).
 * @throws ScimError 400 `invalidFilter`
 */
export function bindFilter(
  { view, request }: Context,
  { filter }: ListQuery,
  acrossTypes = false,
): BoundFilter | undefined {
  const others = acrossTypes ? resourceTypes.map(({ name }) => resourceView(request.caller.profile, name)) : [];
  return filter === undefined ? undefined : resolveFilter(view, parseFilter(filter), others);
}

/**
 * Finds every resource of a type that matches a query's filter, in its order (id order unless sorted).
 * @throws ScimError 400 `tooMany`, or for an unknown attribute to sort by
 */
export async function findMatches(
  context: Context,
  query: ListQuery,
  filter: BoundFilter | undefined,
): Promise<readonly Match[]> {
  const { view, type } = context;
  const order = query.sortBy === undefined ? undefined : sorter(view, query.sortBy, query.descending);
  const candidates = await readCandidates(context, filter);
  const asked = filter ? membershipTerms(filter, type.membership) : { ids: new Set<string>(), all: false };
  const memberships = await readAskedMemberships(context, candidates, asked.ids, asked.all);
  const matches = candidates
    .map((stored, index) => ({ stored, evaluated: representation(context, stored, memberships[index] ?? {}) }))
    .filter(({ evaluated }) => !filter || evaluate(filter, evaluated));
  return order ? matches.sort((a, b) => order(a.evaluated, b.evaluated)) : matches;
}

async function readAskedMemberships(
  context: Context,
  candidates: readonly StoredResource[],
  ids: ReadonlySet<string>,
  all: boolean,
): Promise<readonly Memberships[]> {
  const { store, collection, type } = context;
  const { tenantId } = collection;
  if (all) {
    if (candidates.length > wholeLimit) throw tooManyWhole();
    return Promise.all(candidates.map(({ id }) => readAll(context, id)));
  }
  if (ids.size === 0) return [];
  const show = (holds: (id: string) => boolean): Memberships => {
    const held = [...ids].filter(holds);
    return type.membership === 'members' ? { members: held.map((value) => ({ value })) } : { groups: held };
  };
  if (candidates.length * ids.size <= pairLimit) {
    const pairs = candidates.flatMap((candidate) =>
      [...ids].map((id) =>
        type.membership === 'members'
          ? { groupId: candidate.id, memberId: id }
          : { groupId: id, memberId: candidate.id },
      ),
    );
    const found = await store.memberships(tenantId, pairs);
    return candidates.map((candidate) =>
      show((id) =>
        type.membership === 'members' ? has(found.get(candidate.id), id) : has(found.get(id), candidate.id),
      ),
    );
  }
  const holders = new Map(
    await Promise.all(
      [...ids].map(async (id) => {
        const found =
          type.membership === 'members'
            ? await store.groupsOf(tenantId, id)
            : (await store.members(tenantId, id)).map(({ value }) => value);
        return [id, new Set(found)] as const;
      }),
    ),
  );
  return candidates.map((candidate) => show((id) => has(holders.get(id), candidate.id)));
}

function has(set: ReadonlySet<string> | undefined, id: string): boolean {
  return set?.has(id) ?? false;
}

async function readAll({ store, collection, type }: Context, id: string): Promise<Memberships> {
  return type.membership === 'members'
    ? { members: await store.members(collection.tenantId, id) }
    : { groups: await store.groupsOf(collection.tenantId, id) };
}

function tooManyWhole(): Error {
  return tooMany(
    `This filter needs every membership of more than ${wholeLimit} resources. Compare members.value or groups.value ` +
      'with an id by eq, or narrow the filter by an indexed attribute.',
  );
}

/** What a list shows of resources: memberships only where the answer includes them, read for these resources alone. */
export async function showInList(
  context: Context,
  resources: readonly StoredResource[],
): Promise<readonly JsonObject[]> {
  const { view, projection, type } = context;
  const memberships = wantsInList(projection, type.membership)
    ? await Promise.all(resources.map(({ id }) => readAll(context, id)))
    : [];
  return resources.map((stored, index) =>
    project(view, representation(context, stored, memberships[index] ?? {}), projection),
  );
}

/** Groups are listed with their members (imports need them); users with their groups only when asked. */
function wantsInList(projection: Projection, membership: 'members' | 'groups'): boolean {
  return wants(projection, membership, membership === 'members');
}
