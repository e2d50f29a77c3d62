import { text as readText } from 'node:stream/consumers';
import { OperatorError } from '../operator/error';
import type { Terminal } from './terminal';

/** The API token of an endpoint, from `--token`, standard input or `SCIM_TOKEN`. @throws OperatorError when there is none */
export function findToken(terminal: Terminal, given: string | undefined): Promise<string> {
  return find(terminal, given, 'token', '--token', 'SCIM_TOKEN');
}

/**
 * A client secret, from `--client-secret`, standard input or `SCIM_CLIENT_SECRET`.
 * @throws OperatorError when there is none
 */
export function findClientSecret(terminal: Terminal, given: string | undefined): Promise<string> {
  return find(terminal, given, 'client secret', '--client-secret', 'SCIM_CLIENT_SECRET');
}

async function find(
  { stdin, environment }: Terminal,
  given: string | undefined,
  what: string,
  option: string,
  variable: string,
): Promise<string> {
  const secret = given === '-' ? (await readText(stdin)).trim() : (given ?? environment[variable]);
  if (secret !== undefined) return secret;
  throw new OperatorError(
    `There is no ${what}: pass ${option}, or "${option} -" to read it from standard input, or set ${variable}.`,
  );
}
