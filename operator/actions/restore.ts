import type { ResourceType } from '../../lambda/directory/resource-types';
import type { Tenant } from '../../lambda/tenants/tenant';
import { recordAction } from '../activity/record-action';
import type { Deployment } from '../connection/open';
import { counted } from '../counted';
import { nameOf } from '../directory/identity';
import { type Restored, restoreDeleted } from '../directory/restore';

/** A restored user or group, and what to tell the operator. */
export interface RestoredResource {
  readonly restored: Restored;
  readonly name: string | undefined;
  readonly sentence: string;
  readonly notes: readonly string[];
}

/** Restores a deleted user or group, and records it. @throws OperatorError as `restoreDeleted` */
export async function restoreResource(
  deployment: Deployment,
  tenant: Tenant,
  type: ResourceType,
  id: string,
): Promise<RestoredResource> {
  const restored = await restoreDeleted(deployment, tenant, type, id);
  const name = nameOf(type.name, restored.stored.resource);
  const unrecorded = await recordAction(deployment, tenant.tenantId, {
    action: 'restored',
    id: restored.actionId,
    resource: { type: type.name, id },
    ...(name !== undefined && { personal: { name } }),
  });
  const sentence = `${type.name} ${id} (${name ?? '-'}) is restored${memberships(type, restored)}.`;
  return { restored, name, sentence, notes: [...losses(restored), ...unrecorded] };
}

function memberships(type: ResourceType, { groups, members }: Restored): string {
  const parts = [
    ...(type.name === 'Group' ? [`with ${counted(members, 'member')}`] : []),
    ...(type.name === 'User' || groups > 0 ? [`in ${counted(groups, 'group')}`] : []),
  ];
  return `, ${parts.join(', ')}`;
}

/** What it does not have again. */
function losses({ waiting, gone, unknownGroups, unknownMembers }: Restored): readonly string[] {
  return [
    ...(waiting.length > 0
      ? [`Deleted, too, and back with this membership once restored: ${waiting.join(', ')}.`]
      : []),
    ...(gone.length > 0 ? [`Not restored are memberships with what no longer exists: ${gone.join(', ')}.`] : []),
    ...(unknownGroups > 0 ? [`It was in ${unknownGroups} groups, too many to keep: it is in none of them now.`] : []),
    ...(unknownMembers > 0
      ? [
          `It had ${unknownMembers} members, too many to keep: it has none now. Push them again from the identity provider.`,
        ]
      : []),
  ];
}
