import type { Note } from '../directory/note';
import { isRestoration } from '../directory/note';
import type { StoredResource } from '../directory/store';
import { isTestResource } from '../directory/test-domain';
import type { JsonObject } from '../scim/json';
import type { ResourceTypeName } from '../scim/schema/profile';
import { nameIn } from '../store/names';
import { actorOf, type EventActor } from './actor';
import type { ResourceChange } from './change';
import { changedAttributes } from './changed-attributes';
import { type ChangeEvent, type DetailType, entryBytes, eventHead, maxEntryBytes } from './event';

/** What events contain of a resource besides its id and externalId. */
interface Told {
  readonly name: 'userName' | 'displayName';
  /** The events for its attribute `active`, if it has one. */
  readonly active?: { readonly on: DetailType; readonly off: DetailType };
}

const told: Readonly<Record<ResourceTypeName, Told>> = {
  User: { name: 'userName', active: { on: 'User Enabled', off: 'User Disabled' } },
  Group: { name: 'displayName' },
};

/**
 * The event of a change of a resource; nothing if only its version changed. With `values` it contains the resource before
 * and after, unless that is too large.
 * @param deletion the note of a deletion; an operator's erasure leaves none
 * @throws Error if the event is too large even without values
 */
export function resourceEvent(change: ResourceChange, values: boolean, deletion?: Note): ChangeEvent | undefined {
  const { facts, collection, id, before, after } = change;
  const { tenantId, type } = collection;
  const stored = after ?? before;
  if (!stored) return undefined;
  const changed = before && after && changedAttributes(before.resource, after.resource);
  if (changed?.length === 0) return undefined;

  const head = eventHead(tenantId, [facts]);
  const detailType = typeOf(change);
  const detail = {
    ...head,
    // Stream records have the time in seconds, resources in milliseconds.
    time: after?.modified ?? head.time,
    ...actorIn(change, deletion),
    resourceType: type,
    resource: describe(type, id, stored.resource),
    // A person's account that takes such a name is no test.
    ...([before, after].every((one) => !one || isTestResource(type, one.resource)) && { test: true }),
    // A deletion has its own, higher version: a consumer that keeps the highest version then drops the earlier ones.
    version: after ? stored.version : stored.version + 1,
    ...(changed && { changed }),
  };
  const sequenceNumbers = [facts.sequenceNumber];
  const whole = { detailType, detail: { ...detail, ...(values && valuesOf(before, after)) }, sequenceNumbers };
  if (entryBytes(detailType, whole.detail) <= maxEntryBytes) return whole;
  const small = { detailType, detail: { ...detail, valuesOmitted: true }, sequenceNumbers };
  if (values && entryBytes(detailType, small.detail) <= maxEntryBytes) return small;
  throw new Error(`The change of ${type} ${id} cannot be published: its event is larger than ${maxEntryBytes} bytes.`);
}

/** Who made the change; unknown only if an earlier release wrote the resource. */
function actorIn({ after }: ResourceChange, deletion: Note | undefined): { readonly actor?: EventActor } {
  const note = after ? after.by : deletion;
  if (note) return { actor: actorOf(note) };
  return after ? {} : { actor: { operator: true } };
}

function typeOf({ collection: { type }, before, after }: ResourceChange): DetailType {
  if (!before) return after?.by && isRestoration(after.by) ? `${type} Restored` : `${type} Created`;
  if (!after) return `${type} Deleted`;
  const { active } = told[type];
  if (!active || isActive(before.resource) === isActive(after.resource)) return `${type} Updated`;
  return isActive(after.resource) ? active.on : active.off;
}

function describe(type: ResourceTypeName, id: string, resource: JsonObject): object {
  const { name, active } = told[type];
  return {
    id,
    ...nameIn(resource, 'externalId'),
    ...nameIn(resource, name),
    ...(active && { active: isActive(resource) }),
  };
}

function isActive({ active }: JsonObject): boolean {
  return active !== false;
}

function valuesOf(before: StoredResource | undefined, after: StoredResource | undefined): object {
  return { ...(before && { before: before.resource }), ...(after && { after: after.resource }) };
}
