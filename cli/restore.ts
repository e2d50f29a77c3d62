import type { Command } from 'commander';
import type { ResourceType } from '../lambda/directory/resource-types';
import { recordAction } from '../operator/activity/record-action';
import { nameOf } from '../operator/directory/identity';
import { type Restored, restoreDeleted } from '../operator/directory/restore';
import { findTenant } from '../operator/tenants/provision';
import { onDeployment, type Session, type Shell } from './command';
import { type CommandOutput, counted } from './output';

/** `user restore` and `group restore`. */
export function restoreCommand(parent: Command, shell: Shell, type: ResourceType): void {
  const noun = type.name.toLowerCase();
  const restoring = parent
    .command('restore <tenant> <id>')
    .description(`restore a deleted ${noun} with its id, attributes and memberships ("deleted list" shows the ids)`)
    .addHelpText(
      'after',
      `\nA ${noun} that was deleted less than a minute ago has to wait. docs/deleted.md\nsays what the identity provider makes of it.`,
    );
  onDeployment(shell, restoring, restore(type));
}

function restore(type: ResourceType) {
  return async ({ deployment }: Session, _options: unknown, name: string, id: string): Promise<CommandOutput> => {
    const tenant = await findTenant(deployment.services, name);
    const restored = await restoreDeleted(deployment, tenant, type, id);
    const known = nameOf(type.name, restored.stored.resource);
    const unrecorded = await recordAction(deployment, tenant.tenantId, {
      action: 'restored',
      id: restored.actionId,
      resource: { type: type.name, id },
      ...(known !== undefined && { personal: { name: known } }),
    });
    const { stored, actionId: _, ...counts } = restored;
    return {
      data: { id, name: known, version: stored.version, ...counts },
      text: `${type.name} ${id} (${known ?? '-'}) is restored${memberships(type, restored)}.`,
      notes: [...losses(restored), ...unrecorded],
    };
  };
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
