import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { nodeBundle } from '../scripts/node-bundle';

/** A bundled program. */
export interface BundledProgram {
  readonly path: string;
  delete(): void;
}

/**
 * Bundles a program of this folder like the functions. From its sources it would be up to twice as slow: tsx looks up every
 * import at every use and names every function. Runs in the root of the checkout.
 */
export async function bundleProgram(name: string): Promise<BundledProgram> {
  // In node_modules, so that a bundle finds the packages that are not bundled: the peers, as published.
  const cache = resolve('node_modules', '.cache');
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'bench-'));
  const path = join(folder, 'program.js');
  await build({ entryPoints: [join('bench', `${name}.ts`)], outfile: path, ...nodeBundle, packages: 'external' });
  return { path, delete: () => rmSync(folder, { recursive: true, force: true }) };
}
