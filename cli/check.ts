import type { Command } from 'commander';
import { indexEntries } from '../lambda/directory/index-entries';
import { resourceTypes } from '../lambda/directory/resource-types';
import { resourceView } from '../lambda/scim/schema/view';
import type { Tenant } from '../lambda/tenants/tenant';
import { OperatorError } from '../operator/error';
import { check } from '../operator/store/check';
import type { Difference, EntriesOf } from '../operator/store/check/difference';
import { checkTokens } from '../operator/tenants/check-tokens';
import { findTenant } from '../operator/tenants/provision';
import { type Answer, table } from './answer';
import { onDeployment, type Session, type Shell } from './command';
import { progress } from './progress';

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

interface Row {
  readonly tenantId: string;
  readonly label: string;
  readonly problem: string;
  readonly detail: string;
  readonly repaired: boolean;
}

async function run(session: Session, options: { readonly repair?: true }, name?: string): Promise<Answer> {
  const tenants = await findTenants(session, name);
  const rows: Row[] = [];
  for await (const { tenantId, problem, detail, repair } of differences(session, tenants)) {
    stopWhenInterrupted(session);
    const repaired = options.repair && repair ? await repair() : false;
    rows.push({ tenantId, label: tenants.get(tenantId)?.label ?? '-', problem, detail, repaired });
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

async function* differences(session: Session, tenants: ReadonlyMap<string, Tenant>): AsyncIterable<Difference> {
  const { deployment, terminal } = session;
  const { services, tables } = deployment;
  for (const tenantId of tenants.keys()) {
    for await (const { tokenId, ...difference } of checkTokens(services, tenantId)) {
      yield { ...difference, tenantId, detail: `token=${tokenId}` };
    }
  }
  const entriesOf: EntriesOf = ({ tenantId, type }, resource) => {
    const { profile } = tenants.get(tenantId) ?? {};
    const resourceType = resourceTypes.find((one) => one.name === type);
    return profile && resourceType ? indexEntries(resourceType, resourceView(profile, type), resource) : [];
  };
  const subject = { tenantIds: new Set(tenants.keys()), entriesOf, now: services.clock() };
  const tell = progress(terminal, services.clock);
  let examined = 0;
  yield* check(tables, subject, (items) => {
    stopWhenInterrupted(session);
    examined += items;
    tell(() => `Read ${examined} items`);
  });
}

function stopWhenInterrupted({ terminal }: Session): void {
  if (terminal.interrupted.aborted) throw new OperatorError('Interrupted: run the same command again.');
}

function show(rows: readonly Row[]): string {
  return table(
    ['TENANT', 'PROBLEM', 'WHERE', 'REPAIRED'],
    rows.map(({ label, problem, detail, repaired }) => [label, problem, detail, repaired ? 'yes' : 'no']),
  );
}
