import { execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { bundleProgram } from '../bundle-program';
import type { Address } from './address';
import { endProgram, type Peer, pidOf } from './peer';

/** SCIMMY's routers on express, with a store in memory. */
export async function startScimmy(): Promise<Peer> {
  const bundle = await bundleProgram('peers/scimmy');
  const peer = await listen('SCIMMY', bundle.path, []);
  return { ...peer, stop: () => peer.stop().finally(() => bundle.delete()) };
}

/** Better Auth's SCIM plugin with an SQLite file; npm installs it once, as its lock file says. */
export async function startBetterAuth(folder: string): Promise<Peer | string> {
  const home = join('bench', 'peers', 'better-auth');
  if (!existsSync(join(home, 'node_modules'))) {
    try {
      execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--silent'], { cwd: home });
    } catch {
      return 'better-auth cannot be installed from the npm registry.';
    }
  }
  return { ...(await listen('better-auth', join(home, 'server.js'), [folder])), maxMembers: 1000 };
}

async function listen(name: string, program: string, args: readonly string[]): Promise<Peer> {
  const child = fork(program, args);
  process.once('exit', () => child.kill());
  const ended = once(child, 'exit').then(() => {
    throw new Error(`${name} ended before it listened.`);
  });
  const [address] = (await Promise.race([once(child, 'message'), ended])) as [Address];
  ended.catch(() => undefined);
  return { name, ...address, processes: [pidOf(child)], stop: () => endProgram(child) };
}
