import type { Command } from 'commander';
import { findTenant } from '../operator/tenants/provision';
import { countTenant, type TenantStats } from '../operator/tenants/stats';
import { onDeployment, type Session, type Shell } from './command';
import { type CommandOutput, table } from './output';
import { shortTime } from './time';

/** `stats`. */
export function statsCommand(program: Command, shell: Shell): void {
  const stats = program
    .command('stats [tenant]')
    .description('show the number of users, groups, tokens and clients, and the last use, of all tenants or of one');
  onDeployment(shell, stats, count);
}

async function count({ deployment }: Session, _options: unknown, name?: string): Promise<CommandOutput> {
  const { services } = deployment;
  const rows: TenantStats[] = [];
  for await (const tenant of name === undefined ? services.tenants.list() : [await findTenant(services, name)]) {
    rows.push(await countTenant(deployment, tenant));
  }
  return {
    data: rows,
    text: table(
      ['TENANT', 'LABEL', 'STATE', 'USERS', 'GROUPS', 'TOKENS', 'CLIENTS', 'LAST USE (UTC)'],
      rows.map(({ tenantId, label, state, users, groups, tokens, clients, lastUse }) => {
        return [tenantId, label, state, ...[users, groups, tokens, clients].map(String), shortTime(lastUse)];
      }),
    ),
  };
}
