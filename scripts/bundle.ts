import { rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { responses } from '../deployment/gateway-responses';
import { bundleCompiler, bundleFunctions } from './bundle-functions';
import { generatedModules } from './generated-modules';
import { licences } from './licences';
import { type Bundle, report } from './report';
import { bundleWeb } from './web';
import { writeBundle } from './write-bundle';

const root = resolve(__dirname, '..');

/** Writes the bundles and the manifest that `lib` deploys from. Only whole sets are written: a failed build leaves the last. */
function write(out: string, bundles: readonly Bundle[], compiler: Bundle, web: Bundle): void {
  const functions = bundles.map(({ name, files }) => [name, { files: [...files.keys()] }]);
  const manifest = { responses, functions: Object.fromEntries(functions) };
  rmSync(out, { recursive: true, force: true });
  for (const bundle of bundles) writeBundle(join(out, 'functions', bundle.name), bundle);
  for (const other of [compiler, web]) writeBundle(join(out, other.name), other);
  const metafiles = [...bundles, compiler, web].map(({ metafile }) => metafile);
  writeFileSync(join(out, 'licences.txt'), licences(root, metafiles));
  writeFileSync(join(out, 'manifest.json'), `${JSON.stringify(manifest, undefined, 2)}\n`);
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { out: { type: 'string', default: join(root, 'dist') }, report: { type: 'boolean', default: false } },
  });
  const [bundles, compiler, web] = await Promise.all([
    bundleFunctions(generatedModules([])),
    bundleCompiler(),
    bundleWeb(),
  ]);
  write(resolve(values.out), bundles, compiler, web);
  if (values.report) process.stdout.write(report(bundles));
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
