import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { functions } from '../deployment/functions';

const root = resolve(__dirname, '..');

/** A bundle to measure. */
export interface Build {
  readonly name: string;
  /** The function that it is, whose event it gets. */
  readonly function: string;
  readonly path: string;
  readonly kilobytes: number;
}

/**
 * An empty handler, and the deployed bundles (of `npm run bundle`) whose names match a pattern, each after that of another
 * checkout if there is one.
 */
export function makeBuilds(folder: string, only: RegExp, against?: string): readonly Build[] {
  const empty = join(folder, 'empty.js');
  mkdirSync(folder, { recursive: true });
  writeFileSync(empty, "exports.handler = async () => ({ statusCode: 200, body: '' });\n");
  const names = functions.map(({ name }) => name).filter((name) => only.test(name));
  const ours = names.flatMap((name) => [
    ...(against === undefined ? [] : [describe(name, bundleIn(resolve(against), name), `${name} before`)]),
    describe(name, bundleIn(root, name)),
  ]);
  return [describe('empty', empty), ...ours];
}

const bundleIn = (checkout: string, name: string) => join(checkout, 'dist/functions', name, 'index.js');

function describe(functionName: string, path: string, name = functionName): Build {
  return { name, function: functionName, path, kilobytes: statSync(path).size / 1024 };
}

/** The program for one cold start, as plain JavaScript: it must not load anything but the bundle. */
export async function makeChild(folder: string): Promise<string> {
  const outfile = join(folder, 'child.js');
  await build({ entryPoints: [join(__dirname, 'cold-child.ts')], outfile, platform: 'node', format: 'cjs' });
  return outfile;
}
