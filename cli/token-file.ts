import { type FileHandle, open, rm } from 'node:fs/promises';
import type { Command } from 'commander';
import { OperatorError } from '../operator/error';

/** Options of a command that creates a token or a client secret. */
export interface TokenOutput {
  readonly out?: string;
}

/** Adds the option that writes the token or the secret to a file instead of the screen. */
export function withTokenFile(command: Command, what = 'token'): Command {
  return command.option(
    '--out <file>',
    `write the ${what} to a new file that only you can read, instead of the screen`,
  );
}

/**
 * Creates a token or a client secret. With `--out` it opens the file first: what cannot be written would be lost.
 * @throws OperatorError if the file exists or cannot be created
 */
export async function keepToken<Made extends { readonly token: string }>(
  { out }: TokenOutput,
  make: () => Promise<Made>,
): Promise<Made> {
  if (out === undefined) return make();
  const file = await openNew(out);
  let kept = false;
  try {
    const made = await make();
    await file.writeFile(`${made.token}\n`);
    kept = true;
    return made;
  } finally {
    await file.close();
    if (!kept) await rm(out);
  }
}

function openNew(path: string): Promise<FileHandle> {
  return open(path, 'wx', 0o600).catch((error: NodeJS.ErrnoException) => {
    const why = error.code === 'EEXIST' ? 'exists already' : `cannot be created (${error.code})`;
    throw new OperatorError(`The file ${path} ${why}: pass --out another path. Nothing was created.`);
  });
}
