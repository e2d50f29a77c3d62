import type { Command } from 'commander';
import { userType } from '../lambda/directory/resource-types';
import { recordAction } from '../operator/activity/record-action';
import { openDirectory } from '../operator/directory/read';
import { setActive } from '../operator/directory/set-active';
import { onDeployment, type Session, type Shell } from './command';
import type { CommandOutput } from './output';

/** `user disable|enable`. */
export function setActiveCommands(user: Command, shell: Shell): void {
  onDeployment(
    shell,
    user
      .command('disable <tenant> <user>')
      .description('disable one user (id or userName) here, until the identity provider writes it again'),
    set(false),
  );
  onDeployment(
    shell,
    user.command('enable <tenant> <user>').description('enable one user (id or userName) here'),
    set(true),
  );
}

function set(active: boolean) {
  const state = active ? 'enabled' : 'disabled';
  return async ({ deployment }: Session, _options: unknown, name: string, wanted: string): Promise<CommandOutput> => {
    const { tenant, find } = await openDirectory(deployment, name);
    const { id, userName } = await find(userType, wanted);
    const actionId = await setActive(deployment, tenant, String(id), active);
    const data = { id: String(id), userName: String(userName), active };
    if (actionId === undefined) return { data, text: `User ${data.id} (${data.userName}) is ${state} already.` };
    const unrecorded = await recordAction(deployment, tenant.tenantId, {
      action: state,
      id: actionId,
      resource: { type: 'User', id: data.id },
      personal: { name: data.userName },
    });
    return {
      data,
      text: `User ${data.id} (${data.userName}) is ${state}.`,
      notes: [
        'This is a change here only: the identity provider does not know it, and overwrites it when it next writes the user.',
        ...unrecorded,
      ],
    };
  };
}
