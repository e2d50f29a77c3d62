import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { dependencies } from '../local/package.json';
import { bundleFunctions } from '../scripts/bundle-functions';
import { generatedModules } from '../scripts/generated-modules';
import { nodeBundle } from '../scripts/node-bundle';
import { packagedModules } from '../scripts/packaged-modules';
import { writeBundle } from '../scripts/write-bundle';

const root = resolve(__dirname, '..');
const readable = { minify: false } as const;

/** Bundles the functions into `lambda/` of a folder, and the measured endpoint into `bin/`; lines still show their modules. */
export async function makeReadableBundles(folder: string): Promise<void> {
  for (const bundle of await bundleFunctions(generatedModules([]), readable)) {
    writeBundle(join(folder, 'lambda', bundle.name), bundle);
  }
  await build({
    entryPoints: [join(root, 'bench/profile-endpoint.ts')],
    outdir: join(folder, 'bin'),
    absWorkingDir: root,
    ...nodeBundle,
    ...readable,
    external: Object.keys(dependencies),
    plugins: [packagedModules()],
  });
}
