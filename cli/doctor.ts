import type { Command } from 'commander';
import { examine, type Findings } from '../doctor/examine';
import { describeReadiness, rateReadiness } from '../doctor/readiness';
import { describeCheck } from '../doctor/report';
import type { Client } from '../doctor/sign-in';
import type { Check } from '../doctor/verdict';
import { OperatorError } from '../operator/error';
import { loadFlows } from '../traffic/load';
import type { Shell } from './command';
import type { CommandOutput } from './output';
import type { Terminal } from './terminal';
import { findClientSecret, findToken } from './token-option';

interface Options {
  readonly token?: string;
  readonly tokenUrl?: string;
  readonly clientId?: string;
  readonly clientSecret?: string;
  readonly write?: true;
  readonly json?: true;
}

/** `doctor`. */
export function doctorCommand(program: Command, { terminal, show }: Shell): void {
  program
    .command('doctor <base-url>')
    .description('send the requests of identity providers to any SCIM endpoint, and say what is wrong and what to do')
    .option(
      '--token <token>',
      'API token; "-" reads it from standard input (default: the environment variable SCIM_TOKEN)',
    )
    .option('--token-url <url>', 'sign in as a client, as Entra does: the token endpoint')
    .option('--client-id <id>', 'the client identifier')
    .option(
      '--client-secret <secret>',
      'the client secret; "-" reads it from standard input (default: the environment variable SCIM_CLIENT_SECRET)',
    )
    .option('--write', 'also create, change and delete test users and groups, as Okta and Entra do')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `
Without --write it only reads. It exits with 1 if a check failed; notes do not
count.

Examples:
  SCIM_TOKEN=… npx scim-admin doctor \\
    https://scim.example.com/abcdefghijkl/scim/v2
  npx scim-admin doctor http://127.0.0.1:7644/prod/abcdefghijkl/scim/v2 \\
    --token - --write < acme.token
  npx scim-admin doctor https://scim.example.com/abcdefghijkl/scim/v2 --write \\
    --token-url https://scim.example.com/abcdefghijkl/oauth2/token \\
    --client-id 0123456789ab --client-secret - < entra.secret`,
    )
    .action(async (baseUrl: string, options: Options) => {
      const json = options.json ?? false;
      show(await run(terminal, baseUrl, options), json);
      if (terminal.interrupted.aborted) throw new OperatorError('Interrupted: the test users and groups are deleted.');
    });
}

async function run(terminal: Terminal, baseUrl: string, options: Options): Promise<CommandOutput> {
  const onCheck = (check: Check) => {
    if (options.json) terminal.stderr.write(`${check.title}: ${check.name} …\n`);
    else terminal.stdout.write(`${describeCheck(check)}\n`);
  };
  const findings = await examine({
    baseUrl,
    credential: await findCredential(terminal, options),
    write: options.write ?? false,
    flows: loadFlows(),
    now: new Date(),
    stopped: terminal.interrupted,
    onCheck,
  });
  const { checks, ended, left } = findings;
  const readiness = rateReadiness(checks);
  return {
    data: { baseUrl, ...counts(findings), ...(ended ? { ended } : {}), left, readiness, checks },
    text: `\n${describeReadiness(readiness)}\n${summary(findings)}`,
    failed: checks.some(({ verdict }) => verdict === 'failed'),
  };
}

/** @throws OperatorError when there is none, or only a part of one */
async function findCredential(terminal: Terminal, options: Options): Promise<string | Client> {
  const { token, tokenUrl, clientId, clientSecret } = options;
  if ([tokenUrl, clientId, clientSecret].every((value) => value === undefined)) {
    return await findToken(terminal, token);
  }
  if (token !== undefined) throw new OperatorError('Pass --token or --token-url, not both: each is a way to sign in.');
  if (tokenUrl !== undefined && clientId !== undefined) {
    return { tokenUrl, clientId, clientSecret: await findClientSecret(terminal, clientSecret) };
  }
  throw new OperatorError('To sign in as a client, pass --token-url, --client-id and --client-secret.');
}

function counts({ checks }: Findings) {
  const of = (verdict: Check['verdict']) => checks.filter((check) => check.verdict === verdict).length;
  return { ok: of('ok'), failed: of('failed'), notes: of('note'), notDone: of('not done') };
}

function summary(findings: Findings): string {
  const { ok, failed, notes, notDone } = counts(findings);
  const { ended, left } = findings;
  return [
    `\n${ok} ok, ${failed} failed, ${notes} notes, ${notDone} not done.`,
    ...(ended ? [`The checks ended there: ${ended}.`] : []),
    ...left.map((url) => `The endpoint did not delete this, delete it by hand: ${url}`),
  ].join('\n');
}
