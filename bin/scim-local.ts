import { confirmReset } from '../local/confirm-reset';
import { help, parseOptions } from '../local/options';
import { startErrorName } from '../local/start-error';

/** Starts the local endpoint and prints how to use it; SIGINT or SIGTERM stops it. */
async function main(args: readonly string[]): Promise<void> {
  const options = parseOptions(args);
  if (!options) {
    process.stdout.write(help);
    return;
  }
  const { data, reset, yes } = options;
  if (reset && !yes && data !== undefined) {
    await confirmReset(data, { input: process.stdin, output: process.stderr });
  }
  console.log('Starting the SCIM endpoint …');
  // Loading it takes seconds.
  const { startEndpoint } = require('../local/endpoint') as typeof import('../local/endpoint');
  const endpoint = await startEndpoint({ ...options, log: console.log });
  const { baseUrl, token } = await endpoint.firstTenant();
  console.log(`Base URL  ${baseUrl}`);
  console.log(`API token  ${token}`);
  console.log(`Try  curl -H 'Authorization: Bearer ${token}' '${baseUrl}/Users'`);
  if (endpoint.console !== undefined) console.log(`Console  ${endpoint.console}`);
  console.log(`Profile  ${endpoint.profile}`);
  console.log(`Data  ${data === undefined ? 'in memory, gone when it stops' : `${data}, kept for the next start`}`);
  console.log('Stop  Ctrl-C');
  console.log(`pid  ${process.pid}`);

  const end = () => {
    endpoint.close().then(() => process.exit(0), fail);
  };
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
}

function fail(error: unknown): void {
  // An error that the user can fix is one line. Anything else is a bug: print its stack.
  const isReason = error instanceof Error && error.name === startErrorName;
  console.error(isReason ? `scim-local: ${error.message}` : error);
  process.exit(1);
}

main(process.argv.slice(2)).catch(fail);
