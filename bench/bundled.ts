import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { nodeBundle } from '../scripts/node-bundle';

/** Within the packages, so that a bundle finds those it leaves outside: the peers, as they are published. */
const cache = resolve(__dirname, '../node_modules/.cache');

/**
 * Runs a program of this folder bundled as the functions are deployed. From its sources, tsx has it look up every import
 * at every use and name every function when it is made: up to half of what is measured. Arguments: the program's name,
 * then its own.
 */
async function main([name = '', ...args]: readonly string[]): Promise<void> {
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'bench-'));
  const outfile = join(folder, `${name}.js`);
  try {
    await build({ entryPoints: [join(__dirname, `${name}.ts`)], outfile, ...nodeBundle, packages: 'external' });
    const { status } = spawnSync(process.execPath, [outfile, ...args], { stdio: 'inherit' });
    process.exitCode = status ?? 1;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
