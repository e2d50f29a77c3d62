import { type Command, Option } from 'commander';
import type { ResourceTypeName } from '../lambda/scim/schema/profile';
import { type DeletedResource, listDeleted } from '../operator/directory/deleted';
import { withSweeping } from '../operator/directory/sweeping';
import { findTenant } from '../operator/tenants/provision';
import { onDeployment, type Session, type Shell } from './command';
import { parseSince } from './duration';
import { type CommandOutput, table } from './output';
import { parseCount } from './resource-list';
import { shortTime } from './time';

interface ListOptions {
  readonly since?: Date;
  readonly type?: 'user' | 'group';
  readonly count: number;
}

const types: Readonly<Record<string, ResourceTypeName>> = { user: 'User', group: 'Group' };

/** `deleted list`. */
export function deletedCommands(program: Command, shell: Shell): void {
  const deleted = program
    .command('deleted')
    .description('the deleted users and groups of a tenant that are still kept');
  const listing = deleted
    .command('list <tenant>')
    .description('list them, the last deleted first, with those that have the same name or externalId now')
    .option('--since <time>', 'deleted since then, such as 2h, 7d or 2026-11-27T03:00', parseSince)
    .addOption(new Option('--type <type>', 'only these').choices(Object.keys(types)))
    .option('--count <number>', 'how many to show', parseCount, 100)
    .addHelpText(
      'after',
      `
Examples:
  npx scim-admin deleted list acme --since 2h
  npx scim-admin user restore acme <id>

docs/deleted.md says how to restore them. Listing reads everything that is kept
of them: a read unit of DynamoDB for 4 KB.`,
    );
  onDeployment(shell, listing, list);
}

async function list(
  { deployment }: Session,
  { since, type, count }: ListOptions,
  name: string,
): Promise<CommandOutput> {
  const tenant = await findTenant(deployment.services, name);
  const { found: listed, total } = await listDeleted(deployment, tenant, {
    count,
    ...(since && { since }),
    ...(type && { type: types[type] }),
  });
  const found = await withSweeping(deployment, tenant.tenantId, listed);
  return {
    data: found,
    text: table(
      ['ID', 'TYPE', 'NAME', 'EXTERNAL ID', 'DELETED (UTC)', 'BY', 'KEPT UNTIL (UTC)', 'THERE NOW'],
      found.map((each) => [
        each.id,
        each.type,
        each.name ?? '-',
        each.externalId ?? '-',
        shortTime(each.deleted),
        each.by,
        keptUntil(each),
        present(each),
      ]),
    ),
    notes: [
      `Shown: ${found.length} of ${total}.`,
      ...(found.some(({ thereNow }) => thereNow.length > 0)
        ? ['THERE NOW has the same name or externalId: probably the same one, created again with another id.']
        : []),
    ],
  };
}

function keptUntil({
  restorable,
  isSweeping,
  keptUntil: time,
}: DeletedResource & { readonly isSweeping: boolean }): string {
  if (isSweeping) return 'wait a minute';
  return restorable ? shortTime(time) : 'not kept';
}

function present({ thereNow }: DeletedResource): string {
  return thereNow.length === 0 ? '-' : thereNow.map(({ id, same }) => `${id} (${same.join(', ')})`).join('; ');
}
