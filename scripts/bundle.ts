import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { responses } from '../deployment/gateway-responses';
import { bundleFunctions } from './bundle-functions';
import { readExtensions } from './extensions';
import { licences } from './licences';
import { type Bundle, report } from './report';

const root = resolve(__dirname, '..');

/** Writes the bundles and the manifest that `lib` deploys from. Only whole sets are written: a failed build leaves the last. */
function write(out: string, bundles: readonly Bundle[]): void {
  const sizes = bundles.map(({ name, contents }) => [name, { bytes: contents.byteLength }]);
  const manifest = { responses, functions: Object.fromEntries(sizes) };
  rmSync(out, { recursive: true, force: true });
  for (const { name, contents } of bundles) {
    mkdirSync(join(out, 'functions', name), { recursive: true });
    writeFileSync(join(out, 'functions', name, 'index.js'), contents);
  }
  const metafiles = bundles.map(({ metafile }) => metafile);
  writeFileSync(join(out, 'licences.txt'), licences(root, metafiles));
  writeFileSync(join(out, 'manifest.json'), `${JSON.stringify(manifest, undefined, 2)}\n`);
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { out: { type: 'string', default: join(root, 'dist') }, report: { type: 'boolean', default: false } },
  });
  const bundles = await bundleFunctions(readExtensions(join(root, 'extensions')));
  write(resolve(values.out), bundles);
  if (values.report) process.stdout.write(report(bundles));
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
