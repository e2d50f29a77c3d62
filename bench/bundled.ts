import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { nodeBundle } from '../scripts/node-bundle';

/** In node_modules, so that a bundle finds the packages that are not bundled: the peers, as published. */
const cache = resolve(__dirname, '../node_modules/.cache');

/**
 * Runs a program of this folder, bundled like the functions. From its sources it would be up to twice as slow: tsx looks
 * up every import at every use and names every function. Arguments: the program's name, then its arguments.
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
