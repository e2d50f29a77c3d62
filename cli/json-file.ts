import type { Json } from '../lambda/scim/json';
import { OperatorError } from '../operator/error';
import { decodeText } from '../operator/text/decode';
import { openInput } from './input-file';
import type { Terminal } from './terminal';

/**
 * Reads a file that is one JSON value; `-` is standard input.
 * @param limit how many characters it may have
 * @throws OperatorError that names the file if it cannot be read, is longer, or is no JSON
 */
export async function readJsonFile(terminal: Terminal, path: string, limit: number): Promise<Json> {
  const name = path === '-' ? 'Standard input' : path;
  const { input } = await openInput(terminal, path);
  let text = '';
  for await (const part of decodeText(input, name)) {
    text += part;
    if (text.length <= limit) continue;
    input.destroy();
    throw new OperatorError(`${name} has more than ${limit} characters: check that it is the right file.`);
  }
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new OperatorError(`${name} is no JSON (${reason.slice(0, 200)}): correct it there.`);
  }
}
