import { parseArgs } from 'node:util';
import type { ProfileName } from '../lambda/scim/schema/profile';
import { profiles } from '../lambda/scim/schema/profiles';

/** The port that LocalStack and MiniStack use by default. */
const defaultPort = 4566;

/** What `npm run emulator` is to do. */
export interface RunOptions {
  /** An emulator that runs already; without it, one is started. */
  readonly url?: string;
  readonly port: number;
  readonly profile: ProfileName;
  readonly keep: boolean;
}

const definitions = {
  url: { type: 'string' },
  port: { type: 'string' },
  profile: { type: 'string' },
  keep: { type: 'boolean' },
  help: { type: 'boolean' },
} as const;

/** The text of `--help`. */
export const help = `Deploys the stack to an emulator of AWS on this machine. It needs Python 3.10 or newer, and no Docker or account.

  npm run emulator -- [options]

  --url URL       use an emulator that runs already, such as LocalStack, instead of starting MiniStack
  --port N        port of MiniStack on 127.0.0.1; 0 is any free port (default ${defaultPort})
  --profile NAME  profile of the tenant: ${Object.keys(profiles).join(', ')} (default identity-center)
  --keep          end when it is deployed; the emulator and the deployment stay
  --help          print this help

It installs MiniStack into .venv/, starts it, deploys the stack ServerlessScim and creates a tenant. It prints a Base URL, an
API token and a command to test them. Stop it with Ctrl-C; what it started and deployed is then gone.
`;

/** A wrong option. */
export class UsageError extends Error {}

/**
 * Reads the command line; returns nothing for `--help`.
 * @throws UsageError for an unknown or invalid option
 */
export function parseOptions(args: readonly string[]): RunOptions | undefined {
  const { url, port, profile = 'identity-center', keep = false, help: asksHelp } = parse(args);
  if (asksHelp) return undefined;
  if (url !== undefined && port !== undefined) {
    throw new UsageError('--port is for an emulator that is started here, --url for one that runs: omit one.');
  }
  if (!Object.hasOwn(profiles, profile)) {
    throw new UsageError(`--profile must be one of ${Object.keys(profiles).join(', ')}, not "${profile}".`);
  }
  return {
    ...(url === undefined ? {} : { url: parseUrl(url) }),
    port: port === undefined ? defaultPort : parsePort(port),
    profile: profile as ProfileName,
    keep,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: definitions }).values;
  } catch (error) {
    const [sentence] = (error as Error).message.split(/\.\s|\n/);
    throw new UsageError(`${sentence}. See --help for the options.`, { cause: error });
  }
}

function parsePort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new UsageError(`--port must be a number from 0 to 65535, not "${text}".`);
}

/** With a name, S3 clients put the bucket in front of it (`bucket.localhost`), which Linux does not resolve. */
function parseUrl(text: string): string {
  const isOrigin = /^https?:\/\/[^/?#@]+\/?$/.test(text) && URL.canParse(text);
  if (!isOrigin) throw new UsageError(`--url must be an endpoint such as http://127.0.0.1:4566, not "${text}".`);
  const url = new URL(text);
  if (url.hostname === 'localhost') url.hostname = '127.0.0.1';
  return url.origin;
}
