import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { ProfileName } from '../lambda/scim/schema/profile';
import { profiles } from '../lambda/scim/schema/profiles';
import type { EndpointOptions } from './endpoint';
import { startError } from './start-error';

/** The number of SCIM's RFC: hardly anything else listens there. */
const defaultPort = 7644;
const defaultFolder = '.scim';
const defaultExtensions = resolve(__dirname, '../extensions');

const definitions = {
  port: { type: 'string' },
  data: { type: 'string' },
  profile: { type: 'string' },
  extensions: { type: 'string' },
  reset: { type: 'boolean' },
  memory: { type: 'boolean' },
  help: { type: 'boolean' },
} as const;

/** What `--help` shows. */
export const help = `Runs the SCIM endpoint on this machine, with nothing but Node.

  npm start -- [options]

  --port N        the port on 127.0.0.1; 0 takes any free one (default ${defaultPort})
  --data DIR      the folder for the data, made if it is not there (default ${defaultFolder} in the current folder)
  --memory        keep the data in memory and forget them at the end
  --profile NAME  the rules of the first tenant: ${Object.keys(profiles).join(', ')}
                  (default: those of the data; for new data identity-center)
  --extensions DIR
                  the folder of schema extensions (default: the one beside package.json)
  --reset         delete the data in the folder first
  --help          show this

It prints a Base URL and an API token for your identity provider, and a command that tries them.
Every change is shown as an event, which is kept whole in events.jsonl in the folder.
End it with Ctrl-C; the data stay for the next start.
`;

/**
 * Reads the command line; nothing when only help is asked for.
 * @throws StartError for an option that does not exist or does not fit
 */
export function parseOptions(args: readonly string[]): EndpointOptions | undefined {
  const {
    port,
    data,
    profile,
    extensions = defaultExtensions,
    reset = false,
    memory = false,
    help: asksHelp,
  } = parse(args);
  if (asksHelp) return undefined;
  if (memory && (data !== undefined || reset)) {
    throw startError('--memory keeps no data, so it goes with neither --data nor --reset: leave one out.');
  }
  return {
    port: port === undefined ? defaultPort : parsePort(port),
    ...(memory ? { memory } : { data: data ?? defaultFolder, reset }),
    ...(profile === undefined ? {} : { profile: parseProfile(profile) }),
    extensions,
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
  throw startError(`--port takes a number from 0 to 65535, not "${text}".`);
}

function parseProfile(name: string): ProfileName {
  if (Object.hasOwn(profiles, name)) return name as ProfileName;
  throw startError(`--profile takes one of ${Object.keys(profiles).join(', ')}, not "${name}".`);
}
