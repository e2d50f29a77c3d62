import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { defaultTier, stageLimit, tierLimits } from '../deployment/limits';
import type { ProfileName } from '../lambda/scim/schema/profile';
import { profiles } from '../lambda/scim/schema/profiles';
import type { EndpointOptions } from './endpoint';
import { startError } from './start-error';

/** The number of SCIM's RFC; hardly any other program uses it. */
const defaultPort = 7644;
const defaultFolder = '.scim';
/** A checkout has it. */
const defaultExtensions = resolve(__dirname, '../extensions');

const definitions = {
  port: { type: 'string' },
  data: { type: 'string' },
  profile: { type: 'string' },
  extensions: { type: 'string' },
  reset: { type: 'boolean' },
  yes: { type: 'boolean' },
  memory: { type: 'boolean' },
  limits: { type: 'boolean' },
  'no-console': { type: 'boolean' },
  verbose: { type: 'boolean' },
  help: { type: 'boolean' },
} as const;

/** The text of `--help`. */
export const help = `Runs the SCIM endpoint on this machine. It needs only Node.

  npm start -- [options]                in a checkout
  npx serverless-scim-local [options]   with the package of that name

  --port N        port on 127.0.0.1; 0 is any free port (default ${defaultPort})
  --data DIR      folder for the data, created if it does not exist (default ${defaultFolder} in the current folder)
  --memory        keep the data in memory only
  --profile NAME  profile of the first tenant: ${Object.keys(profiles).join(', ')}
                  (default: the one of the data; for new data identity-center)
  --extensions DIR
                  folder of schema extensions (default: extensions/ of a checkout)
  --limits        limit each tenant as a deployment does: ${tierLimits[defaultTier].rate} requests per second, then 429 with Retry-After
  --no-console    do not serve the page for operators (see docs/console.md)
  --verbose       print each request with its bodies, and each event
  --reset         delete the data first; asks before it does
  --yes           do not ask
  --help          print this help

It prints a Base URL and an API token for your identity provider, a command to test them, and the address of a page for operators.
What happens is printed as sentences, as "scim-admin activity" shows them later. Events are in events.jsonl in the data folder.
Stop it with Ctrl-C; the data stay for the next start.
`;

/** What the command line says. */
export interface StartOptions extends EndpointOptions {
  /** Whether to delete the data without asking. */
  readonly yes?: boolean;
}

/**
 * Reads the command line; returns nothing for `--help`.
 * @throws StartError for an unknown or invalid option
 */
export function parseOptions(args: readonly string[]): StartOptions | undefined {
  const {
    port,
    data,
    profile,
    extensions = existsSync(defaultExtensions) ? defaultExtensions : undefined,
    reset = false,
    yes = false,
    memory = false,
    limits = false,
    'no-console': withoutConsole = false,
    verbose = false,
    help: asksHelp,
  } = parse(args);
  if (asksHelp) return undefined;
  if (memory && (data !== undefined || reset)) {
    throw startError('--memory stores no data, so it cannot be combined with --data or --reset: omit one.');
  }
  return {
    port: port === undefined ? defaultPort : parsePort(port),
    ...(memory ? { memory } : { data: data ?? defaultFolder, reset }),
    ...(profile === undefined ? {} : { profile: parseProfile(profile) }),
    ...(extensions === undefined ? {} : { extensions }),
    ...(yes ? { yes } : {}),
    ...(withoutConsole ? {} : { console: true }),
    ...(verbose ? { verbose } : {}),
    ...(limits ? { tenantLimits: tierLimits, stageLimit } : {}),
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: definitions }).values;
  } catch (error) {
    const [sentence] = (error as Error).message.split(/\.\s|\n/);
    throw startError(`${sentence}. See --help for the options.`, error);
  }
}

function parsePort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw startError(`--port must be a number from 0 to 65535, not "${text}".`);
}

function parseProfile(name: string): ProfileName {
  if (Object.hasOwn(profiles, name)) return name as ProfileName;
  throw startError(`--profile must be one of ${Object.keys(profiles).join(', ')}, not "${name}".`);
}
