import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const program = join(__dirname, '../../bin/scim-local.ts');
const children: ChildProcess[] = [];

/** Runs `npm start` with these arguments, without npm. */
export function run(...args: string[]) {
  const child = spawn(process.execPath, ['--import', 'tsx', program, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  children.push(child);
  const printed = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => {
    printed.out += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    printed.err += chunk.toString();
  });
  return { child, printed };
}

/** Starts the endpoint on any free port and reads what it prints. */
export async function start(...args: string[]) {
  const { child, printed } = run('--port', '0', ...args);
  while (!printed.out.includes('\npid')) {
    if (child.exitCode !== null) throw new Error(printed.err);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const value = (name: string) => new RegExp(`^${name} {2}(.*)$`, 'm').exec(printed.out)?.[1] ?? '';
  return {
    child,
    printed,
    baseUrl: value('Base URL'),
    token: value('API token'),
    try: value('Try'),
    pid: value('pid'),
  };
}

/** Ends a process; its exit code, or null when the signal itself ended it. */
export async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const closed = once(child, 'close');
  child.kill(signal);
  await closed;
  return child.exitCode;
}

/** Ends whatever is still running. */
export async function endAll(): Promise<void> {
  for (const child of children.splice(0)) await end(child, 'SIGKILL');
}
