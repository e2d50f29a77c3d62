import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import cases from './imports.json';

interface Diagnostic {
  readonly category: string;
  readonly location: { readonly path: string; readonly start: { readonly line: number } };
}

interface ImportCase {
  readonly file: string;
  readonly imports: string;
}

const root = resolve(__dirname, '../..');
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'layering-'));
  copyFileSync(join(root, 'package.json'), join(folder, 'package.json'));
  const config = JSON.parse(readFileSync(join(root, 'biome.json'), 'utf8')) as object;
  writeFileSync(join(folder, 'biome.json'), JSON.stringify({ ...config, vcs: { enabled: false } }));
});

afterEach(() => rmSync(folder, { recursive: true }));

function write(file: string, lines: readonly string[]): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), lines.map((line) => `${line}\n`).join(''));
}

/** Lints the folder with the repository's own rules: `file:line` of each finding of one rule. */
function findings(rule: string): string[] {
  const biome = join(root, 'node_modules/@biomejs/biome/bin/biome');
  const args = [biome, 'lint', '--reporter=json', '--max-diagnostics=none', `--only=${rule}`];
  const run = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  const { diagnostics } = JSON.parse(run.stdout) as { diagnostics: Diagnostic[] };
  return diagnostics
    .filter(({ category }) => category === `lint/${rule}`)
    .map(({ location }) => `${location.path}:${location.start.line}`)
    .sort();
}

/** Writes every case as a line of its file; returns the places of the refused ones. */
function writeCases(allowed: readonly ImportCase[], refused: readonly ImportCase[]): string[] {
  const files = new Map<string, string[]>();
  const place = ({ file, imports }: ImportCase): string => {
    const lines = files.get(file) ?? [];
    files.set(file, lines);
    return `${file}:${lines.push(`import '${imports}';`)}`;
  };
  allowed.forEach(place);
  const places = refused.map(place).sort();
  for (const [file, lines] of files) write(file, lines);
  return places;
}

test('a part imports only what lies to its right', () => {
  const refused = writeCases(cases.allowed, cases.refused);
  expect(refused.length).toBe(cases.refused.length);
  expect(findings('style/noRestrictedImports')).toEqual(refused);
});

test('an import cycle is refused, also one of types alone', () => {
  write('lambda/scim/patch/one.ts', ["import type { Two } from './two';", 'export type One = Two | string;']);
  write('lambda/scim/patch/two.ts', ["import type { One } from './one';", 'export type Two = One[];']);
  expect(findings('suspicious/noImportCycles')).toEqual(['lambda/scim/patch/one.ts:1', 'lambda/scim/patch/two.ts:1']);
});

/**
 * Operations of a bulk request fail one by one, a lease is released, a lost race is run again, the response to a change
 * leaves out members if there are too many.
 */
const catchers = ['bulk', 'lease', 'respond', 'retry'].map((name) => `lambda/directory/${name}.ts`);

test('protocol and directory catch nothing elsewhere', () => {
  const files = ['lambda/scim', 'lambda/directory'].flatMap((part) =>
    readdirSync(join(root, part), { recursive: true, encoding: 'utf8' }).map((file) => join(part, file)),
  );
  const sources = files.filter((file) => file.endsWith('.ts') && !file.includes('generated'));
  const catching = sources.filter((file) => /\bcatch\s*[({]/.test(readFileSync(join(root, file), 'utf8')));
  expect(catching).toEqual(catchers);
});
