import { text as readText } from 'node:stream/consumers';
import { OperatorError } from '../operator/error';
import type { Terminal } from './terminal';

/** The API token of an endpoint, from `--token`, standard input or `SCIM_TOKEN`. @throws OperatorError when there is none */
export async function findToken({ stdin, environment }: Terminal, given: string | undefined): Promise<string> {
  const token = given === '-' ? (await readText(stdin)).trim() : (given ?? environment.SCIM_TOKEN);
  if (token !== undefined) return token;
  throw new OperatorError(
    'There is no token: pass --token, or "--token -" to read it from standard input, or set SCIM_TOKEN.',
  );
}
