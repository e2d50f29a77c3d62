import { once } from 'node:events';
import { open, rename, rm, stat } from 'node:fs/promises';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import type { Command } from 'commander';
import { groupType, type ResourceType, userType } from '../lambda/directory/resource-types';
import type { StoredResource } from '../lambda/directory/store';
import { OperatorError } from '../lambda/tenants/error';
import { findTenant } from '../lambda/tenants/provision';
import type { Tenant } from '../lambda/tenants/tenant';
import { onDeployment, type Session, type Shell } from './command';
import type { Deployment } from './deployment';
import { type ExportHead, type ExportLine, type ExportTotals, exportFormat } from './export-format';
import { progress } from './progress';

const pageSize = 100;

/** `export`. */
export function exportCommand(program: Command, shell: Shell): void {
  const exporting = program
    .command('export <tenant>')
    .description("write a tenant's users, groups and memberships as JSON lines")
    .option('--out <file>', 'the file to write (default: standard output)')
    .addHelpText(
      'after',
      `
The file holds personal data, and no token. What changes while it is written may be in it or not.

Examples:
  scim-admin export acme --out acme.jsonl
  scim-admin export acme | gzip > acme.jsonl.gz`,
    );
  onDeployment(shell, exporting, write);
}

async function write(session: Session, { out }: { readonly out?: string }, name: string) {
  const { deployment, terminal } = session;
  const tenant = await findTenant(deployment.services, name);
  const totals =
    out === undefined ? await writeTo(terminal.stdout, session, tenant) : await writeFile(out, session, tenant);
  const summary = `Exported ${describe(totals)} of tenant ${tenant.label}.`;
  // Standard output holds the export itself.
  if (out === undefined) terminal.stderr.write(`${summary}\n`);
  return out === undefined ? undefined : { data: { out, ...totals }, text: summary };
}

/** Writes beside the file and puts it in place when it is whole. */
async function writeFile(path: string, session: Session, tenant: Tenant): Promise<ExportTotals> {
  if ((await stat(path).catch(() => undefined))?.isDirectory()) {
    throw new OperatorError(`${path} is a folder: give --out the path of a file in it.`);
  }
  const unfinished = `${path}.unfinished`;
  const file = await open(unfinished, 'w', 0o600).catch((error: NodeJS.ErrnoException) => {
    throw new OperatorError(`The file ${path} cannot be written (${error.code}): check its path.`);
  });
  const stream = file.createWriteStream();
  try {
    const totals = await writeTo(stream, session, tenant);
    stream.end();
    await finished(stream);
    await rename(unfinished, path);
    return totals;
  } finally {
    stream.destroy();
    await rm(unfinished, { force: true });
  }
}

async function writeTo(stream: Writable, { deployment, terminal }: Session, tenant: Tenant): Promise<ExportTotals> {
  const tell = progress(terminal, deployment.services.clock);
  const totals = { users: 0, groups: 0, memberships: 0 };
  const line = async (value: ExportHead | ExportLine) => {
    if (!stream.write(`${JSON.stringify(value)}\n`)) await once(stream, 'drain');
    if (terminal.interrupted.aborted) throw new OperatorError('Interrupted: run the same command again.');
    tell(() => `Exported ${describe(totals)}`);
  };
  await line(headOf(tenant, deployment.services.clock()));
  for await (const user of resources(deployment, tenant, userType)) {
    totals.users++;
    await line({ user });
  }
  for await (const group of resources(deployment, tenant, groupType)) {
    totals.groups++;
    await line({ group });
  }
  for await (const { id } of resources(deployment, tenant, groupType)) {
    for (const { value, type } of await deployment.store.members(tenant.tenantId, id)) {
      totals.memberships++;
      await line({ membership: { group: id, member: value, ...(type === 'Group' ? { type } : {}) } });
    }
  }
  await line({ end: totals });
  return totals;
}

function headOf({ tenantId, label, profile }: Tenant, now: Date): ExportHead {
  return { export: 'serverless-scim', format: exportFormat, tenantId, label, profile, exported: now.toISOString() };
}

/** All resources of a type, a page at a time. */
async function* resources(
  { store }: Deployment,
  { tenantId }: Tenant,
  { name: type }: ResourceType,
): AsyncIterable<StoredResource> {
  let after: string | undefined;
  do {
    const page = await store.page({ tenantId, type }, { after, limit: pageSize });
    yield* page.resources;
    after = page.more ? page.resources.at(-1)?.id : undefined;
  } while (after !== undefined);
}

function describe({ users, groups, memberships }: ExportTotals): string {
  return `${users} users, ${groups} groups, ${memberships} memberships`;
}
