import type { Command } from 'commander';
import type { ResourceType } from '../lambda/directory/resource-types';
import { recordAction } from '../operator/activity/record-action';
import { type Erasable, eraseResource, findErasable } from '../operator/directory/erase-resource';
import { nameAttributes } from '../operator/directory/identity';
import { findTenant } from '../operator/tenants/provision';
import { confirm, type DestructiveOptions, onDeployment, type Session, type Shell } from './command';
import type { CommandOutput } from './output';

/** `user erase` and `group erase`. */
export function eraseCommand(parent: Command, shell: Shell, type: ResourceType): void {
  const noun = type.name.toLowerCase();
  const erasing = parent
    .command(`erase <tenant> <${noun}>`)
    .description(
      `erase a ${noun} (id or ${nameAttributes[type.name]}) and what is kept of it after its deletion; cannot be undone`,
    )
    .option('--yes', 'do not ask for confirmation')
    .addHelpText('after', '\ndocs/erasure.md says what remains, where, and for how long.');
  onDeployment(shell, erasing, erase(type));
}

function erase(type: ResourceType) {
  return async (
    { deployment, terminal }: Session,
    options: DestructiveOptions,
    tenantName: string,
    wanted: string,
  ): Promise<CommandOutput> => {
    const tenant = await findTenant(deployment.services, tenantName);
    const found = await findErasable(deployment, tenant, type, wanted);
    const what = describe(type, found);
    await confirm(terminal, options, `This erases ${what}; it cannot be undone.`, found.name);
    await eraseResource(deployment, tenant, type, found);
    const { living, deleted } = found;
    const [id = ''] = living === undefined ? deleted : [living];
    return {
      data: { type: type.name, ...(living !== undefined && { living }), deleted, erased: true },
      text: `Erased: ${what}.`,
      notes: await recordAction(deployment, tenant.tenantId, { action: 'erased', resource: { type: type.name, id } }),
    };
  };
}

function describe({ name: type }: ResourceType, { living, deleted, name }: Erasable): string {
  const noun = type.toLowerCase();
  const parts = [
    ...(living === undefined ? [] : [`${noun} ${living} (${name}) with its memberships`]),
    ...(deleted.length === 0
      ? []
      : [`what is kept of the deleted ${noun}${deleted.length === 1 ? '' : 's'} ${deleted.join(', ')}`]),
  ];
  return parts.join(' and ');
}
