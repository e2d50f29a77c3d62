import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { type FunctionName, functions } from '../deployment/functions';
import type { Extension } from '../lambda/scim/schema/extension';
import { extensionsPlugin } from './extensions';
import { lambdaSdk } from './lambda-sdk';
import { nodeBundle } from './node-bundle';
import type { Bundle } from './report';

const root = resolve(__dirname, '..');

/** Bundles every function with these schema extensions. */
export function bundleFunctions(extensions: readonly Extension[]): Promise<readonly Bundle[]> {
  return Promise.all(functions.map(({ name }) => bundleFunction(name, extensions)));
}

async function bundleFunction(name: FunctionName, extensions: readonly Extension[]): Promise<Bundle> {
  const { outputFiles, metafile } = await build({
    entryPoints: [join(root, 'lambda', `${name}.ts`)],
    outfile: 'index.js',
    absWorkingDir: root,
    ...nodeBundle,
    legalComments: 'none',
    plugins: [extensionsPlugin(extensions), lambdaSdk()],
    metafile: true,
    write: false,
  });
  const [file] = outputFiles;
  if (!file) throw new Error(`lambda/${name}.ts has no output`);
  return { name, contents: file.contents, metafile };
}
