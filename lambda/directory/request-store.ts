import { isArray, isObject, type Json } from '../scim/json';
import { resourceBytes } from '../scim/resource/limits';
import type { Work } from '../scim/work';
import type { ScimRequest } from './request';
import type { IndexedResource, Store, StoredResource } from './store';
import { requireOpen } from './tenant-state';

/**
 * The CPU cost of store calls, mostly in the SDK, in units of work. Changes of memberships count less than they cost,
 * so that the 20,000 that one request may change, or all operations of a bulk request together, are within the limit of
 * its work: docs/decisions/store-work.md.
 */
const units = {
  /** A call: made, signed, and its response read. */
  call: 60_000,
  /** An id or a membership that is read. */
  id: 400,
  /** An id or a membership that is asked for by its key. */
  key: 950,
  /** A membership or an index entry that is written. */
  write: 1800,
  /** A resource that is read or written, beyond what it holds. */
  resource: 1000,
  /** A value in a resource, which the SDK converts one by one. */
  value: 150,
  /** A byte of a resource. */
  byte: 3,
};

/** Counts the writes of memberships, before any is written. @throws ScimError past the limit of the request's work */
export function countMembershipWrites(work: Work, count: number): void {
  work.changeMemberships(count, units.write * count);
}

/**
 * The store of one request. Its calls count as work of the request. Reads count when they are done: each has a bound of
 * its own. Writes count before anything is written, so that a request that is refused changes nothing. Writes of
 * memberships come after other writes, so the caller counts them by `countMembershipWrites`.
 *
 * A request that writes first waits for the tenant's state, which is read in parallel with the request's first read, and
 * writes nothing for a tenant that is deleted or paused: its methods throw ScimError 401 or 503.
 */
export function requestStore(store: Store, { work, state }: Pick<ScimRequest, 'work' | 'state'>): Store {
  const open = async () => requireOpen(await state);
  const reading = async <Result>(call: Promise<Result>, unitsOf: (result: Result) => number): Promise<Result> => {
    const result = await call;
    work.spend(units.call + unitsOf(result));
    return result;
  };
  const writing = ({ stored, entries }: IndexedResource) =>
    work.spend(units.call + resourcesUnits([stored]) + units.write * entries.length);
  const marks = (count: number) => work.spend(units.id * count);
  const one = (stored: StoredResource | undefined) => resourcesUnits(stored ? [stored] : []);
  return {
    get: (...args) => reading(store.get(...args), one),
    getToChange: (...args) => reading(store.getToChange(...args), one),
    getGroupAndMember: (...args) =>
      reading(store.getGroupAndMember(...args), ({ group, member }) => units.key + one(group) + one(member)),
    getMany: (...args) => reading(store.getMany(...args), resourcesUnits),
    page: (...args) => reading(store.page(...args), ({ resources }) => resourcesUnits(resources)),
    query: (...args) => reading(store.query(...args), resourcesUnits),
    count: (...args) => reading(store.count(...args), () => 0),
    find: (...args) => reading(store.find(...args), (ids) => units.id * ids.length),
    findModified: (...args) => reading(store.findModified(...args), (ids) => units.id * ids.length),
    existing: (...args) => reading(store.existing(...args), () => units.key * args[1].length),
    deletions: (...args) => reading(store.deletions(...args), () => units.key * args[1].length),
    memberships: (tenantId, pairs) =>
      reading(store.memberships(tenantId, pairs, marks), () => units.key * pairs.length),
    members: (tenantId, ids, bound) =>
      reading(store.members(tenantId, ids, bound, marks), (found) => idsUnits(found, ids.length)),
    groupsOf: (tenantId, ids, bound) =>
      reading(store.groupsOf(tenantId, ids, bound, marks), (found) => idsUnits(found, ids.length)),
    countMembers: (...args) => reading(store.countMembers(...args), (count) => units.id * count),
    charge: async (...args) => {
      await open();
      return reading(store.charge(...args), () => 0);
    },
    create: async (...args) => {
      await open();
      writing(args[1]);
      countMembershipWrites(work, args[2]?.length ?? 0);
      return store.create(...args);
    },
    update: async (...args) => {
      await open();
      writing(args[2]);
      return store.update(...args);
    },
    remove: async (...args) => {
      await open();
      writing(args[1]);
      return store.remove(...args);
    },
    lease: async (...args) => {
      await open();
      return store.lease(...args);
    },
    changeMembers: async (...args) => {
      await open();
      return store.changeMembers(...args);
    },
    // These calls come after others, and are never refused, so that a change that has begun can end.
    touch: (...args) => store.touch(...args),
    release: (...args) => store.release(...args),
  };
}

function resourcesUnits(resources: readonly StoredResource[]): number {
  return resources.reduce((sum, { resource }) => {
    const values = units.value * valuesIn(resource) + units.byte * resourceBytes(resource);
    return sum + units.resource + values;
  }, 0);
}

function valuesIn(value: Json): number {
  if (isArray(value)) return value.reduce((sum: number, element) => sum + valuesIn(element), 1);
  return isObject(value) ? Object.values(value).reduce((sum: number, inner) => sum + valuesIn(inner), 1) : 1;
}

/** Each group or member takes a call of its own. */
function idsUnits(found: ReadonlyMap<string, readonly unknown[]>, calls: number): number {
  const ids = [...found.values()].reduce((sum, each) => sum + each.length, 0);
  return units.id * ids + units.call * (calls - 1);
}
