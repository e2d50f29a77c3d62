import type { Command } from 'commander';
import { inParallel } from '../lambda/store/tables';
import type { Tenant } from '../lambda/tenants/tenant';
import type { Deployment } from '../operator/connection/open';
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
  const rows =
    name === undefined ? await countAll(deployment) : [await countTenant(deployment, await findTenant(services, name))];
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

async function countAll(deployment: Deployment): Promise<readonly TenantStats[]> {
  const { tenants } = deployment.services;
  const all: Tenant[] = [];
  for await (const tenant of tenants.list()) all.push(tenant);
  return inParallel(all, async (tenant) => countTenant(deployment, await tenants.withLastUse(tenant)));
}
