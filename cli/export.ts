import { open, rename, rm, stat } from 'node:fs/promises';
import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Command } from 'commander';
import type { Tenant } from '../lambda/tenants/tenant';
import { counted } from '../operator/counted';
import { OperatorError } from '../operator/error';
import { findTenant } from '../operator/tenants/provision';
import { exportTenant } from '../operator/transfer/export';
import type { ExportTotals } from '../operator/transfer/export-format';
import { onDeployment, type Session, type Shell } from './command';
import { follow } from './follow';

import { endProgress } from './progress';

/** `export`. */
export function exportCommand(program: Command, shell: Shell): void {
  const exporting = program
    .command('export <tenant>')
    .description("write a tenant's users, groups and memberships, also deleted ones that are kept, as JSON lines")
    .option('--out <file>', 'output file (default: standard output)')
    .addHelpText(
      'after',
      `
The file contains personal data, but no tokens. "import" reads it again. It may
or may not contain changes that are made while it is written.

Examples:
  npx scim-admin export acme --out acme.jsonl
  npx scim-admin export acme | gzip > acme.jsonl.gz`,
    );
  onDeployment(shell, exporting, write);
}

async function write(session: Session, { out }: { readonly out?: string }, name: string) {
  const { deployment, terminal } = session;
  const tenant = await findTenant(deployment.services, name);
  const totals =
    out === undefined ? await writeTo(terminal.stdout, session, tenant) : await writeFile(out, session, tenant);
  const summary = `Exported ${describe(totals)} of tenant ${tenant.label}.`;
  // Standard output is the export itself.
  if (out === undefined) {
    endProgress(terminal);
    terminal.stderr.write(`${summary}\n`);
  }
  return out === undefined ? undefined : { data: { out, ...totals }, text: summary };
}

/** Writes to a temporary file in the same folder, and renames it when it is complete. */
async function writeFile(path: string, session: Session, tenant: Tenant): Promise<ExportTotals> {
  if ((await stat(path).catch(() => undefined))?.isDirectory()) {
    throw new OperatorError(`${path} is a folder: pass --out the path of a file in it.`);
  }
  const unfinished = `${path}.unfinished`;
  const file = await open(unfinished, 'w', 0o600).catch((error: NodeJS.ErrnoException) => {
    throw new OperatorError(`The file ${path} cannot be written (${error.code}): check its path.`);
  });
  try {
    const totals = await writeTo(file.createWriteStream(), session, tenant);
    await rename(unfinished, path);
    return totals;
  } finally {
    await rm(unfinished, { force: true });
  }
}

async function writeTo(stream: Writable, session: Session, tenant: Tenant): Promise<ExportTotals> {
  const { deployment, terminal } = session;
  let totals: ExportTotals = { users: 0, groups: 0, memberships: 0, tombstones: 0, deleted: 0, roles: 0 };
  const text = async function* () {
    const task = follow<ExportTotals>(session, (soFar) => `Exported ${describe(soFar)}`);
    for await (const line of exportTenant(deployment, tenant, task)) {
      yield `${JSON.stringify(line)}\n`;
      if ('end' in line) totals = line.end;
    }
  };
  await pipeline(text, stream, { end: stream !== terminal.stdout });
  return totals;
}

function describe({ users, groups, memberships, tombstones, deleted, roles }: ExportTotals): string {
  const kept = `${counted(tombstones, 'id')} of deleted users and groups (${deleted} kept whole)`;
  const mapping = roles > 0 ? ['the mapping of groups to roles'] : [];
  const counts = [counted(users, 'user'), counted(groups, 'group'), counted(memberships, 'membership'), kept];
  return [...counts, ...mapping].join(', ');
}
