import { createHash } from 'node:crypto';
import type { ActivityRow } from '../activity/row';
import type { TemplateId } from '../activity/templates';
import { isRestoration, type MembersNote, type Note } from '../directory/note';
import type { StoredResource } from '../directory/store';
import type { ResourceTypeName } from '../scim/schema/profile';
import { expiryAfter } from '../store/activity';
import { type NamedResource, nameIn, namesKey, type ResourceNames } from '../store/names';
import { actorOf } from './actor';
import type { ResourceChange } from './change';
import { changedAttributes } from './changed-attributes';

/** What a row needs besides the record. */
export interface RowFacts {
  /** The note of a deletion; an erasure leaves none. */
  readonly deletion?: Note | undefined;
  /** The names of members, by `namesKey`. */
  readonly names: ReadonlyMap<string, ResourceNames>;
  /** How long rows are kept, in days. */
  readonly days: number;
}

const nameOf: Readonly<Record<ResourceTypeName, 'userName' | 'displayName'>> = {
  User: 'userName',
  Group: 'displayName',
};

/**
 * The rows of a change of a resource: one, and one for each member that its note names. The same record makes the same
 * rows. None if nothing but the version or a lease changed.
 */
export function changeRows(change: ResourceChange, { deletion, names, days }: RowFacts): readonly ActivityRow[] {
  const { before, after, collection, id, facts } = change;
  const note = after ? after.by : deletion;
  const told = tell(change, note);
  if (!told) return [];
  const name = shownName(collection.type, after ?? before);
  const time = after?.modified ?? later(facts.time, before?.modified);
  const row: ActivityRow = {
    tenantId: collection.tenantId,
    rowId: rowId(facts.eventId),
    time,
    kind: 'change',
    template: told.template,
    ...requestFacts(change, note),
    resource: { type: collection.type, id },
    ...(told.counts && { counts: told.counts }),
    ...(told.changed && { changed: told.changed }),
    ...(told.template !== 'erased' && {
      personal: { ...(name && { name }), ...(told.before && { before: told.before }) },
    }),
    expires: expiryAfter(time, days),
  };
  return [row, ...memberRows(row, name, membersIn(change), names)];
}

/** The members of groups whose rows need names. */
export function namedMembers(change: ResourceChange): readonly NamedResource[] {
  const { added = [], removed = [] } = membersIn(change)?.ids ?? {};
  const { tenantId } = change.collection;
  // A note has the ids only. Where they are groups, their names are found as such.
  return [...added, ...removed].flatMap((id) =>
    (['User', 'Group'] as const).map((type) => ({ collection: { tenantId, type }, id })),
  );
}

interface Told {
  readonly template: TemplateId;
  readonly counts?: Readonly<Record<string, number>>;
  readonly changed?: readonly string[];
  readonly before?: string;
}

/** What happened, as a sentence and its values. */
function tell(change: ResourceChange, note: Note | undefined): Told | undefined {
  const { before, after, collection } = change;
  if (!after) return { template: note ? 'deleted' : 'erased' };
  const members = membersIn(change);
  if (!before) {
    if (after.by && isRestoration(after.by)) return { template: 'restored' };
    const template = after.resource.active === false ? 'createdDisabled' : 'created';
    return { template, ...(members && { counts: { added: members.added } }) };
  }
  const changed = changedAttributes(before.resource, after.resource);
  if (changed.length > 0) return tellAttributes(collection.type, before, after, changed);
  return members && tellMembers(members);
}

function tellAttributes(
  type: ResourceTypeName,
  before: StoredResource,
  after: StoredResource,
  changed: readonly string[],
): Told {
  const isActive = ({ resource }: StoredResource) => resource.active !== false;
  if (isActive(before) !== isActive(after)) return { template: isActive(after) ? 'enabled' : 'disabled', changed };
  const old = shownName(type, before);
  return changed.includes(nameOf[type]) && old
    ? { template: 'renamed', changed, before: old }
    : { template: 'changed', changed };
}

function tellMembers({ added, removed, skipped, cleared }: MembersNote): Told {
  const counts = { added, removed, ...(skipped && { skipped }) };
  if (cleared) return { template: 'membersCleared', counts };
  if (added > 0 && removed > 0) return { template: 'membersChanged', counts };
  return { template: added > 0 ? 'membersAdded' : 'membersRemoved', counts };
}

/** How the members changed with this very record: a lease that ends leaves the note of an earlier request. */
function membersIn({ before, after }: ResourceChange): MembersNote | undefined {
  return after && after.version !== before?.version ? after.by?.members : undefined;
}

/** The rows that the members find. */
function memberRows(
  row: ActivityRow,
  group: string | undefined,
  members: MembersNote | undefined,
  names: RowFacts['names'],
): readonly ActivityRow[] {
  const { added = [], removed = [] } = members?.ids ?? {};
  const rowOf = (template: TemplateId) => (id: string) => {
    const { type, name } = findMember(row.tenantId, id, names);
    const { counts: _counts, changed: _changed, ...common } = row;
    return {
      ...common,
      rowId: rowId(`${row.rowId} ${template} ${id}`),
      template,
      resource: { type, id },
      personal: { ...(name && { name }), ...(group && { group }) },
      ofMember: true as const,
    };
  };
  return [...added.map(rowOf('memberAdded')), ...removed.map(rowOf('memberRemoved'))];
}

function findMember(tenantId: string, id: string, names: RowFacts['names']) {
  const named = (type: ResourceTypeName) => names.get(namesKey({ collection: { tenantId, type }, id }));
  const group = named('Group');
  return group
    ? { type: 'Group' as const, name: group.displayName }
    : { type: 'User' as const, name: named('User')?.userName };
}

/** Which request made the change, and from where. */
function requestFacts({ before, after, collection: { type } }: ResourceChange, note: Note | undefined) {
  // Only an operator erases, and only an earlier release wrote no note.
  if (!note) return { actor: after ? {} : { operator: true as const } };
  const { request, method, bulk, address, agent, milliseconds } = note;
  const { request: _request, ...actor } = actorOf(note);
  return {
    actor,
    request,
    ...(address !== undefined && { address }),
    ...(agent !== undefined && { agent }),
    ...(method !== undefined && { method }),
    ...(bulk && { bulk }),
    ...(milliseconds !== undefined && { milliseconds }),
    ...(method !== undefined && {
      path: before ? `/${type}s/{id}` : `/${type}s`,
      status: statusOf(type, method, after),
    }),
  };
}

/** The status that a client gets for a change. A PATCH of a group gets 200 if it asks for the group. */
function statusOf(type: ResourceTypeName, method: string, after: StoredResource | undefined): number {
  if (method === 'POST') return 201;
  return !after || (type === 'Group' && method === 'PATCH') ? 204 : 200;
}

function shownName(type: ResourceTypeName, stored: StoredResource | undefined): string | undefined {
  const name = nameOf[type];
  return stored && nameIn(stored.resource, name)[name];
}

/** A record has its time in seconds. What is deleted was changed before that. */
function later(time: string, modified = ''): string {
  return modified > time ? modified : time;
}

function rowId(seed: string): string {
  return createHash('sha256').update(seed).digest('hex').slice(0, 32);
}
