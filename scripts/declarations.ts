import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const root = resolve(__dirname, '..');

/** The entry points of the package besides the constructs: the names of files in `library/`. */
export const entryPoints = readdirSync(join(root, 'library'))
  .filter((file) => file.endsWith('.ts') && file !== 'errors.ts')
  .map((file) => file.replace(/\.ts$/, ''));

/** What a declaration imports from its own package. */
const relativeImport = /(\bfrom ['"]|\bimport\(['"])(\.[^'"]+)/g;

/** What an entry point may export types of. */
const published = /^(?:library|deployment)\/|^operator\/roles\/mapping$/;

/** A file with declarations, by its path without `.d.ts`. */
export interface Declarations {
  readonly name: string;
  /** As CommonJS and bundlers read it. */
  readonly text: string;
  /** As ES modules need it: an import names the file, with its end. */
  readonly moduleText: string;
}

/**
 * Compiles the declarations of the library and returns those that its entry points need.
 * @param folder an empty folder for all declarations
 * @throws Error if the library does not compile, or an entry point exports a type of what is internal
 */
export function declarationsOfLibrary(folder: string): readonly Declarations[] {
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const args = [tsc, '-p', join(root, 'tsconfig.library.json'), '--outDir', folder];
  const compiled = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (compiled.status !== 0) throw new Error(`The library does not compile:\n${compiled.stdout}${compiled.stderr}`);
  const needed = new Set(entryPoints.map((entry) => join(folder, 'library', entry)));
  const found: Declarations[] = [];
  for (const path of needed) {
    const name = relative(folder, path).replaceAll('\\', '/');
    if (!published.test(name)) {
      throw new Error(
        `An entry point exports a type of ${name}.ts, which is internal: declare the type in library/, or mark what uses it @internal.`,
      );
    }
    const text = readFileSync(`${path}.d.ts`, 'utf8');
    for (const [, , imported = ''] of text.matchAll(relativeImport)) needed.add(join(dirname(path), imported));
    found.push({ name, text, moduleText: text.replace(relativeImport, '$1$2.js') });
  }
  return found;
}
