import { join, resolve } from 'node:path';
import { type BuildOptions, build, type Metafile, type Plugin } from 'esbuild';
import { type FunctionName, functions } from '../deployment/functions';
import { besideBundle, type GeneratedModules, requiredModules } from './generated-modules';
import { lambdaSdk } from './lambda-sdk';
import { nodeBundle } from './node-bundle';
import type { Bundle } from './report';
import { bundleWeb } from './web';

const root = resolve(__dirname, '..');

/** Options of the bundles besides those that all of them have. */
type BundleOptions = Pick<BuildOptions, 'minify'>;

/** Bundles every function, with those of the generated modules beside it that it requires. */
export function bundleFunctions(modules: GeneratedModules, options: BundleOptions = {}): Promise<readonly Bundle[]> {
  return Promise.all(functions.map(({ name }) => bundleFunction(name, modules, options)));
}

/** Bundles what the constructs call to compile schema extensions. */
export async function bundleCompiler(): Promise<Bundle> {
  const { contents, metafile } = await bundle('scripts/compile-extensions.ts', []);
  return { name: 'compile-extensions', files: new Map([['index.js', contents]]), metafile };
}

async function bundleFunction(name: FunctionName, modules: GeneratedModules, options: BundleOptions): Promise<Bundle> {
  const { contents, metafile } = await bundle(`lambda/${name}.ts`, [besideBundle(), lambdaSdk()], options);
  const files = new Map<string, Uint8Array | string>([
    ['index.js', contents],
    ...requiredModules(metafile, modules),
    ...(name === 'portal' ? [['page.json', await bundlePage()] as const] : []),
  ]);
  return { name, files, metafile };
}

/** The files of the portal's page as one file of JSON, by name: what the console alone loads is left out. */
export async function bundlePage(): Promise<string> {
  const { files } = await bundleWeb();
  const page = [...files].filter(([name]) => !/^(?:assets\/)?console\b/.test(name));
  return JSON.stringify(Object.fromEntries(page));
}

async function bundle(
  source: string,
  plugins: Plugin[],
  options: BundleOptions = {},
): Promise<{ contents: Uint8Array; metafile: Metafile }> {
  const { outputFiles, metafile } = await build({
    entryPoints: [join(root, source)],
    outfile: 'index.js',
    absWorkingDir: root,
    ...nodeBundle,
    ...options,
    legalComments: 'none',
    plugins,
    metafile: true,
    write: false,
  });
  const [file] = outputFiles;
  if (!file) throw new Error(`${source} has no output`);
  return { contents: file.contents, metafile };
}
