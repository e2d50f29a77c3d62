import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { endProgram, type Peer, pidOf, printed, startProgram } from './peer';

/** Our local endpoint as the package `serverless-scim-local` has it, with its data in a folder. */
export async function startOurs(folder: string): Promise<Peer> {
  execFileSync(process.execPath, ['--import', 'tsx', 'scripts/package-local.ts'], { stdio: 'inherit' });
  const program = join('local', 'dist', 'bin', 'scim-local.js');
  const child = startProgram(process.execPath, [program, '--port', '0', '--data', folder, '--profile', 'standard']);
  const [baseUrl = '', token = ''] = await printed(child, /^Base URL +(\S+)/, /^API token +(\S+)/);
  return { name: 'ours', baseUrl, token, processes: [pidOf(child)], stop: () => endProgram(child) };
}
