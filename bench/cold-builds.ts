import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { functions } from '../deployment/functions';

const root = resolve(__dirname, '..');

/** A bundle to measure. */
export interface Build {
  readonly name: string;
  readonly path: string;
  readonly kilobytes: number;
}

/** An empty handler, and the deployed bundles (of `npm run bundle`). */
export function makeBuilds(folder: string): readonly Build[] {
  const empty = join(folder, 'empty.js');
  mkdirSync(folder, { recursive: true });
  writeFileSync(empty, "exports.handler = async () => ({ statusCode: 200, body: '' });\n");
  const ours = functions.map(({ name }) => describe(name, join(root, 'dist', 'functions', name, 'index.js')));
  return [describe('empty', empty), ...ours];
}

function describe(name: string, path: string): Build {
  return { name, path, kilobytes: statSync(path).size / 1024 };
}

/** The program for one cold start, as plain JavaScript: it must not load anything but the bundle. */
export async function makeChild(folder: string): Promise<string> {
  const outfile = join(folder, 'child.js');
  await build({ entryPoints: [join(__dirname, 'cold-child.ts')], outfile, platform: 'node', format: 'cjs' });
  return outfile;
}
