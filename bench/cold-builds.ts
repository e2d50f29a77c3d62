import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { functions } from '../deployment/functions';

const root = resolve(__dirname, '..');

/** A bundle to measure, and how it was made. */
export interface Build {
  readonly variant: 'empty' | 'ours' | 'naive';
  readonly name: string;
  readonly path: string;
  readonly kilobytes: number;
}

/** The validators as a module that compiles them when it is loaded. */
const compiledAtRunTime = `
import Ajv from 'ajv';
import { jsonSchema } from '../../../scripts/json-schema';
import { viewsOf } from '../schema/view';
import { schemas } from '../schema/schemas';
const views = viewsOf(schemas);
const ajv = new Ajv({ allErrors: true, messages: false });
export const identityCenterUser = ajv.compile(jsonSchema(views['identity-center'].User));
export const identityCenterGroup = ajv.compile(jsonSchema(views['identity-center'].Group));
export const standardUser = ajv.compile(jsonSchema(views.standard.User));
export const standardGroup = ajv.compile(jsonSchema(views.standard.Group));
`;

const runTimeValidators: Plugin = {
  name: 'run-time-validators',
  setup({ onLoad }) {
    onLoad({ filter: /scim\/generated\/validators\.js$/ }, ({ path }) => ({
      contents: compiledAtRunTime,
      loader: 'js',
      resolveDir: dirname(path),
    }));
  },
};

/** An empty handler, the deployed bundles (of `npm run bundle`), and the same functions with esbuild's default options. */
export async function makeBuilds(folder: string): Promise<readonly Build[]> {
  const empty = join(folder, 'empty.js');
  mkdirSync(folder, { recursive: true });
  writeFileSync(empty, "exports.handler = async () => ({ statusCode: 200, body: '' });\n");
  const naive = functions.map(async ({ name }) => {
    const outfile = join(folder, 'naive', name, 'index.js');
    await build({
      entryPoints: [join(root, 'lambda', `${name}.ts`)],
      outfile,
      absWorkingDir: root,
      bundle: true,
      platform: 'node',
      logLevel: 'warning',
      plugins: [runTimeValidators],
    });
    return describe('naive', name, outfile);
  });
  const ours = functions.map(({ name }) => describe('ours', name, join(root, 'dist', 'functions', name, 'index.js')));
  return [describe('empty', 'empty', empty), ...ours, ...(await Promise.all(naive))];
}

function describe(variant: Build['variant'], name: string, path: string): Build {
  return { variant, name, path, kilobytes: statSync(path).size / 1024 };
}

/** The program for one cold start, as plain JavaScript: it must not load anything but the bundle. */
export async function makeChild(folder: string): Promise<string> {
  const outfile = join(folder, 'child.js');
  await build({ entryPoints: [join(__dirname, 'cold-child.ts')], outfile, platform: 'node', format: 'cjs' });
  return outfile;
}
