import { indexEntries } from '../../lambda/directory/index-entries';
import { restoreActions } from '../../lambda/directory/note';
import { groupType, type ResourceType, userType } from '../../lambda/directory/resource-types';
import type { StoredMember, StoredResource } from '../../lambda/directory/store';
import { ScimError } from '../../lambda/scim/message/error';
import { resourceView } from '../../lambda/scim/schema/view';
import type { KeptResource } from '../../lambda/store/tombstone-bodies';
import type { Tenant } from '../../lambda/tenants/tenant';
import type { DataAccess } from '../connection/open';
import { OperatorError } from '../error';
import { operatorNote } from '../operator-note';
import { type Memberships, type Refusal, restoreResource } from '../store/restore';
import { findDeleted } from './find-deleted';
import { requireLocalChanges } from './local-changes';

/** A restored user or group. */
export interface Restored {
  readonly stored: StoredResource;
  /** The id of this run, which the activity and the note of the resource have. */
  readonly actionId: string;
  /** How many groups it is in again, and how many members a group has again. */
  readonly groups: number;
  readonly members: number;
  /** The ids of groups and members that no longer exist. */
  readonly gone: readonly string[];
  /** How many groups or members were too many to keep their ids; 0 if there were not. */
  readonly unknownGroups: number;
  readonly unknownMembers: number;
}

/**
 * Restores a deleted user or group of a tenant with its id, attributes, and the memberships of which both ends exist.
 * @throws OperatorError if it is not kept, is there already, was deleted a moment ago, or has a value that is used by now;
 *   then nothing was changed
 */
export async function restoreDeleted(
  deployment: DataAccess,
  tenant: Tenant,
  type: ResourceType,
  id: string,
): Promise<Restored> {
  const { services, tables } = deployment;
  await requireLocalChanges(services, tenant);
  const { kept, deleted } = await findDeleted(deployment, tenant, type, id);
  const by = operatorNote(restoreActions[type.name]);
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
    deleted,
    present: () => presentMemberships(deployment, tenant, kept),
  }).catch((error: unknown) => {
    throw error instanceof ScimError && error.status === 409 ? valueTaken(type, id, error) : error;
  });
  if (typeof outcome === 'string') throw refusals[outcome](type, id);
  const { groups, members } = outcome;
  const there = new Set([...groups, ...members.map(({ value }) => value)]);
  return {
    stored,
    actionId: by.request,
    groups: groups.length,
    members: members.length,
    gone: [...idsOf(kept.groups), ...idsOf(kept.members)].filter((each) => !there.has(each)),
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

/** The memberships of a deleted resource of which the other end exists. */
async function presentMemberships(
  { store }: DataAccess,
  { tenantId }: Tenant,
  { groups, members }: KeptResource,
): Promise<Memberships> {
  const kept = typeof members === 'number' ? [] : members;
  const ofType = (wanted: StoredMember['type']) =>
    kept.filter((member) => member.type === wanted).map(({ value }) => value);
  const [users, allGroups] = await Promise.all([
    store.existing({ tenantId, type: userType.name }, ofType(undefined)),
    store.existing({ tenantId, type: groupType.name }, [...ofType('Group'), ...idsOf(groups)]),
  ]);
  return {
    groups: idsOf(groups).filter((group) => allGroups.has(group)),
    members: kept.filter(({ value, type }) => (type === 'Group' ? allGroups : users).has(value)),
  };
}

function idsOf(kept: KeptResource['groups'] | KeptResource['members']): readonly string[] {
  return typeof kept === 'number' ? [] : kept.map((each) => (typeof each === 'string' ? each : each.value));
}
