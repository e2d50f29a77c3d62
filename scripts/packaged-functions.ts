import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { functions } from '../deployment/functions';
import type { GeneratedModules } from './generated-modules';
import type { Bundle } from './report';

/**
 * The functions' bundles with these generated modules. The package `serverless-scim-local` has this module in place of
 * `bundle-functions.ts`: it has the bundles, and no sources to make them from.
 */
export async function bundleFunctions(modules: GeneratedModules): Promise<readonly Omit<Bundle, 'metafile'>[]> {
  const generated = new Map<string, string>(Object.entries(modules));
  return functions.map(({ name }) => {
    const folder = join(__dirname, '../lambda', name);
    const files = readdirSync(folder).map((file): [string, Uint8Array | string] => [
      file,
      generated.get(file) ?? readFileSync(join(folder, file)),
    ]);
    return { name, files: new Map(files) };
  });
}

/** In the package, the function of the portal has its page beside it. */
export async function bundlePage(): Promise<undefined> {
  return undefined;
}
