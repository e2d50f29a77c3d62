import { type ChildProcess, execFileSync } from 'node:child_process';
import { accessSync, chownSync, constants, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { endProgram, printed, startProgram } from './peer';

/** Debian keeps the server's programs outside of PATH, in a folder for each version. */
const debian = '/usr/lib/postgresql';

/** The folder with PostgreSQL's server and `initdb`, the newest first; nothing if it is not installed. */
export function findPostgres(): string | undefined {
  const versions = list(debian).sort((a, b) => Number(b) - Number(a));
  const folders = [
    ...versions.map((version) => join(debian, version, 'bin')),
    ...(process.env.PATH ?? '').split(delimiter),
  ];
  return folders.find((folder) => ['initdb', 'postgres'].every((name) => isExecutable(join(folder, name))));
}

/** A running PostgreSQL. */
export interface Postgres {
  readonly child: ChildProcess;
  /** The folder of its Unix socket. */
  readonly sockets: string;
  stop(): Promise<void>;
}

/**
 * Starts PostgreSQL with new data, as it is configured by default, on a Unix socket and on no port.
 * @throws Error if it does not start
 */
export async function startPostgres(programs: string): Promise<Postgres> {
  // A folder of its own: its user may not enter others, and the path of a socket has a limit of about 100 characters.
  const folder = mkdtempSync(join(tmpdir(), 'scim-postgres-'));
  const [data, owner] = [join(folder, 'data'), account()];
  if (owner) chownSync(folder, owner.uid, owner.gid);
  const options = { ...owner, cwd: folder };
  execFileSync(join(programs, 'initdb'), ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-locale'], {
    ...options,
    stdio: 'ignore',
  });
  const args = ['-D', data, '-c', 'listen_addresses=', '-k', folder];
  const child = startProgram(join(programs, 'postgres'), args, options);
  await printed(child, /(database system is ready)/);
  const stop = async () => {
    await endProgram(child);
    rmSync(folder, { recursive: true, force: true });
  };
  return { child, sockets: folder, stop };
}

/** PostgreSQL refuses to run as root: then it runs as the user of its package. */
function account(): { readonly uid: number; readonly gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
