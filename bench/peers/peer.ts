import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Address } from './address';

/** A running server to measure. */
export interface Peer extends Address {
  readonly name: string;
  /** The processes whose CPU counts, with that of their descendants. */
  readonly processes: readonly number[];
  /** How many members a group may have, where there is a limit. */
  readonly maxMembers?: number;
  stop(): Promise<void>;
}

/** Starts a peer; its data go into the folder. Returns the reason, to be printed, if something that it needs is not there. */
export type StartPeer = (folder: string) => Promise<Peer | string>;

/** Starts a program; it ends with this one. */
export function startProgram(command: string, args: readonly string[], options: SpawnOptions = {}): ChildProcess {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
  process.once('exit', () => child.kill());
  return child;
}

/** Ends a program that this process started, and waits until it has. */
export async function endProgram(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill();
  await once(child, 'exit');
}

/**
 * The first match of each pattern in what a program prints, in any order.
 * @throws Error if the program ends before, with what it printed
 */
export async function printed(child: ChildProcess, ...patterns: readonly RegExp[]): Promise<readonly string[]> {
  const found = patterns.map(() => '');
  const lines: string[] = [];
  return await new Promise((resolve, reject) => {
    const read = (line: string) => {
      lines.push(line);
      for (const [at, pattern] of patterns.entries()) found[at] ||= pattern.exec(line)?.[1] ?? '';
      if (found.every(Boolean)) resolve(found);
    };
    for (const stream of [child.stdout, child.stderr]) if (stream) createInterface(stream).on('line', read);
    child.once('error', reject);
    child.once('exit', () => reject(new Error(`A server ended before it listened:\n${lines.slice(-20).join('\n')}`)));
  });
}

/** The pid of a program that was started. */
export function pidOf({ pid }: ChildProcess): number {
  if (pid === undefined) throw new Error('A server could not be started.');
  return pid;
}
