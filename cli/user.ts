import type { Command } from 'commander';
import { userType } from '../lambda/directory/resource-types';
import { resourceView } from '../lambda/scim/schema/view';
import { nameGroups } from '../operator/directory/group-names';
import { openDirectory } from '../operator/directory/read';
import { showResource } from './changed-here';
import { onDeployment, type Session, type Shell } from './command';
import { eraseCommand } from './erase';
import type { CommandOutput } from './output';
import { type Column, lister, modifiedColumn, withListOptions } from './resource-list';
import { restoreCommand } from './restore';
import { setActiveCommands } from './set-active';

const columns: readonly Column[] = [
  ['USER', ({ id }) => id],
  ['USERNAME', ({ userName }) => userName],
  ['DISPLAY NAME', ({ displayName }) => displayName],
  ['ACTIVE', ({ active }) => active],
  modifiedColumn,
];

/** `user list|show|disable|enable|restore|erase`. */
export function userCommands(program: Command, shell: Shell): void {
  const user = program.command('user').description("the users in a tenant's directory");
  const listing = user
    .command('list <tenant>')
    .description('list users in the order of their user names')
    .addHelpText(
      'after',
      '\nExamples:\n  npx scim-admin user list acme\n  npx scim-admin user list acme --filter \'userName sw "a" and active eq false\'',
    );
  onDeployment(shell, withListOptions(listing), lister(userType, columns));
  onDeployment(
    shell,
    user.command('show <tenant> <user>').description('show one user (id or userName) with its groups'),
    show,
  );
  setActiveCommands(user, shell);
  restoreCommand(user, shell, userType);
  eraseCommand(user, shell, userType);
}

async function show(session: Session, _options: unknown, name: string, wanted: string): Promise<CommandOutput> {
  const { deployment } = session;
  const directory = await openDirectory(deployment, name);
  // A profile may return groups on request only.
  const { attributes } = resourceView(directory.tenant.profile, userType.name);
  const names = [...attributes.values()].map((attribute) => attribute.name);
  const found = await directory.find(userType, wanted, { attributes: names.join(',') });
  const user = await nameGroups(deployment, directory.tenant.tenantId, found);
  return showResource(session, directory, userType, user);
}
