import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { build, type Metafile } from 'esbuild';
import { dependencies } from '../package.json';
import { embeddedFlows } from './embedded-flows';
import { nodeBundle } from './node-bundle';

const root = resolve(__dirname, '..');
const library = join(root, 'dist/library');

/** The entry points of the package besides the constructs: a file of `library/` each, of the same name. */
const entries = readdirSync(join(root, 'library')).filter((file) => file.endsWith('.ts') && file !== 'errors.ts');

/**
 * Writes the entry points of `library/` for ES modules and for CommonJS into `dist/library`, each with its declarations.
 * What several of them share is a file of its own, so an error has the same class wherever it comes from.
 * @returns what the bundles hold, for the licences
 */
export async function packageLibrary(): Promise<Metafile> {
  rmSync(library, { recursive: true, force: true });
  const { outputFiles, metafile } = await build({
    entryPoints: entries.map((file) => join(root, 'library', file)),
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
  declare();
  return metafile;
}

/** Writes the declarations that the entry points need, and no others. */
function declare(): void {
  const types = join(library, 'types');
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const args = [tsc, '-p', join(root, 'tsconfig.library.json')];
  const compiled = spawnSync(process.execPath, args, { stdio: 'inherit' });
  if (compiled.status !== 0) throw new Error('The library does not compile: see above.');
  const needed = new Set(entries.map((file) => join(types, 'library', file.replace(/\.ts$/, '.d.ts'))));
  for (const file of needed) {
    const text = readFileSync(file, 'utf8');
    for (const [, , path = ''] of text.matchAll(relativeImport)) needed.add(join(dirname(file), `${path}.d.ts`));
    const name = relative(types, file);
    write(join(library, 'cjs/types', name), text);
    // An import in an ES module names the file, with its end.
    write(join(library, 'esm/types', name), text.replace(relativeImport, '$1$2.js'));
  }
  rmSync(types, { recursive: true });
}

/** What a declaration imports from its own package. */
const relativeImport = /(\bfrom ['"]|\bimport\(['"])(\.[^'"]+)/g;

function write(path: string, contents: string | Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, contents);
}
