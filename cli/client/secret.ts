import { readFile } from 'node:fs/promises';
import { OperatorError } from '../../operator/error';
import { readPublicKey } from '../../operator/tenants/client-key';
import { utcTime } from '../time';

/** The help of the option `--expires`. */
export const lifeHelp = 'lifetime of the client secret, one to three years, such as 365d (default: 730d)';

/** How a new client secret is shown; nothing for a client that has none. */
export function secretFacts(secret: string, end: string | undefined, out: string | undefined) {
  if (end === undefined) return [];
  return [
    ['Client secret', out ? `in ${out}` : secret],
    ['Secret ends', utcTime(end)],
  ] as const;
}

/** Reads a public key from a file. @throws OperatorError if the file cannot be read, or holds none */
export async function readKey(file: string) {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new OperatorError(
      `The file ${file} cannot be read (${error.code}): pass --key the file with the public key.`,
    );
  });
  return readPublicKey(text);
}
