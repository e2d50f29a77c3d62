import type { BoundFilter } from '../scim/filter/ast';
import { evaluate } from '../scim/filter/evaluate';
import { parseFilter } from '../scim/filter/parse';
import { resolveFilter } from '../scim/filter/resolve';
import type { JsonObject } from '../scim/json';
import { type ScimError, tooMany } from '../scim/message/error';
import { maxReadBytes } from '../scim/message/limits';
import { type Projection, project, wants } from '../scim/resource/project';
import { sorter } from '../scim/resource/sort';
import { resourceView } from '../scim/schema/view';
import { readAskedMemberships } from './asked-memberships';
import { findByMembership, readCandidates } from './candidates';
import type { Context } from './context';
import type { ListQuery } from './list-query';
import { answered } from './membership-bounds';
import { membershipTerms } from './membership-terms';
import { resourceTypes } from './resource-types';
import { allMemberships, type Memberships, representWhole, wantsGroupNames } from './respond';
import type { StoredResource } from './store';

/** Units of work to represent a resource, besides those for its size. */
const representing = 2000;

/** A resource that a query found, as it was evaluated: with the memberships that the filter needs. */
export interface Match {
  readonly stored: StoredResource;
  readonly evaluated: JsonObject;
}

/** What a query found: the ids in its order, and a way to read a range of them. */
export interface Results {
  readonly ids: readonly string[];
  readonly read: (start: number, end: number) => Promise<readonly StoredResource[]>;
}

/** Finds what a query of one resource type matches, reading no more than it must. @throws as `findMatches` */
export async function findResults(context: Context, query: ListQuery): Promise<Results> {
  const { store, collection } = context;
  const filter = bindFilter(context, query);
  const ids = filter && query.sortBy === undefined ? await findByMembership(context, filter) : undefined;
  if (ids) return { ids, read: (start, end) => store.getMany(collection, ids.slice(start, end), maxReadBytes) };
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
  const { work } = context.request;
  const order = query.sortBy === undefined ? undefined : sorter(view, query.sortBy, query.descending, work);
  const candidates = await readCandidates(context, filter);
  const memberships = filter
    ? await readAskedMemberships(context, candidates, membershipTerms(filter, type.membership))
    : [];
  const matches = candidates
    .map((stored, index) => ({ stored, evaluated: representWhole(context, stored, memberships[index] ?? {}) }))
    .filter(({ evaluated }) => {
      work.spend(representing);
      return !filter || evaluate(filter, evaluated, work);
    });
  return order ? matches.sort((a, b) => order(a.evaluated, b.evaluated)) : matches;
}

/** The error for a search that takes too much work. */
export function tooMuchWork(): ScimError {
  return tooMany(
    'This search is more work than one request may be. Ask for fewer resources by count, use a filter with fewer terms, or one that an index serves: id, ' +
      'userName, externalId, emails.value, displayName of groups, members.value or groups.value, each by eq.',
  );
}

/** The resources of a list; memberships are read only for these resources, and only if the response includes them. */
export async function representInList(
  context: Context,
  resources: readonly StoredResource[],
): Promise<readonly JsonObject[]> {
  const { view, projection, type } = context;
  const memberships = wantsInList(projection, type.membership)
    ? await listedMemberships(context, resources)
    : new Map<string, Memberships>();
  return resources.map((stored) =>
    project(view, representWhole(context, stored, memberships.get(stored.id) ?? {}), projection),
  );
}

async function listedMemberships(
  context: Context,
  resources: readonly StoredResource[],
): Promise<ReadonlyMap<string, Memberships>> {
  const ids = resources.map(({ id }) => id);
  return context.view.rules.listedMembers === 'none'
    ? new Map(ids.map((id) => [id, { members: [] }]))
    : allMemberships(context, ids, answered(context.type), wantsGroupNames(context));
}

/** Groups are listed with their members (imports need them); users with their groups only on request. */
function wantsInList(projection: Projection, membership: 'members' | 'groups'): boolean {
  return wants(projection, membership, membership === 'members');
}
