import { basename, resolve } from 'node:path';
import { type BuildOptions, build, type Plugin } from 'esbuild';
import { type FunctionName, functions } from '../deployment/functions';
import { besideBundle, type GeneratedModules, requiredModules } from './generated-modules';
import { checkReplaced, lambdaSdk } from './lambda-sdk';
import { nodeBundle } from './node-bundle';
import type { Bundle } from './report';
import { bundleWeb } from './web';

const root = resolve(__dirname, '..');

/** What a function loads only when it needs it, as files of their own; `besideBundle` leaves it out of the first one. */
const deferred: Readonly<Partial<Record<FunctionName, Readonly<Record<string, string>>>>> = {
  oauth: { jose: 'jose' },
  portal: { deferred: 'lambda/portal/deferred.ts' },
};

/** Options of the bundles besides those that all of them have. */
type BundleOptions = Pick<BuildOptions, 'minify'>;

/** Bundles every function, with those of the generated modules beside it that it requires. */
export async function bundleFunctions(
  modules: GeneratedModules,
  options: BundleOptions = {},
): Promise<readonly Bundle[]> {
  const replaced = new Set<RegExp>();
  const bundles = await Promise.all(functions.map(({ name }) => bundleFunction(name, modules, options, replaced)));
  checkReplaced(replaced);
  return bundles;
}

/** Bundles what the constructs call to compile schema extensions. */
export async function bundleCompiler(): Promise<Bundle> {
  return { name: 'compile-extensions', ...(await bundle({ index: 'scripts/compile-extensions.ts' }, [])) };
}

async function bundleFunction(
  name: FunctionName,
  modules: GeneratedModules,
  options: BundleOptions,
  replaced: Set<RegExp>,
): Promise<Bundle> {
  const sources = { index: `lambda/${name}.ts`, ...deferred[name] };
  const { files, metafile } = await bundle(sources, [besideBundle(), lambdaSdk(replaced)], options);
  const beside = new Map<string, Uint8Array | string>([
    ...files,
    ...requiredModules(metafile, modules),
    ...(name === 'portal' ? [['page.json', await bundlePage()] as const] : []),
  ]);
  return { name, files: beside, metafile };
}

/** The files of the portal's page as one file of JSON, by name: what the console alone loads is left out. */
export async function bundlePage(): Promise<string> {
  const { files } = await bundleWeb();
  const page = [...files].filter(([name]) => !/^(?:assets\/)?console\b/.test(name));
  return JSON.stringify(Object.fromEntries(page));
}

/** Bundles sources, each by the name of its file without `.js`. */
async function bundle(
  sources: Readonly<Record<string, string>>,
  plugins: Plugin[],
  options: BundleOptions = {},
): Promise<Pick<Bundle, 'files' | 'metafile'>> {
  const { outputFiles, metafile } = await build({
    entryPoints: { ...sources },
    outdir: 'bundle',
    absWorkingDir: root,
    ...nodeBundle,
    ...options,
    legalComments: 'none',
    plugins,
    metafile: true,
    write: false,
  });
  return { files: new Map(outputFiles.map(({ path, contents }) => [basename(path), contents])), metafile };
}
