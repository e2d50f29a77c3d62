import { open, rename, rm, stat } from 'node:fs/promises';
import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Command } from 'commander';
import { groupType, type ResourceType, userType } from '../lambda/directory/resource-types';
import type { StoredResource } from '../lambda/directory/store';
import type { Tenant } from '../lambda/tenants/tenant';
import type { Deployment } from '../operator/deployment/open';
import { OperatorError } from '../operator/error';
import { findTenant } from '../operator/tenants/provision';
import { type ExportHead, type ExportLine, type ExportTotals, exportFormat } from '../operator/transfer/export-format';
import { onDeployment, type Session, type Shell } from './command';
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
  const tell = progress(terminal, deployment.services.clock);
  const totals = { users: 0, groups: 0, memberships: 0 };
  const text = async function* () {
    for await (const line of lines(deployment, tenant, totals)) {
      yield `${JSON.stringify(line)}\n`;
      if (terminal.interrupted.aborted) throw new OperatorError('Interrupted: run the same command again.');
      tell(() => `Exported ${describe(totals)}`);
    }
  };
  await pipeline(text, stream, { end: stream !== terminal.stdout });
  return totals;
}

/** What an export holds, in its order; `totals` counts what was told. */
async function* lines(
  deployment: Deployment,
  tenant: Tenant,
  totals: { -readonly [Kind in keyof ExportTotals]: number },
): AsyncIterable<ExportHead | ExportLine> {
  yield headOf(tenant, deployment.services.clock());
  for await (const user of resources(deployment, tenant, userType)) {
    totals.users++;
    yield { user };
  }
  for await (const group of resources(deployment, tenant, groupType)) {
    totals.groups++;
    yield { group };
  }
  for await (const { id } of resources(deployment, tenant, groupType)) {
    for (const { value, type } of await deployment.store.members(tenant.tenantId, id)) {
      totals.memberships++;
      yield { membership: { group: id, member: value, ...(type === 'Group' ? { type } : {}) } };
    }
  }
  yield { end: totals };
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
