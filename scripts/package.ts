import { spawnSync } from 'node:child_process';
import { cpSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { plans } from '../doctor/plans';
import { licences } from './licences';
import { nodeBundle } from './node-bundle';
import { packageLibrary } from './package-library';
import { packagedModules } from './packaged-modules';
import { bundleWeb } from './web';
import { writeBundle } from './write-bundle';

const root = resolve(__dirname, '..');
const dist = join(root, 'dist');

/**
 * Completes `dist` for the npm package, with the compiled constructs, `scim-admin` with the flows that its doctor plays
 * and the page that its console serves, and the library of the application.
 */
async function main(): Promise<void> {
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const compiled = spawnSync(process.execPath, [tsc, '-p', join(root, 'tsconfig.package.json')], { stdio: 'inherit' });
  if (compiled.status !== 0) throw new Error('The constructs do not compile: see above.');
  const { metafile } = await build({
    entryPoints: [join(root, 'bin/scim-admin.ts')],
    outfile: join(dist, 'admin/scim-admin.js'),
    absWorkingDir: root,
    ...nodeBundle,
    plugins: [packagedModules()],
    metafile: true,
  });
  const web = await bundleWeb();
  writeBundle(join(dist, 'web'), web);
  writeFileSync(join(dist, 'admin/licences.txt'), licences(root, [metafile, web.metafile]));
  const flows = new Set(plans.map(({ from }) => `clients/${from}.json`));
  for (const flow of flows) cpSync(join(root, 'traffic', flow), join(dist, 'admin', flow));
  const library = await packageLibrary();
  writeFileSync(join(dist, 'library/licences.txt'), licences(root, [library]));
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
