import type { Command } from 'commander';
import type { ResourceType } from '../lambda/directory/resource-types';
import { describeErasable, erase as eraseRecorded } from '../operator/actions/erase';
import { findErasable } from '../operator/directory/erase-resource';
import { nameAttributes } from '../operator/directory/identity';
import { findTenant } from '../operator/tenants/provision';
import { confirm, type DestructiveOptions, onDeployment, type Session, type Shell } from './command';
import { follow } from './follow';
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
    session: Session,
    options: DestructiveOptions,
    tenantName: string,
    wanted: string,
  ): Promise<CommandOutput> => {
    const { deployment, terminal } = session;
    const tenant = await findTenant(deployment.services, tenantName);
    const found = await findErasable(deployment, tenant, type, wanted);
    await confirm(terminal, options, `This erases ${describeErasable(type, found)}; it cannot be undone.`, found.name);
    const task = follow<number>(session, (read) => `Read ${read} rows of activity`);
    const { rows, sentence, notes } = await eraseRecorded(deployment, tenant, type, found, task);
    const { living, deleted } = found;
    return {
      data: { type: type.name, ...(living !== undefined && { living }), deleted, activityRows: rows, erased: true },
      text: sentence,
      notes,
    };
  };
}
