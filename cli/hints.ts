import type { Command } from 'commander';

/** Options that choose a deployment: a command in a message needs the same ones. */
const placeOptions = ['stack', 'region', 'local', 'data'];

/**
 * Completes the commands that a message names, so that they work when pasted.
 * @param message names each command in quotation marks, such as `"npx scim-admin tenant list"`
 * @param command the one that was typed
 */
export function completeHints(message: string, command: Command): string {
  const typed = typedPlace(command).map((name) => asOption(name, command.getOptionValue(name)));
  return message.replace(/"(npx scim-admin [^"]*)"/g, (_, hint: string) => `"${[hint, ...typed].join(' ')}"`);
}

/** Whether the command line says which deployment is meant. */
export function namesPlace(command: Command): boolean {
  return typedPlace(command).length > 0;
}

function typedPlace(command: Command): readonly string[] {
  return placeOptions.filter((name) => command.getOptionValueSource(name) === 'cli');
}

/** An option as it is typed in a shell; `true` stands for one without a value. */
export function asOption(name: string, value: unknown): string {
  return value === true ? `--${name}` : `--${name} ${asWord(String(value))}`;
}

/** A word as it is typed in a shell: quoted if it must be. */
export function asWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
