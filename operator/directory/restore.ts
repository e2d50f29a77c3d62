import { indexEntries } from '../../lambda/directory/index-entries';
import { restoreActions } from '../../lambda/directory/note';
import type { ResourceType } from '../../lambda/directory/resource-types';
import type { StoredResource } from '../../lambda/directory/store';
import { ScimError } from '../../lambda/scim/message/error';
import { resourceView } from '../../lambda/scim/schema/view';
import type { Tenant } from '../../lambda/tenants/tenant';
import type { DataAccess } from '../connection/open';
import { OperatorError } from '../error';
import { operatorNote } from '../operator-note';
import { type Refusal, restoreResource } from '../store/restore';
import { findDeleted } from './find-deleted';
import { requireLocalChanges } from './local-changes';
import { idsOf, presentMemberships } from './present-memberships';

/** A restored user or group. */
export interface Restored {
  readonly stored: StoredResource;
  /** The id of this run, which the activity and the note of the resource have. */
  readonly actionId: string;
  /** How many groups it is in again, and how many members a group has again. */
  readonly groups: number;
  readonly members: number;
  /** The ids of deleted groups and members with which the membership comes back when they are restored. */
  readonly waiting: readonly string[];
  /** The ids of groups and members that neither exist nor can be restored. */
  readonly gone: readonly string[];
  /** How many groups or members were too many to keep their ids; 0 if there were not. */
  readonly unknownGroups: number;
  readonly unknownMembers: number;
}

/**
 * Restores a deleted user or group of a tenant with its id, attributes, and the memberships of which both ends exist.
 * @param note makes the note of who did it
 * @throws OperatorError if it is not kept, is there already, was deleted a moment ago, or has a value that is used by now;
 *   then nothing was changed
 */
export async function restoreDeleted(
  deployment: DataAccess,
  tenant: Tenant,
  type: ResourceType,
  id: string,
  note: typeof operatorNote = operatorNote,
): Promise<Restored> {
  await requireLocalChanges(deployment.services, tenant);
  for (let attempt = 1; ; attempt++) {
    const result = await attemptRestoration(deployment, tenant, type, id, note);
    if (typeof result !== 'string') return result;
    // The next attempt finds out what has changed.
    if (result === 'marked' || attempt === attempts) throw refusals[result](type, id);
  }
}

/** How often a restoration is tried while something else changes what is kept. */
const attempts = 3;

async function attemptRestoration(
  deployment: DataAccess,
  tenant: Tenant,
  type: ResourceType,
  id: string,
  note: typeof operatorNote,
): Promise<Restored | Refusal> {
  const { services, tables } = deployment;
  const kept = await findDeleted(deployment, tenant, type, id);
  const by = note(restoreActions[type.name]);
  const stored: StoredResource = {
    ...kept.stored,
    // The event of the deletion has the version between.
    version: kept.stored.version + 2,
    modified: services.clock().toISOString(),
    by,
  };
  const entries = indexEntries(type, resourceView(tenant.profile, type.name), stored.resource);
  const collection = { tenantId: tenant.tenantId, type: type.name };
  const outcome = await restoreResource(tables, {
    collection,
    restored: { stored, entries },
    kept,
    present: () => presentMemberships(deployment, collection, kept),
  }).catch((error: unknown) => {
    throw error instanceof ScimError && error.status === 409 ? valueTaken(type, id, error) : error;
  });
  if (typeof outcome === 'string') return outcome;
  const { groups, members, waiting } = outcome;
  const found = new Set([...groups, ...members.map(({ value }) => value), ...waiting]);
  return {
    stored,
    actionId: by.request,
    groups: groups.length,
    members: members.length,
    waiting,
    gone: [...idsOf(kept.groups), ...idsOf(kept.members)].filter((each) => !found.has(each)),
    unknownGroups: typeof kept.groups === 'number' ? kept.groups : 0,
    unknownMembers: typeof kept.members === 'number' ? kept.members : 0,
  };
}

const refusals: Readonly<Record<Refusal, (type: ResourceType, id: string) => OperatorError>> = {
  marked: (type, id) =>
    new OperatorError(
      `Nothing was changed: ${type.name} ${id} was deleted less than a minute ago, or is being restored. Wait a minute, ` +
        'then restore it.',
    ),
  changed: (type, id) =>
    new OperatorError(
      `Nothing was changed: ${type.name} ${id} was restored, erased or imported by somebody else in the meantime, or it ` +
        'took too long. See whether it is there; if not, restore it again.',
    ),
};

function valueTaken(type: ResourceType, id: string, { detail }: ScimError): OperatorError {
  return new OperatorError(
    `Nothing was changed: ${type.name} ${id} cannot be restored, because ${detail.replace(/\.$/, '')}. If that is the same ` +
      'one, created again, keep it; otherwise delete or rename it, then restore.',
  );
}
