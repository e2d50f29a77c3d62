import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { build, type Metafile } from 'esbuild';
import { dependencies } from '../package.json';
import { declarationsOfLibrary, entryPoints } from './declarations';
import { embeddedFlows } from './embedded-flows';
import { nodeBundle } from './node-bundle';

const root = resolve(__dirname, '..');
const library = join(root, 'dist/library');

/**
 * Writes the entry points of `library/` for ES modules and for CommonJS into `dist/library`, each with its declarations.
 * What several of them share is a file of its own, so an error has the same class wherever it comes from.
 * @returns what the bundles hold, for the licences
 */
export async function packageLibrary(): Promise<Metafile> {
  rmSync(library, { recursive: true, force: true });
  const { outputFiles, metafile } = await build({
    entryPoints: entryPoints.map((entry) => join(root, 'library', `${entry}.ts`)),
    outdir: join(library, 'esm'),
    absWorkingDir: root,
    ...nodeBundle,
    minify: false,
    minifySyntax: true,
    format: 'esm',
    splitting: true,
    chunkNames: 'parts/[hash]',
    external: [...Object.keys(dependencies), 'serverless-scim-local'],
    plugins: [embeddedFlows()],
    metafile: true,
    write: false,
  });
  for (const { path, contents } of outputFiles) write(path, contents);
  // Files of one folder are of one kind; the package itself is CommonJS.
  write(join(library, 'esm/package.json'), '{ "type": "module" }\n');
  await build({
    entryPoints: outputFiles.map(({ path }) => path),
    outbase: join(library, 'esm'),
    outdir: join(library, 'cjs'),
    platform: 'node',
    target: nodeBundle.target,
    format: 'cjs',
    // A test runner that loads CommonJS cannot load ES modules.
    supported: { 'dynamic-import': false },
  });
  const compiled = join(library, 'types');
  for (const { name, text, moduleText } of declarationsOfLibrary(compiled)) {
    write(join(library, `cjs/types/${name}.d.ts`), text);
    write(join(library, `esm/types/${name}.d.ts`), moduleText);
  }
  rmSync(compiled, { recursive: true });
  return metafile;
}

function write(path: string, contents: string | Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, contents);
}
