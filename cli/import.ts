import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import type { Command } from 'commander';
import { groupType, type ResourceType, userType } from '../lambda/directory/resource-types';
import { isObject } from '../lambda/scim/json';
import { readDeleted } from '../lambda/store/memberships';
import type { Tenant } from '../lambda/tenants/tenant';
import type { Deployment } from '../operator/deployment/open';
import { OperatorError } from '../operator/error';
import { findTenant } from '../operator/tenants/provision';
import { type NumberedLine, readLines } from '../operator/transfer/import-lines';
import { importMemberships } from '../operator/transfer/import-memberships';
import { importResource, type Outcome } from '../operator/transfer/import-resource';
import type { Answer } from './answer';
import { onDeployment, type Session, type Shell } from './command';
import { progress } from './progress';

/** How many lines are written at a time. */
const batchSize = 100;

/** How many reasons are shown in full. */
const shownReasons = 20;

/** `import`. */
export function importCommand(program: Command, shell: Shell): void {
  const importing = program
    .command('import <tenant> <file>')
    .description('add what "export" wrote to a tenant; "-" reads standard input')
    .addHelpText(
      'after',
      `
Resources keep their ids, versions and times. Nothing that is there is changed: what differs, or does not fit the
tenant's profile, is left out and listed; how many come without attributes that the profile does not keep is told. Running it again changes nothing, so an interrupted import is completed by
the same command.

Examples:
  scim-admin import acme-new acme.jsonl
  gunzip -c acme.jsonl.gz | scim-admin import acme-new -`,
    );
  onDeployment(shell, importing, run);
}

interface Totals {
  added: number;
  same: number;
  leftOut: number;
  /** How many of those added lack something that the tenant's profile does not keep. */
  reduced: number;
  /** Whether the export's last line tells of as many lines as there were. */
  whole: boolean;
}

async function run(session: Session, _options: unknown, name: string, file: string): Promise<Answer> {
  const { deployment, terminal } = session;
  const tenant = await findTenant(deployment.services, name);
  const tell = progress(terminal, deployment.services.clock);
  const totals: Totals = { added: 0, same: 0, leftOut: 0, reduced: 0, whole: false };
  const deleted = await readDeleted(deployment.tables, tenant.tenantId);
  const input = file === '-' ? terminal.stdin : await openFile(file);

  for await (const batch of batches(readLines(input))) {
    const outcomes = await importBatch(deployment, tenant, batch, deleted);
    for (const [index, outcome] of outcomes.entries()) count(session, totals, batch.lines[index], outcome);
    totals.whole = batch.kind === 'end' && endsWith(batch, totals);
    const reached = batch.lines.at(-1)?.number ?? 0;
    if (terminal.interrupted.aborted) {
      throw new OperatorError(`Interrupted after line ${reached}: run the same command again to complete it.`);
    }
    tell(() => `Line ${reached}: ${describe(totals)}`);
  }
  return {
    data: totals,
    text: `Imported into tenant ${tenant.label}: ${describe(totals)}.`,
    notes: [
      ...(totals.reduced > 0
        ? [`${totals.reduced} without attributes that profile ${tenant.profile} does not keep.`]
        : []),
      ...(totals.whole
        ? []
        : ['The export is not whole: its last line is missing, or tells of more than there is above it.']),
    ],
    failed: totals.leftOut > 0 || !totals.whole,
  };
}

function count({ terminal }: Session, totals: Totals, line: NumberedLine | undefined, outcome: Outcome): void {
  if (outcome === 'reduced') totals.reduced++;
  if (outcome === 'new' || outcome === 'reduced') totals.added++;
  else if (outcome === 'same') totals.same++;
  else {
    totals.leftOut++;
    if (totals.leftOut <= shownReasons) terminal.stderr.write(`Line ${line?.number}: ${outcome.leftOut}\n`);
    if (totals.leftOut === shownReasons) terminal.stderr.write('Further lines left out are counted only.\n');
  }
}

function endsWith({ lines: [line] }: Batch, { added, same, leftOut }: Totals): boolean {
  const end = line?.value?.end;
  return isObject(end) && Number(end.users) + Number(end.groups) + Number(end.memberships) === added + same + leftOut;
}

function describe({ added, same, leftOut }: Totals): string {
  return `${added} added, ${same} there already, ${leftOut} left out`;
}

type Kind = 'user' | 'group' | 'membership' | 'end' | 'unknown' | 'broken';

/** Lines of one kind that follow each other: later kinds rely on earlier ones. */
interface Batch {
  readonly kind: Kind;
  readonly lines: readonly NumberedLine[];
}

async function* batches(lines: AsyncIterable<NumberedLine>): AsyncIterable<Batch> {
  let kind: Kind = 'unknown';
  let waiting: NumberedLine[] = [];
  for await (const line of lines) {
    const next = kindOf(line);
    if (waiting.length > 0 && (next !== kind || waiting.length === batchSize)) {
      yield { kind, lines: waiting };
      waiting = [];
    }
    kind = next;
    waiting.push(line);
  }
  if (waiting.length > 0) yield { kind, lines: waiting };
}

function kindOf({ value }: NumberedLine): Kind {
  if (!value) return 'broken';
  const kinds: readonly Kind[] = ['user', 'group', 'membership', 'end'];
  return kinds.find((kind) => Object.hasOwn(value, kind)) ?? 'unknown';
}

function importBatch(
  deployment: Deployment,
  tenant: Tenant,
  { kind, lines }: Batch,
  deleted: ReadonlySet<string>,
): Promise<readonly Outcome[]> {
  const all = (type: ResourceType) =>
    Promise.all(lines.map(({ value }) => importResource(deployment, tenant, type, value?.[kind] ?? null, deleted)));
  switch (kind) {
    case 'user':
      return all(userType);
    case 'group':
      return all(groupType);
    case 'membership':
      return importMemberships(
        deployment,
        tenant,
        lines.map(({ value }) => value?.membership ?? null),
      );
    case 'end':
      return Promise.resolve([]);
    case 'broken':
      throw new OperatorError(
        `Line ${lines[0]?.number} is no JSON object: was the export cut short? Lines before it are imported.`,
      );
    case 'unknown':
      return Promise.resolve(lines.map(() => ({ leftOut: 'it is nothing that "export" writes' })));
  }
}

async function openFile(path: string): Promise<Readable> {
  if ((await stat(path).catch(() => undefined))?.isDirectory()) {
    throw new OperatorError(`${path} is a folder: give the file that "export" wrote.`);
  }
  const stream = createReadStream(path);
  return new Promise((resolve, reject) => {
    stream.once('open', () => resolve(stream));
    stream.once('error', (error: NodeJS.ErrnoException) => {
      reject(new OperatorError(`The file ${path} cannot be read (${error.code}): check its path.`));
    });
  });
}
