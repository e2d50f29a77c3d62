import type { Command } from 'commander';
import { setUserActive } from '../operator/actions/set-active';
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
  return async ({ deployment }: Session, _options: unknown, name: string, wanted: string): Promise<CommandOutput> => {
    const { id, userName, sentence, notes } = await setUserActive(deployment, name, wanted, active);
    return { data: { id, userName, active }, text: sentence, notes };
  };
}
