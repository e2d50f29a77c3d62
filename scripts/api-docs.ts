import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

const root = resolve(__dirname, '..');
const workspace = join(__dirname, 'api-docs');
const written = join(root, 'docs/api');

/** Writes the API reference into a folder. @throws Error if an export has no docstring, or a link leads nowhere */
function write(folder: string): void {
  const program = join(workspace, 'node_modules/typedoc/bin/typedoc');
  const args = [program, '--options', join(workspace, 'typedoc.json'), '--out', folder];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: workspace, encoding: 'utf8' });
  if (status !== 0) throw new Error(`typedoc failed:\n${stdout}${stderr}`);
}

/** The files of a folder with what they say. */
function contents(folder: string): Readonly<Record<string, string>> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.md'));
  return Object.fromEntries(files.toSorted().map((file) => [file, readFileSync(join(folder, file), 'utf8')]));
}

/** @throws Error that names the files of `docs/api` that are not as they would be written */
function check(): void {
  const folder = mkdtempSync(join(tmpdir(), 'scim-api-'));
  try {
    write(folder);
    const [now, fresh] = [contents(written), contents(folder)];
    const stale = Object.keys({ ...now, ...fresh }).filter((file) => now[file] !== fresh[file]);
    if (stale.length > 0) throw new Error(`docs/api is not fresh: ${stale.join(', ')}. Run "npm run api-docs".`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
try {
  if (values.check) check();
  else write(written);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
