import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleFunctions } from '../scripts/bundle-functions';
import { compileExtensions } from '../scripts/compile-extensions';
import type { GeneratedModules } from '../scripts/generated-modules';
import { writeBundle } from '../scripts/write-bundle';
import type { LambdaFunction } from './invoke';
import { startError } from './start-error';

/** The functions' bundles, in a folder that must exist as long as they are used. */
export interface Bundles {
  load(name: string): LambdaFunction;
  delete(): Promise<void>;
}

/**
 * Bundles the functions with the schema extensions in a folder, as for a deployment. Returns nothing if there are no
 * extensions: then the functions run from their sources.
 * @throws StartError if an extension is not valid
 */
export async function makeBundles(extensionsFolder: string): Promise<Bundles | undefined> {
  const modules = compile(extensionsFolder);
  if (!modules) return undefined;
  const made = await bundleFunctions(modules);
  const folder = await mkdtemp(join(tmpdir(), 'scim-functions-'));
  for (const bundle of made) writeBundle(join(folder, bundle.name), bundle);
  return {
    load: (name) => (require(join(folder, name, 'index.js')) as { handler: LambdaFunction }).handler,
    delete: () => rm(folder, { recursive: true, force: true }),
  };
}

function compile(folder: string): GeneratedModules | undefined {
  try {
    return compileExtensions(folder);
  } catch (error) {
    throw startError(error instanceof Error ? error.message : String(error), error);
  }
}
