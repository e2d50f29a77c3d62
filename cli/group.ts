import type { Command } from 'commander';
import { groupType } from '../lambda/directory/resource-types';
import { listMembers } from '../operator/directory/group-members';
import { openDirectory } from '../operator/directory/read';
import { showResource } from './changed-here';
import { onDeployment, type Session, type Shell } from './command';
import { eraseCommand } from './erase';
import { type CommandOutput, table } from './output';
import { type Column, lister, modifiedColumn, withListOptions } from './resource-list';
import { restoreCommand } from './restore';

const columns: readonly Column[] = [
  ['GROUP', ({ id }) => id],
  ['DISPLAY NAME', ({ displayName }) => displayName],
  ['EXTERNAL ID', ({ externalId }) => externalId],
  modifiedColumn,
];

const withoutMembers = { excludedAttributes: 'members' };

/** `group list|show|members|restore|erase`. */
export function groupCommands(program: Command, shell: Shell): void {
  const group = program.command('group').description("the groups in a tenant's directory");
  const listing = group
    .command('list <tenant>')
    .description('list groups in the order of their names')
    .addHelpText(
      'after',
      '\nExamples:\n  npx scim-admin group list acme\n  npx scim-admin group list acme --filter \'displayName eq "Engineering"\'',
    );
  onDeployment(shell, withListOptions(listing), lister(groupType, columns, withoutMembers));
  onDeployment(
    shell,
    group.command('show <tenant> <group>').description('show one group (id or displayName), without members'),
    show,
  );
  onDeployment(
    shell,
    group.command('members <tenant> <group>').description('the members of a group, in the order of their names'),
    members,
  );
  restoreCommand(group, shell, groupType);
  eraseCommand(group, shell, groupType);
}

async function show(session: Session, _options: unknown, name: string, wanted: string): Promise<CommandOutput> {
  const directory = await openDirectory(session.deployment, name);
  const group = await directory.find(groupType, wanted, withoutMembers);
  return showResource(session, directory, groupType, group);
}

async function members(
  { deployment }: Session,
  _options: unknown,
  name: string,
  wanted: string,
): Promise<CommandOutput> {
  const directory = await openDirectory(deployment, name);
  const group = await directory.find(groupType, wanted, withoutMembers);
  const rows = await listMembers(deployment, directory.tenant.tenantId, String(group.id));
  return {
    data: rows,
    text: table(
      ['MEMBER', 'TYPE', 'NAME'],
      rows.map(({ value, type, name: shown }) => [value, type, shown]),
    ),
    notes: [`${rows.length} members.`],
  };
}
