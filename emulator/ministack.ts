import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { choosePort } from './choose-port';

/** A running emulator. */
export interface Emulator {
  readonly endpoint: string;
  /** The process; its group has the same id, and every function that the emulator runs belongs to it. */
  readonly pid: number;
  /** Ends it and every function it runs; may be called again. */
  stop(): void;
}

/** How to start it. */
export interface EmulatorOptions {
  /** The virtual environment with the program. */
  readonly installed: string;
  /** A folder for its data and its log. */
  readonly folder: string;
  /** Default: a free one. */
  readonly port?: number;
  /** Whether it enforces IAM policies. It supports too few condition keys for the whole stack. */
  readonly enforceIam?: boolean;
}

/**
 * Starts MiniStack on this machine's loopback address, and waits until it responds.
 * @throws Error with the end of its log if it does not respond within 30 seconds, or if the port is in use
 */
export async function startMiniStack({ installed, folder, port, enforceIam }: EmulatorOptions): Promise<Emulator> {
  const own = await choosePort(port ?? 0);
  const state = join(folder, 'emulator');
  mkdirSync(state, { recursive: true });
  const log = join(folder, 'emulator.log');
  const output = openSync(log, 'w');
  const child = spawn(join(installed, 'bin', 'ministack'), [], {
    cwd: state,
    // A group of its own, so that the functions it runs end with it.
    detached: true,
    stdio: ['ignore', output, output],
    env: {
      PATH: process.env.PATH,
      HOME: state,
      TMPDIR: state,
      STATE_DIR: state,
      GATEWAY_PORT: String(own),
      BIND_HOST: '127.0.0.1',
      MINISTACK_HOST: '127.0.0.1',
      IOT_MTLS_ENABLED: '0',
      AUTH: String(enforceIam ?? false),
    },
  });
  const emulator = { endpoint: `http://127.0.0.1:${own}`, pid: child.pid ?? 0, stop: () => stop(child) };
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
