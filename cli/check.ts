import type { Command } from 'commander';
import type { Tenant } from '../lambda/tenants/tenant';
import { type CheckedDifference, checkTenants } from '../operator/check/check-tenants';
import { findTenant } from '../operator/tenants/provision';
import { onDeployment, type Session, type Shell } from './command';
import { type CommandOutput, table } from './output';
import { follow } from './progress';

/** `check`. */
export function checkCommand(program: Command, shell: Shell): void {
  const checking = program
    .command('check [tenant]')
    .description('compare what is kept of every tenant, or of one, with its users, groups and tokens')
    .option('--repair', 'put right what differs')
    .addHelpText(
      'after',
      `
It reads both tables in full, whosever items they hold: one tenant takes as long as all of them. The endpoint goes on
serving, also while it repairs. It never changes a user or a group, and asks nothing. It exits with 1 when a difference is
left. docs/check.md explains each.

Examples:
  scim-admin check acme
  scim-admin check --repair`,
    );
  onDeployment(shell, checking, run);
}

interface Row extends CheckedDifference {
  readonly label: string;
}

async function run(session: Session, options: { readonly repair?: true }, name?: string): Promise<CommandOutput> {
  const { deployment } = session;
  const tenants = await findTenants(session, name);
  const task = { ...options, ...follow<number>(session, (examined) => `Read ${examined} items`) };
  const rows: Row[] = [];
  for await (const { tenantId, ...difference } of checkTenants(deployment, tenants, task)) {
    rows.push({ tenantId, label: tenants.get(tenantId)?.label ?? '-', ...difference });
  }
  const left = rows.filter(({ repaired }) => !repaired).length;
  return {
    data: { tenants: [...tenants.keys()], differences: rows },
    text: rows.length === 0 ? `No difference in ${tenants.size} tenant${tenants.size === 1 ? '' : 's'}.` : show(rows),
    notes: left === 0 ? [] : [`${left} left: ${options.repair ? 'see' : 'give --repair, or see'} docs/check.md.`],
    failed: left > 0,
  };
}

async function findTenants({ deployment: { services } }: Session, name: string | undefined) {
  const tenants = new Map<string, Tenant>();
  for await (const tenant of name === undefined ? services.tenants.list() : [await findTenant(services, name)]) {
    tenants.set(tenant.tenantId, tenant);
  }
  return tenants;
}

function show(rows: readonly Row[]): string {
  return table(
    ['TENANT', 'PROBLEM', 'WHERE', 'REPAIRED'],
    rows.map(({ label, problem, detail, repaired }) => [label, problem, detail, repaired ? 'yes' : 'no']),
  );
}
