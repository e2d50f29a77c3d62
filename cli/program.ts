import { Command, CommanderError } from 'commander';
import { printable } from '../operator/printable';
import { version } from '../package.json';
import { activityCommands } from './activity';
import { checkCommand } from './check';
import { clientCommands } from './client';
import type { Shell } from './command';
import { consoleCommand } from './console';
import { deletedCommands } from './deleted';
import { doctorCommand } from './doctor';
import { driftCommand } from './drift';
import { exportCommand } from './export';
import { groupCommands } from './group';
import { importCommand } from './import';
import { inviteCommand } from './invitation';
import { explain } from './mistake';
import { show } from './output';
import { policiesCommand } from './policies';
import { preflightCommand } from './preflight';
import { rolesCommands } from './roles';
import { statsCommand } from './stats';
import { findSwallowed } from './swallowed';
import { tenantCommands } from './tenant';
import type { Terminal } from './terminal';
import { tokenCommands } from './token';
import { userCommands } from './user';

/** Success; failure, or a problem was found; usage error; a comparison found differences; interrupted. */
const exitCodes = { done: 0, failed: 1, usage: 2, differs: 3, interrupted: 130 };

const commands = [
  tenantCommands,
  tokenCommands,
  clientCommands,
  inviteCommand,
  userCommands,
  groupCommands,
  rolesCommands,
  deletedCommands,
  consoleCommand,
  statsCommand,
  activityCommands,
  checkCommand,
  doctorCommand,
  driftCommand,
  exportCommand,
  importCommand,
  preflightCommand,
  policiesCommand,
];

/** Runs `scim-admin` with these arguments. Resolves to the exit code. */
export async function runAdmin(args: readonly string[], terminal: Terminal): Promise<number> {
  let code = exitCodes.done;
  const shell: Shell = {
    terminal,
    show: (output, json) => {
      show(terminal, output, json);
      if (output.differs) code = exitCodes.differs;
      if (output.failed) code = exitCodes.failed;
    },
  };
  try {
    const program = makeProgram(shell);
    const swallowed = findSwallowed(program, args, terminal.environment);
    if (swallowed !== undefined) {
      terminal.stderr.write(`scim-admin: ${swallowed}`);
      return exitCodes.usage;
    }
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
    terminal.stderr.write(`scim-admin: ${printable(explain(error))}\n`);
    return terminal.interrupted.aborted ? exitCodes.interrupted : exitCodes.failed;
  }
}

function makeProgram(shell: Shell): Command {
  const program = new Command('scim-admin')
    .description('Administers a deployment of serverless-scim: tenants, tokens, users and groups.')
    .version(version, '--version', 'print the version')
    // "activity" has options and commands, which have some of the same options.
    .enablePositionalOptions()
    .showSuggestionAfterError()
    .showHelpAfterError('See --help.')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => shell.terminal.stdout.write(text),
      writeErr: (text) => shell.terminal.stderr.write(text),
      getOutHelpWidth: () => Math.min(shell.terminal.columns ?? 80, 80),
    })
    // Also the commands with long options wrap their descriptions.
    .configureHelp({ minWidthToWrap: 20 })
    .addHelpText(
      'after',
      `
Examples:
  npx scim-admin tenant create acme   create a tenant: Base URL and token
  npx scim-admin token rotate acme    create a second token in good time
  npx scim-admin tenant list --local  use the endpoint that "npm start" runs
  npx scim-admin doctor <base-url>    check that an endpoint works with Okta
                                      and Entra

Exit codes: 0 success; 1 failure, or a problem was found; 2 usage error; 3 drift
found differences; 130 interrupted.`,
    );
  for (const addCommands of commands) addCommands(program, shell);
  return program;
}
