import type { Command } from 'commander';
import { findTenant } from '../operator/tenants/provision';
import { type ImportProgress, type ImportTotals, importTenant } from '../operator/transfer/import';
import { onDeployment, type Session, type Shell } from './command';
import { follow } from './follow';
import { openInput } from './input-file';
import type { CommandOutput } from './output';
import { endProgress } from './progress';
import type { Terminal } from './terminal';

/** How many reasons are printed. */
const shownReasons = 20;

/** `import`. */
export function importCommand(program: Command, shell: Shell): void {
  const importing = program
    .command('import <tenant> <file>')
    .description('add the resources of an export to a tenant; "-" reads standard input')
    .addHelpText(
      'after',
      `
Resources keep their ids, versions and times. Existing resources are not
changed: lines that differ from them, or that do not fit the tenant's profile,
are left out and listed. The summary says how many resources lost attributes
that the profile does not store. Running it again changes nothing, so the same
command completes an interrupted import.

Examples:
  npx scim-admin import acme-new acme.jsonl
  gunzip -c acme.jsonl.gz | npx scim-admin import acme-new -`,
    );
  onDeployment(shell, importing, run);
}

async function run(session: Session, _options: unknown, name: string, file: string): Promise<CommandOutput> {
  const { deployment, terminal } = session;
  const tenant = await findTenant(deployment.services, name);
  const { input, size } = await openInput(terminal, file);
  const unrecorded: string[] = [];
  const totals = await importTenant(deployment, tenant, input, {
    ...follow<ImportProgress>(session, (reached) => describeProgress(reached, size)),
    onLeftOut: reasonWriter(terminal),
    onUnrecorded: (note) => unrecorded.push(note),
  });
  return {
    data: totals,
    text: `Imported into tenant ${tenant.label}: ${describe(totals)}.`,
    notes: [
      ...(totals.reduced > 0
        ? [`${totals.reduced} without attributes that profile ${tenant.profile} does not store.`]
        : []),
      ...(totals.whole
        ? []
        : ['The export is incomplete: its last line is missing or has other totals. Export again.']),
      ...unrecorded,
    ],
    failed: totals.leftOut > 0 || !totals.whole,
  };
}

/** Makes the function that writes why lines are left out, the first of them only. */
function reasonWriter(terminal: Terminal): (line: number, reason: string) => void {
  const { stderr } = terminal;
  let written = 0;
  return (line, reason) => {
    written++;
    if (written > shownReasons) return;
    endProgress(terminal);
    stderr.write(`Line ${line}: ${reason}\n`);
    if (written === shownReasons) stderr.write('Further lines that are left out are only counted.\n');
  };
}

/** How far an import is, in percent of the input where its size is known. */
export function describeProgress({ line, bytes, totals }: ImportProgress, size: number | undefined): string {
  const reached = size === undefined ? `Line ${line}` : `${Math.min(100, Math.floor((100 * bytes) / size))} %`;
  return `${reached}: ${describe(totals)}`;
}

function describe({ added, same, leftOut }: ImportTotals): string {
  return `${added} added, ${same} exist already, ${leftOut} left out`;
}
