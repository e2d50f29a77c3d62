import type { Command } from 'commander';
import { groupType, type ResourceType, userType } from '../lambda/directory/resource-types';
import type { StoredMember, StoredResource } from '../lambda/directory/store';
import { openDirectory } from '../operator/directory/read';
import { type Answer, table } from './answer';
import { onDeployment, type Session, type Shell } from './command';
import { type Column, lister, modifiedColumn, withListOptions } from './resource-list';

const columns: readonly Column[] = [
  ['GROUP', ({ id }) => id],
  ['DISPLAY NAME', ({ displayName }) => displayName],
  ['EXTERNAL ID', ({ externalId }) => externalId],
  modifiedColumn,
];

const withoutMembers = { excludedAttributes: 'members' };

/** `group list|show|members`. */
export function groupCommands(program: Command, shell: Shell): void {
  const group = program.command('group').description("the groups in a tenant's directory");
  const listing = group
    .command('list <tenant>')
    .description('groups, in the order of their ids')
    .addHelpText(
      'after',
      '\nExamples:\n  scim-admin group list acme\n  scim-admin group list acme --filter \'displayName eq "Engineering"\'',
    );
  onDeployment(shell, withListOptions(listing), lister(groupType, columns, withoutMembers));
  onDeployment(
    shell,
    group.command('show <tenant> <group>').description('one group (id or displayName), without members'),
    show,
  );
  onDeployment(shell, group.command('members <tenant> <group>').description('who is in a group'), members);
}

async function show({ deployment }: Session, _options: unknown, name: string, wanted: string): Promise<Answer> {
  const directory = await openDirectory(deployment, name);
  const group = await directory.find(groupType, wanted, withoutMembers);
  return { data: group, text: JSON.stringify(group, undefined, 2) };
}

async function members({ deployment }: Session, _options: unknown, name: string, wanted: string): Promise<Answer> {
  const { store } = deployment;
  const directory = await openDirectory(deployment, name);
  const { tenantId } = directory.tenant;
  const group = await directory.find(groupType, wanted, withoutMembers);
  const listed = await store.members(tenantId, String(group.id));
  const read = ({ name: type }: ResourceType): Promise<readonly StoredResource[]> => {
    const ids = listed.filter((member) => (member.type ?? 'User') === type).map(({ value }) => value);
    return store.getMany({ tenantId, type }, ids);
  };
  const found = new Map(
    [...(await read(userType)), ...(await read(groupType))].map(({ id, resource }) => [id, resource]),
  );
  const describe = ({ value, type }: StoredMember) => {
    const resource = found.get(value);
    return { value, type: type ?? 'User', name: String(resource?.userName ?? resource?.displayName ?? '-') };
  };
  const rows = listed.map(describe);
  return {
    data: rows,
    text: table(
      ['MEMBER', 'TYPE', 'NAME'],
      rows.map(({ value, type, name: shown }) => [value, type, shown]),
    ),
    notes: [`${rows.length} members.`],
  };
}
