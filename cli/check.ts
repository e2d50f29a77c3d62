import type { Command } from 'commander';
import { indexEntries } from '../lambda/directory/index-entries';
import { resourceTypes } from '../lambda/directory/resource-types';
import { resourceView } from '../lambda/scim/schema/view';
import { check, confirm, type Difference, type EntriesOf, repair } from '../lambda/store/check';
import { findTenant } from '../lambda/tenants/provision';
import { type Answer, table } from './answer';
import { onDeployment, type Session, type Shell } from './command';

/** `check`. */
export function checkCommand(program: Command, shell: Shell): void {
  const checking = program
    .command('check <tenant>')
    .description("compare a tenant's claims, entries, counts and memberships with its resources")
    .option('--repair', 'repair what differs')
    .addHelpText('after', '\nReads both tables in full, twice when something differs. The endpoint goes on serving.');
  onDeployment(shell, checking, run);
}

async function run({ deployment }: Session, options: { readonly repair?: true }, name?: string): Promise<Answer> {
  const { tables, services } = deployment;
  const { tenantId, label, profile } = await findTenant(services, name ?? '');
  const entriesOf: EntriesOf = (collection, resource) =>
    resourceTypes
      .filter((type) => type.name === collection.type)
      .flatMap((type) => indexEntries(type, resourceView(profile, type.name), resource));
  const again = () => check(tables, tenantId, entriesOf);
  const suspected = await again();
  const found = suspected.length === 0 ? [] : confirm(suspected, await again());
  const rows = [];
  for (const difference of found) {
    const repaired = options.repair ? await repair(tables, difference) : false;
    rows.push({ problem: difference.problem, detail: difference.detail, repaired });
  }
  return {
    data: { tenantId, differences: rows },
    text: rows.length === 0 ? `Tenant ${label} is as its resources say.` : show(rows),
    failed: rows.some(({ repaired }) => !repaired),
  };
}

function show(rows: readonly (Pick<Difference, 'problem' | 'detail'> & { readonly repaired: boolean })[]): string {
  return table(
    ['PROBLEM', 'WHERE', 'REPAIRED'],
    rows.map(({ problem, detail, repaired }) => [problem, detail, repaired ? 'yes' : 'no']),
  );
}
