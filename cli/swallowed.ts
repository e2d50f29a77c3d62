import type { Command } from 'commander';
import { findLocal } from '../operator/connection/local';
import { OperatorError } from '../operator/error';
import { asOption, asWord, namesPlace } from './hints';
import type { Terminal } from './terminal';

/**
 * Finds options that npm kept for itself, as in `npm run admin tenant list --json`: it passes them on only after `--`,
 * and puts the others into its environment. `--yes` is not looked for: a CI may set it for npm, and without it a command
 * asks.
 * @returns what to type instead; nothing if npm kept no option of ours
 */
export function findSwallowed(
  program: Command,
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): string | undefined {
  if (environment.npm_lifecycle_event !== 'admin') return undefined;
  const names = new Set(optionNames(program).filter((name) => name !== 'yes'));
  const kept = [...names].flatMap((name) => {
    const value = environment[`npm_config_${name.replaceAll('-', '_')}`];
    if (value === undefined || args.includes(`--${name}`)) return [];
    return [value === '' ? `--no-${name}` : asOption(name, value === 'true' || value)];
  });
  if (kept.length === 0) return undefined;
  const typed = [...args.map(asWord), ...kept].join(' ');
  return (
    `npm took ${kept.join(' ')} for itself, so nothing was done. Without "--" it does not pass options on. Type this instead:\n` +
    `  npx scim-admin ${typed}\n  npm run admin -- ${typed}\n`
  );
}

/**
 * Notices a `--local` that npm kept for itself. It leaves no trace of it, so a command through `npm run` that names no
 * deployment says which one it uses.
 * @throws OperatorError if a local endpoint runs in this folder: then the command may be meant for that
 */
export async function checkPlace(command: Command, { environment, stderr }: Terminal): Promise<void> {
  if (environment.npm_lifecycle_event !== 'admin' || namesPlace(command)) return;
  const stack = asOption('stack', command.getOptionValue('stack'));
  const isLocal = await findLocal(true).then(
    () => true,
    () => false,
  );
  if (!isLocal) {
    stderr.write(`This uses the deployment in AWS (${stack}). npm passes --local on only after "--".\n`);
    return;
  }
  throw new OperatorError(
    'It is not clear which deployment is meant, so nothing was done: a local endpoint runs in this folder, and npm passes --local ' +
      `on only after "--". Run "npx scim-admin" instead of "npm run admin", with --local for that endpoint, or add -- ${stack} for the deployment in AWS.`,
  );
}

/** The names of the options of a command and of the commands below it; `wait` for `--no-wait`. */
function optionNames(command: Command): readonly string[] {
  const own = command.options.map(({ long }) => (long ?? '').replace(/^--(no-)?/, ''));
  return [...own, ...command.commands.flatMap(optionNames)];
}
