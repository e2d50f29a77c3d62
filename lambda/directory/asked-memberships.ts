import { type ScimError, tooMany } from '../scim/message/error';
import type { Context } from './context';
import { searched } from './membership-bounds';
import type { MembershipTerms } from './membership-terms';
import { allMemberships, type Memberships } from './respond';
import type { StoredResource } from './store';

/**
 * Up to this many pairs of resource and member are looked up one by one; beyond it, reading whole groups is cheaper.
 */
const pairLimit = 100;

/** For how many resources all memberships are read, when a filter needs more than their ids. */
const wholeLimit = 1000;

/** Whether a candidate has an id among its memberships. */
type Holds = (candidateId: string, id: string) => boolean;

/**
 * Reads those memberships of the candidates that a filter needs, one entry for each candidate; none if it needs none.
 * @throws ScimError 400 `tooMany`
 */
export async function readAskedMemberships(
  context: Context,
  candidates: readonly StoredResource[],
  { ids, all, names }: MembershipTerms,
): Promise<readonly Memberships[]> {
  if (all) {
    if (candidates.length > wholeLimit) throw tooManyWhole();
    const memberships = await allMemberships(
      context,
      candidates.map(({ id }) => id),
      searched,
      names,
    );
    return candidates.map(({ id }) => memberships.get(id) ?? {});
  }
  if (ids.size === 0) return [];
  const few = candidates.length * ids.size <= pairLimit;
  const holds = few ? await holdsByPair(context, candidates, ids) : await holdsById(context, ids);
  return candidates.map((candidate) => {
    const held = [...ids].filter((id) => holds(candidate.id, id));
    return context.type.membership === 'members' ? { members: held.map((value) => ({ value })) } : { groups: held };
  });
}

async function holdsByPair(
  { store, collection, type }: Context,
  candidates: readonly StoredResource[],
  ids: ReadonlySet<string>,
): Promise<Holds> {
  const pair = (candidateId: string, id: string) =>
    type.membership === 'members' ? { groupId: candidateId, memberId: id } : { groupId: id, memberId: candidateId };
  const pairs = candidates.flatMap((candidate) => [...ids].map((id) => pair(candidate.id, id)));
  const found = await store.memberships(collection.tenantId, pairs);
  return (candidateId, id) => {
    const { groupId, memberId } = pair(candidateId, id);
    return found.get(groupId)?.has(memberId) ?? false;
  };
}

async function holdsById({ store, collection: { tenantId }, type }: Context, ids: ReadonlySet<string>): Promise<Holds> {
  if (type.membership === 'members') {
    const groups = await store.groupsOf(tenantId, [...ids], searched);
    const holders = new Map([...groups].map(([id, each]) => [id, new Set(each)]));
    return (candidateId, id) => holders.get(id)?.has(candidateId) ?? false;
  }
  const members = await store.members(tenantId, [...ids], searched);
  const holders = new Map([...members].map(([id, each]) => [id, new Set(each.map(({ value }) => value))]));
  return (candidateId, id) => holders.get(id)?.has(candidateId) ?? false;
}

function tooManyWhole(): ScimError {
  return tooMany(
    `This filter needs every membership of more than ${wholeLimit} resources. Compare members.value or groups.value ` +
      'with an id by eq, or narrow the filter by an indexed attribute.',
  );
}
