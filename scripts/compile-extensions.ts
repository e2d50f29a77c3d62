import { readExtensions } from './extensions';
import { type GeneratedModules, generatedModules } from './generated-modules';

/**
 * The modules with the schema extensions in a folder, for the constructs, which load this file's bundle when an app is
 * synthesized. Returns nothing if the folder has no extensions.
 * @throws Error that lists everything wrong with the files, or says that the folder cannot be read
 */
export function compileExtensions(folder: string): GeneratedModules | undefined {
  const extensions = readExtensions(folder);
  return extensions.length === 0 ? undefined : generatedModules(extensions);
}
