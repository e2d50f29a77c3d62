import { spawnSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { plans } from '../cli/doctor/plans';
import { nodeBundle } from './node-bundle';

const root = resolve(__dirname, '..');
const dist = join(root, 'dist');

/**
 * Completes `dist` for the npm package, with the compiled constructs, and `scim-admin` with
 * the flows that its doctor plays.
 */
async function main(): Promise<void> {
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const compiled = spawnSync(process.execPath, [tsc, '-p', join(root, 'tsconfig.package.json')], { stdio: 'inherit' });
  if (compiled.status !== 0) throw new Error('The constructs do not compile: see above.');
  await build({
    entryPoints: [join(root, 'bin/scim-admin.ts')],
    outfile: join(dist, 'admin/scim-admin.js'),
    ...nodeBundle,
  });
  const flows = new Set(plans.map(({ from }) => `clients/${from}.json`));
  for (const flow of flows) cpSync(join(root, 'traffic', flow), join(dist, 'admin', flow));
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
