import type { Command } from 'commander';
import type { Tenant } from '../lambda/tenants/tenant';
import { recordAction } from '../operator/activity/record-action';
import { type CheckedDifference, checkTenants } from '../operator/check/check-tenants';
import { counted } from '../operator/counted';
import { findTenant } from '../operator/tenants/provision';
import { onDeployment, type Session, type Shell } from './command';
import { follow } from './follow';
import { type CommandOutput, table } from './output';

/** `check`. */
export function checkCommand(program: Command, shell: Shell): void {
  const checking = program
    .command('check [tenant]')
    .description('verify that indexes, counts, memberships and tokens match the resources, of all tenants or of one')
    .option('--repair', 'repair the differences')
    .addHelpText(
      'after',
      `
It reads both tables in full, so one tenant takes as long as all of them. The
endpoint keeps serving requests, also during a repair. It never changes a user
or a group and does not ask for confirmation. It exits with 1 if a difference is
left. docs/check.md explains each problem.

Examples:
  npx scim-admin check acme
  npx scim-admin check --repair`,
    );
  onDeployment(shell, checking, run);
}

interface Row extends CheckedDifference {
  readonly label: string;
}

async function run(session: Session, options: { readonly repair?: true }, name?: string): Promise<CommandOutput> {
  const { deployment } = session;
  const tenants = await findTenants(session, name);
  const task = {
    ...options,
    all: name === undefined,
    ...follow<number>(session, (examined) => `Read ${examined} items`),
  };
  const rows: Row[] = [];
  const unrecorded: string[] = [];
  try {
    for await (const { tenantId, ...difference } of checkTenants(deployment, tenants, task)) {
      rows.push({ tenantId, label: tenants.get(tenantId)?.label ?? '-', ...difference });
    }
  } finally {
    // What a check that stopped half-way has repaired stays so.
    for (const [tenantId, counts] of countRepairs(rows)) {
      unrecorded.push(...(await recordAction(deployment, tenantId, { action: 'repaired', counts })));
    }
  }
  const left = rows.filter(({ repaired }) => !repaired).length;
  return {
    data: { tenants: [...tenants.keys()], differences: rows },
    text: rows.length === 0 ? `No difference in ${counted(tenants.size, 'tenant')}.` : show(rows),
    notes: [
      ...(left === 0 ? [] : [`${left} left: ${options.repair ? 'see' : 'pass --repair, or see'} docs/check.md.`]),
      ...unrecorded,
    ],
    failed: left > 0,
  };
}

/** How many differences were repaired and left, by the tenants of which some were repaired. */
function countRepairs(rows: readonly Row[]): ReadonlyMap<string, { readonly repaired: number; readonly left: number }> {
  const tenantIds = new Set(rows.flatMap(({ tenantId, repaired }) => (repaired ? [tenantId] : [])));
  const count = (tenantId: string, done: boolean) =>
    rows.filter((row) => row.tenantId === tenantId && row.repaired === done).length;
  return new Map(
    [...tenantIds].map((tenantId) => [tenantId, { repaired: count(tenantId, true), left: count(tenantId, false) }]),
  );
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
