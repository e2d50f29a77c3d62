import type { Command } from 'commander';
import type { ResourceType } from '../lambda/directory/resource-types';
import { restoreResource } from '../operator/actions/restore';
import { findTenant } from '../operator/tenants/provision';
import { onDeployment, type Session, type Shell } from './command';
import type { CommandOutput } from './output';

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
  return async ({ deployment }: Session, _options: unknown, tenantName: string, id: string): Promise<CommandOutput> => {
    const tenant = await findTenant(deployment.services, tenantName);
    const { restored, name, sentence, notes } = await restoreResource(deployment, tenant, type, id);
    const { stored, actionId: _, ...counts } = restored;
    return { data: { id, name, version: stored.version, ...counts }, text: sentence, notes };
  };
}
