import { type Command, Option } from 'commander';
import type { Place } from '../operator/deployment/facts';
import { type Deployment, openDeployment } from '../operator/deployment/open';
import { OperatorError } from '../operator/error';
import type { Answer } from './answer';
import type { Terminal } from './terminal';

/** What every command is made with: the terminal, and who shows an answer. */
export interface Shell {
  readonly terminal: Terminal;
  answer(answer: Answer, json: boolean): void;
}

/** What a command works with. */
export interface Session {
  readonly deployment: Deployment;
  readonly terminal: Terminal;
}

/**
 * Makes a command work on the deployment that its options name.
 * @param work gets the command's own options and arguments; what it already showed itself, it need not answer
 */
export function onDeployment<Options, Arguments extends readonly (string | undefined)[]>(
  shell: Shell,
  command: Command,
  work: (session: Session, options: Options, ...args: Arguments) => Promise<Answer | undefined>,
): void {
  command
    .addOption(
      new Option('--stack <name>', 'the deployment: its CloudFormation stack')
        .env('SCIM_STACK')
        .default('ServerlessScim'),
    )
    .option('--region <region>', "its AWS region (default: the AWS profile's)")
    .option('--local [place]', 'a local endpoint instead: its URL, or its data folder')
    .option('--json', 'answer in JSON')
    .action(async (...given: unknown[]) => {
      const options = command.opts<Options & Place & { readonly json?: true }>();
      const deployment = await openDeployment(options);
      const args = given.slice(0, command.registeredArguments.length) as unknown as Arguments;
      const session = { deployment, terminal: shell.terminal };
      const answer = await work(session, options, ...args).finally(() => deployment.close());
      if (answer) shell.answer(answer, options.json ?? false);
    });
}

/** Options of a command that destroys something. */
export interface DestructiveOptions {
  readonly yes?: true;
}

/**
 * Lets the operator type a word before something is destroyed, unless `--yes` was given.
 * @throws OperatorError when another word was typed, or nobody is there to ask
 */
export async function confirm(
  terminal: Terminal,
  { yes }: DestructiveOptions,
  what: string,
  word: string,
): Promise<void> {
  if (yes) return;
  if (!terminal.interactive) throw new OperatorError(`${what} Nobody is here to confirm it: give --yes.`);
  const typed = await terminal.ask(`${what} Type ${word} to go on: `);
  if (typed.trim() !== word) throw new OperatorError('Nothing was changed: that was not the word.');
}
