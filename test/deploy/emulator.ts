import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const root = resolve(__dirname, '../..');
const requirements = join(__dirname, 'requirements.txt');

/** A running emulator. */
export interface Emulator {
  readonly endpoint: string;
  readonly port: number;
  /** Ends it and every function it runs; may be called again. */
  stop(): void;
}

/** Installs the pinned emulator into a virtual environment of the checkout, unless it is there; answers the folder. */
function install(): string {
  const folder = join(root, '.venv', 'deploy');
  const installed = join(folder, 'requirements.txt');
  const wanted = readFileSync(requirements, 'utf8');
  if (existsSync(installed) && readFileSync(installed, 'utf8') === wanted) return folder;
  python(['-c', 'import sys; sys.exit(sys.version_info < (3, 10))'], 'Python 3.10 or newer is needed as python3.');
  python(['-m', 'venv', '--clear', folder], 'The virtual environment cannot be made (Debian: python3-venv).');
  const pip = spawnSync(join(folder, 'bin', 'pip'), ['install', '--quiet', '--no-deps', '-r', requirements], {
    stdio: 'inherit',
  });
  if (pip.status !== 0) throw new Error('The emulator cannot be installed from PyPI: see above.');
  copyFileSync(requirements, installed);
  return folder;
}

function python(args: readonly string[], problem: string): void {
  const { status, error } = spawnSync('python3', args, { stdio: 'inherit' });
  if (status !== 0) throw new Error(problem, { cause: error });
}

/** Starts the emulator on a free port of this machine, with IAM enforced, and waits until it answers. */
export async function startEmulator(folder: string): Promise<Emulator> {
  const program = join(install(), 'bin', 'ministack');
  const port = await freePort();
  const state = join(folder, 'emulator');
  mkdirSync(state, { recursive: true });
  const log = join(folder, 'emulator.log');
  const output = openSync(log, 'w');
  const child = spawn(program, [], {
    cwd: state,
    // A group of its own, so that the functions it runs end with it.
    detached: true,
    stdio: ['ignore', output, output],
    env: {
      PATH: process.env.PATH,
      HOME: state,
      TMPDIR: state,
      STATE_DIR: state,
      GATEWAY_PORT: String(port),
      BIND_HOST: '127.0.0.1',
      MINISTACK_HOST: '127.0.0.1',
      IOT_MTLS_ENABLED: '0',
      AUTH: 'true',
    },
  });
  const emulator = { endpoint: `http://127.0.0.1:${port}`, port, stop: () => stop(child) };
  await answering(child, emulator.endpoint, log).catch((error: unknown) => {
    emulator.stop();
    throw error;
  });
  return emulator;
}

async function answering(child: ChildProcess, endpoint: string, log: string): Promise<void> {
  for (let attempt = 0; attempt < 150 && child.exitCode === null; attempt++) {
    const health = await fetch(`${endpoint}/_ministack/health`).catch(() => undefined);
    if (health?.ok) return;
    await sleep(200);
  }
  throw new Error(`The emulator does not answer:\n${readFileSync(log, 'utf8').slice(-2000)}`);
}

function stop({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended already.
  }
}

function freePort(): Promise<number> {
  return new Promise((done, failed) => {
    const server = createServer();
    server.once('error', failed);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => done(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
