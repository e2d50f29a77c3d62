import { basename } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { compareTenant, type Drift } from '../operator/drift/drift';
import { openMembers, openUsers } from '../operator/drift/file-source';
import { type ColumnChoice, formatNames } from '../operator/drift/format';
import { openScim } from '../operator/drift/scim-source';
import type { MatchAttribute, Source } from '../operator/drift/source';
import { printable, toJson } from '../operator/printable';
import { findTenant } from '../operator/tenants/provision';
import { onDeployment, type Session, type Shell } from './command';
import { describeSummary, headingOf, lineOf, titleOf } from './drift/describe';
import { follow } from './follow';
import { openInput } from './input-file';
import type { CommandOutput } from './output';
import { endProgress } from './progress';
import type { Terminal } from './terminal';
import { findToken } from './token-option';

interface Options {
  readonly from?: readonly string[];
  readonly members?: readonly string[];
  readonly fromScim?: string;
  readonly token?: string;
  readonly format?: string;
  readonly column?: ReadonlyMap<string, string>;
  readonly activeIf?: readonly string[];
  readonly match: MatchAttribute;
  readonly ignore?: readonly string[];
  readonly encoding?: string;
  readonly json?: true;
}

const help = `
Sources: CSV or JSON files that Okta, Entra ID or Google export, an export of
this program, or another SCIM endpoint. A file that lists the members of one
group without its name is passed as --members "Group name=file.csv". The format
of a file is detected by its columns, and printed. Changes nothing.

Exit codes: 0 no difference; 3 differences; 1 failure; 2 usage error; 130
interrupted.

Examples:
  npx scim-admin drift acme --from users.csv --members group-membership.csv
  npx scim-admin drift acme --from users.csv \\
    --members "Sales=sales.csv" --members "Staff=staff.csv"
  npx scim-admin drift acme --from hr.csv --column userName=Email \\
    --column active=State --active-if employed
  npx scim-admin drift acme --from-scim https://scim.example.com/scim/v2 \\
    --token - --json < other.token`;

/** `drift`. */
export function driftCommand(program: Command, shell: Shell): void {
  const command = program
    .command('drift <tenant>')
    .description('compare a tenant with what its identity provider says it should be')
    .option('--from <file>', 'a file of users, or an export of this program; "-" is standard input; repeatable', add)
    .option('--members <[group=]file>', 'a file of members of groups; repeatable', add)
    .option('--from-scim <url>', 'another SCIM endpoint, by its Base URL')
    .option('--token <token>', 'its API token; "-" reads it from standard input (default: SCIM_TOKEN)')
    .addOption(new Option('--format <name>', 'what the files are (default: their columns tell)').choices(formatNames))
    .option('--column <attribute=column>', 'the column of an attribute, of "group" or "member"; repeatable', pair)
    .option('--active-if <value>', 'a value of the column for "active" that means enabled; repeatable', add)
    .addOption(
      new Option('--match <attribute>', 'what users are matched by')
        .choices(['userName', 'externalId'])
        .default('userName'),
    )
    .option('--ignore <attribute>', 'an attribute not to compare; repeatable', add)
    .option(
      '--encoding <name>',
      'encoding of the files, such as windows-1252 (default: UTF-8, or UTF-16 if they begin so)',
    )
    .addHelpText('after', help)
    .hook('preAction', () => checkUsage(command));
  onDeployment(shell, command, run);
}

/** @throws CommanderError for options that do not go together */
function checkUsage(command: Command): void {
  const { from = [], members = [], fromScim, token } = command.opts<Options>();
  const inputs = [...from, ...members, ...(token === undefined ? [] : [token])];
  if (from.length + members.length === 0 && fromScim === undefined) {
    command.error('error: there is nothing to compare with: pass --from, --members or --from-scim.');
  }
  if (inputs.filter((input) => input === '-').length > 1) {
    command.error('error: "-" is given more than once, and standard input can be read only once.');
  }
}

async function run(session: Session, options: Options, name: string): Promise<CommandOutput> {
  const { deployment, terminal } = session;
  const tenant = await findTenant(deployment.services, name);
  const sources = await openSources(terminal, options);
  const title = titleOf(sources);
  const drift = await compareTenant(
    deployment,
    tenant,
    sources,
    {
      match: options.match,
      ignore: options.ignore ?? [],
      onNote: (note) => {
        endProgress(terminal);
        terminal.stderr.write(`${printable(note)}\n`);
      },
    },
    follow<number>(session, (read) => `Read ${read} users, groups and memberships`),
  );
  endProgress(terminal);
  try {
    await print(terminal, drift, title, options.json ?? false);
  } finally {
    await drift.close();
  }
  const { summary } = drift;
  return {
    data: { summary: { tenantId: tenant.tenantId, ...summary } },
    text: describeSummary(summary, tenant.label, title),
    differs: summary.total > 0,
    lines: true,
  };
}

/** Prints each difference, as fast as they are read. */
async function print({ stdout }: Terminal, drift: Drift, title: string, json: boolean): Promise<void> {
  let kind: string | undefined;
  for await (const finding of drift.findings()) {
    const heading = `${kind === undefined ? '' : '\n'}${headingOf(finding.kind, drift.summary, title)}\n`;
    const head = json || finding.kind === kind ? '' : heading;
    kind = finding.kind;
    const line = json ? toJson(finding) : `  ${printable(lineOf(finding, title))}`;
    if (!stdout.write(`${head}${line}\n`)) await new Promise((resolve) => stdout.once('drain', resolve));
  }
  if (kind !== undefined && !json) stdout.write('\n');
}

async function openSources(terminal: Terminal, options: Options): Promise<readonly Source[]> {
  const { from = [], members = [], fromScim, token, encoding } = options;
  const choice: ColumnChoice = {
    columns: options.column ?? new Map(),
    activeIf: options.activeIf ?? [],
    ...(options.format === undefined ? {} : { format: options.format }),
  };
  const file = (path: string) => ({
    name: path === '-' ? 'standard input' : basename(path),
    open: async () => (await openInput(terminal, path)).input,
    ...(encoding === undefined ? {} : { encoding }),
  });
  const sources: Source[] = [];
  for (const path of from) sources.push(await openUsers(file(path), choice));
  for (const given of members) {
    const [, group, path = given] = /^([^=]+)=(.+)$/.exec(given) ?? [];
    sources.push(await openMembers(file(path), choice, group));
  }
  if (fromScim !== undefined) {
    const signal = terminal.interrupted;
    const pause = (milliseconds: number) => wait(milliseconds, undefined, { signal });
    sources.push(openScim({ url: fromScim, token: await findToken(terminal, token), wait: pause, signal }));
  }
  return sources;
}

function add(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

function pair(value: string, before: ReadonlyMap<string, string> = new Map()): ReadonlyMap<string, string> {
  // A path may hold "=" in quotation marks only; a column may hold it.
  const [, attribute, column] = /^((?:[^="]|"[^"]*")+)=(.+)$/.exec(value) ?? [];
  if (attribute === undefined || column === undefined) throw new InvalidArgumentError('Use attribute=column.');
  return new Map([...before, [attribute.trim(), column]]);
}
