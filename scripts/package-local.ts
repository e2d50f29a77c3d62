import { copyFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { dependencies } from '../local/package.json';
import { bundleFunctions } from './bundle-functions';
import { generatedModules } from './generated-modules';
import { licences } from './licences';
import { nodeBundle } from './node-bundle';
import { packagedModules } from './packaged-modules';
import { bundleWeb } from './web';
import { writeBundle } from './write-bundle';

const root = resolve(__dirname, '..');
const local = join(root, 'local');
const dist = join(local, 'dist');

/** Makes the package `serverless-scim-local`: the program and the thread, and the functions and the page that they have, as bundles. */
async function main(): Promise<void> {
  const functions = await bundleFunctions(generatedModules([]));
  const web = await bundleWeb();
  rmSync(dist, { recursive: true, force: true });
  for (const bundle of functions) writeBundle(join(dist, 'lambda', bundle.name), bundle);
  writeBundle(join(dist, 'web'), web);
  const { metafile } = await build({
    entryPoints: ['scim-local', 'scim-thread'].map((program) => join(root, `bin/${program}.ts`)),
    outdir: join(dist, 'bin'),
    absWorkingDir: root,
    ...nodeBundle,
    external: Object.keys(dependencies),
    plugins: [packagedModules()],
    metafile: true,
  });
  const metafiles = [metafile, web.metafile, ...functions.map((bundle) => bundle.metafile)];
  writeFileSync(join(dist, 'licences.txt'), licences(root, metafiles));
  copyFileSync(join(root, 'LICENSE'), join(local, 'LICENSE'));
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
