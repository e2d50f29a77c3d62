import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { startError } from './start-error';

/** The file that marks a folder as the data of an endpoint. */
export const markerFile = 'endpoint.json';

/** Where the question is asked. */
export interface Console {
  readonly input: Readable & { readonly isTTY?: boolean };
  readonly output: Writable;
}

/**
 * Asks before `--reset` deletes data. Without data there is nothing to ask.
 * @throws StartError if the answer is no, or nobody is there to answer
 */
export async function confirmReset(folder: string, { input, output }: Console): Promise<void> {
  if (!existsSync(join(folder, markerFile))) return;
  const what = `--reset deletes all users, groups and tokens in ${folder}; it cannot be undone.`;
  if (!input.isTTY) throw startError(`${what} Nobody can be asked here: pass --yes as well.`);
  output.write(`${what} Type yes to confirm: `);
  const lines = createInterface({ input });
  const answer = await new Promise<string>((resolve) => {
    lines.once('line', resolve);
    lines.once('close', () => resolve(''));
  });
  lines.close();
  if (answer.trim() !== 'yes') throw startError('Nothing was deleted, and the endpoint was not started.');
}
