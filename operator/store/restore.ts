import type { Collection, IndexedResource, StoredMember } from '../../lambda/directory/store';
import { batchWrite } from '../../lambda/store/batches';
import { creation, entriesFrom } from '../../lambda/store/create';
import { requireFree, taken } from '../../lambda/store/entries';
import { tombstoneBodyKey, tombstoneKey } from '../../lambda/store/keys';
import { deleteRestorationMark, endCreation, markRestoration } from '../../lambda/store/marks';
import { membershipItem } from '../../lambda/store/memberships';
import { existingIds } from '../../lambda/store/resources';
import { finishSweep } from '../../lambda/store/sweep';
import type { Tables } from '../../lambda/store/tables';
import type { KeptResource } from '../../lambda/store/tombstone-bodies';
import { transact } from '../../lambda/store/transact';
import { sameBody } from './tombstone-bodies';

/** The memberships of a resource to restore: the groups it is in and, of a group, its members. */
export interface Memberships {
  readonly groups: readonly string[];
  readonly members: readonly StoredMember[];
  /** The ids of deleted groups and members that have the membership with what is kept of them. */
  readonly waiting: readonly string[];
}

/**
 * Why a restoration changed nothing: `marked` if the deletion is not swept yet or another restoration runs, `changed` if
 * the resource is there, or is no longer kept as it was read, or it took too long.
 */
export type Refusal = 'marked' | 'changed';

/** The most time from the mark to the transaction, in milliseconds: the sweep of an unfinished restoration comes later. */
const longest = 45_000;

/** A restoration: the resource with its next version, and what was kept of it. */
export interface Restoration {
  readonly collection: Collection;
  readonly restored: IndexedResource;
  readonly kept: KeptResource;
  /** Which memberships have both ends; called when the mark is there. */
  readonly present: () => Promise<Memberships>;
}

/**
 * Adds a deleted resource again with its memberships, and deletes its tombstone; all or nothing, as the creation of a large
 * group. The memberships are written first, hidden by a mark. What remains of a restoration that ended in between is swept.
 * @returns the memberships of the resource, if it was restored
 * @throws ScimError 409 naming the holder of a unique value
 */
export async function restoreResource(tables: Tables, restoration: Restoration): Promise<Memberships | Refusal> {
  const { collection, restored } = restoration;
  const { stored, entries } = restored;
  await requireFree(tables, collection, entries, stored.id);
  if (!(await markRestoration(tables, collection, stored.id, stored.modified))) return 'marked';
  const unmark = () => deleteRestorationMark(tables, collection, stored.id, stored.modified);
  // Whoever restored it first has deleted its own mark, and its memberships may have changed since.
  const there = await existingIds(tables, collection, [stored.id]).catch(async (error: unknown) => {
    await unmark().catch(() => undefined);
    throw error;
  });
  if (there.has(stored.id)) {
    await unmark();
    return 'changed';
  }
  // At once, what the sweep of an unfinished restoration does a minute later. It does nothing to one that finished.
  const undo = () => finishSweep(tables, collection, stored.id);
  try {
    const outcome = await write(tables, restoration);
    if (outcome === 'changed') await undo();
    return outcome;
  } catch (error) {
    await undo().catch(() => undefined);
    throw error;
  }
}

async function write(
  tables: Tables,
  { collection, restored, kept, present }: Restoration,
): Promise<Memberships | 'changed'> {
  const { stored, entries } = restored;
  const { tenantId } = collection;
  const began = Date.now();
  const memberships = await present();
  await writeMemberships(tables, collection, stored.id, memberships);
  if (Date.now() - began > longest) return 'changed';
  const created = creation(tables, collection, restored);
  const failed = await transact(tables, [
    ...created,
    endCreation(tables, collection, stored.id),
    {
      Delete: {
        TableName: tables.directory,
        Key: tombstoneBodyKey(tenantId, stored.id),
        ...sameBody(kept),
      },
    },
    { Delete: { TableName: tables.directory, Key: tombstoneKey(tenantId, stored.id) } },
  ]);
  if (failed.length === 0) return memberships;
  // An import added the resource meanwhile: a sweep would delete the memberships that it has now.
  if (failed.some(({ index }) => index === 0)) {
    await deleteRestorationMark(tables, collection, stored.id, stored.modified);
  }
  const claims = failed.filter(({ index }) => index >= entriesFrom && index < created.length);
  if (claims.length > 0) throw taken(collection, claims, entries, entriesFrom);
  return 'changed';
}

/** A resource as a member of groups. */
export function asMember({ type }: Collection, id: string): StoredMember {
  return type === 'Group' ? { value: id, type } : { value: id };
}

function writeMemberships(
  tables: Tables,
  collection: Collection,
  id: string,
  { groups, members }: Memberships,
): Promise<void> {
  const { tenantId } = collection;
  const self = asMember(collection, id);
  const writes = [
    ...groups.map((group) => ({ put: membershipItem(tenantId, group, self) })),
    ...members.map((member) => ({ put: membershipItem(tenantId, id, member) })),
  ];
  return batchWrite(tables, tables.memberships, writes);
}
