import type { Command } from 'commander';
import type { ResourceType } from '../lambda/directory/resource-types';
import { eraseFromActivity } from '../operator/activity/erase';
import { recordAction } from '../operator/activity/record-action';
import { type Erasable, eraseResource, findErasable } from '../operator/directory/erase-resource';
import { nameAttributes } from '../operator/directory/identity';
import { findTenant } from '../operator/tenants/provision';
import { confirm, type DestructiveOptions, onDeployment, type Session, type Shell } from './command';
import { follow } from './follow';
import { type CommandOutput, counted } from './output';

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
    const what = describe(type, found);
    await confirm(terminal, options, `This erases ${what}; it cannot be undone.`, found.name);
    await eraseResource(deployment, tenant, type, found);
    const subject = { type: type.name, ids: found.ids, names: found.names };
    const task = follow<number>(session, (read) => `Read ${read} rows of activity`);
    const rows = await eraseFromActivity(deployment, tenant.tenantId, subject, task);
    const { living, deleted } = found;
    const [id] = found.ids;
    const resource = { type: type.name, ...(id !== undefined && { id }) };
    return {
      data: { type: type.name, ...(living !== undefined && { living }), deleted, activityRows: rows, erased: true },
      text: `Erased: ${what}. Its name is cleared from ${counted(rows, 'row')} of activity.`,
      notes: [
        'A change of the last minute may still come to the activity: repeat the command in a minute, until it finds nothing.',
        ...(await recordAction(deployment, tenant.tenantId, { action: 'erased', resource })),
      ],
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
  return parts.length === 0 ? `what the activity has of ${noun} ${name}` : parts.join(' and ');
}
