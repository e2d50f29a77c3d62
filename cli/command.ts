import { type Command, Option } from 'commander';
import type { DeploymentFacts, DeploymentOptions } from '../operator/connection/facts';
import { connect, type Deployment, findDeployment } from '../operator/connection/open';
import { OperatorError } from '../operator/error';
import { completeHints } from './hints';
import type { CommandOutput } from './output';
import { endProgress } from './progress';
import { withHint } from './remedy';
import { checkPlace } from './swallowed';
import type { Terminal } from './terminal';

/** What every command is made with: the terminal, and what shows its output. */
export interface Shell {
  readonly terminal: Terminal;
  show(output: CommandOutput, json: boolean): void;
}

/** What a command gets when it runs. */
export interface Session {
  readonly deployment: Deployment;
  /** What the deployment was found by. */
  readonly facts: DeploymentFacts;
  readonly terminal: Terminal;
  /** Completes the commands that a text names: see `completeHints`. */
  readonly complete: (text: string) => string;
}

/**
 * Makes a command work on the deployment that its options name.
 * @param work gets the command's own options and arguments; returns nothing when it has already shown its output itself
 */
export function onDeployment<Options, Arguments extends readonly (string | undefined)[]>(
  shell: Shell,
  command: Command,
  work: (session: Session, options: Options, ...args: Arguments) => Promise<CommandOutput | undefined>,
): void {
  stackOptions(command)
    .option('--local', 'use the endpoint that "npm start" or "npx serverless-scim-local" runs in this folder')
    .option('--data <folder>', 'use the local endpoint on this data folder (default: .scim)')
    .option('--json', 'print JSON')
    // Commander adds the options and the command to the arguments: no work takes so many.
    .action(async (...args: Arguments) => {
      const options = command.opts<Options & PlaceOptions & { readonly json?: true }>();
      const run = async () => {
        await checkPlace(command, shell.terminal);
        const facts = await findDeployment(placeOf(options));
        const deployment = connect(facts);
        const complete = (text: string) => completeHints(text, command);
        const session = { deployment, facts, terminal: shell.terminal, complete };
        return await work(session, options, ...args).finally(() => {
          endProgress(shell.terminal);
          deployment.close();
        });
      };
      const output = await run().catch((error: unknown) => {
        throw error instanceof OperatorError
          ? new OperatorError(completeHints(withHint(error), command), { cause: error })
          : error;
      });
      if (!output) return;
      const notes = output.notes?.map((note) => completeHints(note, command));
      shell.show({ ...output, ...(notes ? { notes } : {}) }, options.json ?? false);
    });
}

/** Adds the options that choose a stack in AWS. */
export function stackOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--stack <name>', 'CloudFormation stack of the deployment')
        .env('SCIM_STACK')
        .default('ServerlessScim'),
    )
    .option('--region <region>', "AWS region of the stack (default: the AWS profile's)");
}

interface PlaceOptions {
  readonly stack: string;
  readonly region?: string;
  readonly local?: true;
  readonly data?: string;
}

function placeOf({ local, data, ...stack }: PlaceOptions): DeploymentOptions {
  const folder = data ?? local;
  return folder === undefined ? stack : { ...stack, local: folder };
}

/** Options of a command that destroys something. */
export interface DestructiveOptions {
  readonly yes?: true;
}

/**
 * Asks the operator to type a word before something is destroyed, unless `--yes` was passed.
 * @throws OperatorError if another word was typed, or if there is no terminal
 */
export async function confirm(
  terminal: Terminal,
  { yes }: DestructiveOptions,
  what: string,
  word: string,
): Promise<void> {
  if (yes) return;
  if (!terminal.interactive) throw new OperatorError(`${what} Not a terminal; pass --yes to confirm.`);
  const typed = await terminal.ask(`${what} Type ${word} to confirm: `);
  if (typed.trim() !== word) throw new OperatorError('Nothing was changed: the word that you typed is different.');
}
