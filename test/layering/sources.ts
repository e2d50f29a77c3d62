import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const root = resolve(__dirname, '../..');

/** All source files below folders of the repository, by their paths in it. */
export function sourcesOf(...folders: readonly string[]): readonly string[] {
  return folders
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
    )
    .filter((file) => /\.[jt]s$/.test(file))
    .sort();
}

export const read = (file: string) => readFileSync(join(root, file), 'utf8');

/** The files of the repository that a file imports, for their values or their types. */
function importsOf(file: string): readonly string[] {
  const specifiers = read(file).matchAll(/(?:\bfrom|\bimport|\bimport\(|\brequire\()\s*['"](\.[^'"]*)['"]/g);
  return [...specifiers].flatMap(([, specifier = '']) => {
    const target = relative(root, resolve(root, dirname(file), specifier));
    // A generated .js and the .d.ts that declares it are imported by one name.
    return ['', '.ts', '.js', '.d.ts', '.json'].map((end) => target + end).filter(isFile);
  });
}

const isFile = (file: string) => /\.\w+$/.test(file) && existsSync(join(root, file));

/** The files that can be reached from some by imports, those included. */
export function reachableFrom(entries: readonly string[]): ReadonlySet<string> {
  const reached = new Set<string>();
  const waiting = [...entries];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (reached.has(file)) continue;
    reached.add(file);
    waiting.push(...importsOf(file));
  }
  return reached;
}
