import { emulatorVariables } from '../emulator/environment';
import { help, parseOptions, UsageError } from '../emulator/options';
import { type Deployed, deployToEmulator } from '../emulator/run';
import { showSteps } from '../emulator/steps';

/** Deploys to an emulator and prints how to use it; SIGINT or SIGTERM removes everything, except with `--keep`. */
async function main(args: readonly string[]): Promise<void> {
  const options = parseOptions(args);
  if (!options) {
    process.stdout.write(help);
    return;
  }
  const interruption = new AbortController();
  const interrupted = new Promise<void>((done) => interruption.signal.addEventListener('abort', () => done()));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => interruption.abort());
  const deployed = await deployToEmulator(options, showSteps(process.stderr), interruption.signal);
  describe(deployed);
  if (options.keep) {
    console.log(deployed.pid === undefined ? 'Remove  npx cdk destroy --force' : `Stop  kill -- -${deployed.pid}`);
    return;
  }
  console.log('Stop  Ctrl-C');
  const alive = setInterval(() => undefined, 60_000);
  await interrupted;
  clearInterval(alive);
  await deployed.remove();
}

function describe({ endpoint, baseUrl, token }: Deployed): void {
  const variables = Object.entries(emulatorVariables(endpoint)).map(([name, value]) => `${name}=${value}`);
  console.log(`Base URL  ${baseUrl}`);
  console.log(`API token  ${token}`);
  console.log(`Try  curl -H 'Authorization: Bearer ${token}' '${baseUrl}/Users'`);
  console.log(`Administer  export ${variables.join(' ')}`);
  console.log('            npx scim-admin tenant list');
}

main(process.argv.slice(2)).then(
  () => process.exit(),
  (error: unknown) => {
    // An error that the user can fix has no stack.
    console.error(`scim-emulator: ${error instanceof Error ? error.message : error}`);
    process.exit(error instanceof UsageError ? 2 : 1);
  },
);
