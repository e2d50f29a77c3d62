import { once } from 'node:events';
import { type Command, InvalidArgumentError } from 'commander';
import { loadPage } from '../console/load-page';
import { openBrowser } from '../console/open-browser';
import { describePlace, placeOf } from '../console/place';
import { startConsole } from '../console/server';
import { sourceOf } from '../console/source';
import { connect } from '../operator/connection/open';
import { onDeployment, type Session, type Shell } from './command';
import { explain } from './mistake';
import { facts as listed } from './output';

interface ConsoleOptions {
  readonly port: number;
  readonly open: boolean;
  readonly stack: string;
  readonly data?: string;
  readonly local?: true;
  readonly json?: true;
}

/** `console`. */
export function consoleCommand(program: Command, shell: Shell): void {
  const serving = program
    .command('console')
    .description('serve a page for operators on this machine: tenants, users, activity, credentials; until Ctrl-C')
    .option('--port <number>', 'port on 127.0.0.1 (default: any free port)', parsePort, 0)
    .option('--no-open', 'do not open the browser')
    .addHelpText(
      'after',
      `
It prints an address with a secret: whoever has the address works with your AWS
credentials, so give it to nobody. On a machine that others use, pass --no-open:
while a browser is started, the list of processes shows the address.
docs/console.md says more.

Examples:
  npx scim-admin console
  npx scim-admin console --local`,
    );
  onDeployment(shell, serving, run);
}

async function run({ facts, terminal }: Session, options: ConsoleOptions): Promise<undefined> {
  const { stack, port, open, json } = options;
  const folder = options.data ?? (options.local && '.scim');
  const place = placeOf(facts, stack, folder);
  const running = await startConsole({
    source: sourceOf(place, async () => connect(facts)),
    page: loadPage,
    port,
    log: (failure) => terminal.stderr.write(`scim-admin: ${explain(failure)}\n`),
  });
  const { address } = running;
  const lines = listed([
    ['Console', address],
    ['Works on', describePlace(place)],
    ['Stop', 'Ctrl-C'],
  ]);
  terminal.stdout.write(`${json ? JSON.stringify({ address, place }) : lines}\n`);
  if (open) openBrowser(address);
  const { interrupted } = terminal;
  if (!interrupted.aborted) await once(interrupted, 'abort');
  await running.close();
  return undefined;
}

function parsePort(text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port < 65_536) return port;
  throw new InvalidArgumentError('Use a number from 0 to 65535; 0 is any free port.');
}
