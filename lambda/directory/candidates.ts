import type { BoundFilter } from '../scim/filter/ast';
import { type IndexLookup, planFilter } from '../scim/filter/plan';
import { type ScimError, tooMany } from '../scim/message/error';
import { maxReadBytes } from '../scim/message/limits';
import type { Context } from './context';
import { indexKey } from './index-entries';
import { searched } from './membership-bounds';
import type { StoredResource } from './store';

/** How many resources a search examines at most, unless an index leads to them. */
const examinedLimit = 10_000;

type Lookup = (context: Context, lookup: IndexLookup) => Promise<readonly string[]>;

/** How an index of a filter plan is looked up, where it is not an index over an attribute's values. */
const lookups: ReadonlyMap<string, Lookup> = new Map<string, Lookup>([
  ['id', async (_, { value }) => [value]],
  [
    'members',
    async ({ store, collection }, { value }) =>
      (await store.groupsOf(collection.tenantId, [value], searched)).get(value) ?? [],
  ],
  [
    'groups',
    async ({ store, collection }, { value }) => {
      const members = (await store.members(collection.tenantId, [value], searched)).get(value) ?? [];
      return members.flatMap((member) => (member.type === undefined ? [member.value] : []));
    },
  ],
  [
    'modified',
    ({ store, collection }, { operator, value }) =>
      store.findModified(collection, operator === 'ge' ? { from: value } : { to: value }, examinedLimit),
  ],
]);

/**
 * Reads every resource that a filter may match, in id order: by its best index, or all of them.
 * @throws ScimError 400 `tooMany`
 */
export async function readCandidates(
  context: Context,
  filter: BoundFilter | undefined,
): Promise<readonly StoredResource[]> {
  const { store, collection, type } = context;
  const plan = filter ? planFilter(filter, type.filterIndexes) : ({ kind: 'all' } as const);
  if (plan.kind === 'all') return store.query(collection, examinedLimit, maxReadBytes);
  const ids = await findAll(context, plan.lookups);
  if (ids.length > examinedLimit) throw tooManyFound();
  return store.getMany(collection, ids, maxReadBytes);
}

/**
 * The ids of exactly the resources that a filter matches, in order, where the filter is nothing but one membership: the
 * members of a group, or the groups of a member. No resource has to be read for that.
 */
export async function findByMembership(context: Context, filter: BoundFilter): Promise<readonly string[] | undefined> {
  if (filter.kind !== 'compare' || filter.steps[0]?.name !== context.type.membership) return undefined;
  const plan = planFilter(filter, context.type.filterIndexes);
  if (plan.kind === 'all') return undefined;
  return [...(await findAll(context, plan.lookups))].sort();
}

function tooManyFound(): ScimError {
  return tooMany(
    `The indexed part of this filter leads to more than ${examinedLimit} resources, more than one request examines. ` +
      'Narrow it, or ask for the membership alone: members.value eq or groups.value eq with nothing else is paged.',
  );
}

/** How many look-ups run at the same time. After each of these batches, what was read is counted. */
const lookupsAtOnce = 8;

/** The ids that any of the look-ups finds, each once. @throws ScimError 400 `tooMany` */
async function findAll(context: Context, wanted: readonly IndexLookup[]): Promise<readonly string[]> {
  const found = new Set<string>();
  for (let at = 0; at < wanted.length; at += lookupsAtOnce) {
    const ids = await Promise.all(wanted.slice(at, at + lookupsAtOnce).map((lookup) => find(context, lookup)));
    for (const id of ids.flat()) found.add(id);
    if (found.size > searched.most) throw searched.refuse();
  }
  return [...found];
}

function find(context: Context, lookup: IndexLookup): Promise<readonly string[]> {
  const special = lookups.get(lookup.index);
  if (special) return special(context, lookup);
  const index = context.type.indexes.find(({ index: name }) => name === lookup.index);
  if (!index) throw new Error(`The filter plan names the index "${lookup.index}", which ${context.type.name} has not.`);
  return context.store.find(context.collection, index.index, indexKey(index, lookup.value), examinedLimit + 1);
}
