import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Extension } from '../lambda/scim/schema/extension';
import { bundleFunctions } from '../scripts/bundle-functions';
import { readExtensions } from '../scripts/extensions';
import type { LambdaFunction } from './invoke';
import { startError } from './start-error';

/** The functions' bundles, in a folder that must exist until all are loaded. */
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
  const extensions = read(extensionsFolder);
  if (extensions.length === 0) return undefined;
  const made = await bundleFunctions(extensions);
  const folder = await mkdtemp(join(tmpdir(), 'scim-functions-'));
  const file = (name: string) => join(folder, name, 'index.js');
  for (const { name, contents } of made) {
    await mkdir(join(folder, name));
    await writeFile(file(name), contents);
  }
  return {
    load: (name) => (require(file(name)) as { handler: LambdaFunction }).handler,
    delete: () => rm(folder, { recursive: true, force: true }),
  };
}

function read(folder: string): readonly Extension[] {
  try {
    return readExtensions(folder);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw startError(code === undefined ? message : `The schema extensions cannot be read: ${message}`, error);
  }
}
