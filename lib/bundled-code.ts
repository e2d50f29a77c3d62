import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AssetHashType, DockerImage } from 'aws-cdk-lib';
import { type AssetCode, Code } from 'aws-cdk-lib/aws-lambda';
import type { FunctionName } from '../deployment/functions';
import { bundleFolder, extensionCompiler, readManifest } from './manifest';

/** Options for the functions' code. */
export interface CodeProps {
  /**
   * Folder with schema extensions: JSON files as `extensions/README.md` describes. All tenants have their attributes.
   *
   * @default - none
   */
  readonly extensions?: string;
}

/** Modules that take the place of those of the same names in the bundles. */
type Modules = Readonly<Record<string, string>>;

/**
 * Returns what makes the code of a function: its bundle, with the schema extensions of the properties.
 * @throws Error that lists everything wrong with the extensions, by file and place
 */
export function bundledCode({ extensions }: CodeProps): (name: FunctionName) => AssetCode {
  const modules = extensions === undefined ? undefined : compileExtensions(extensions);
  if (!modules) return (name) => Code.fromAsset(bundleFolder(name));
  const { functions } = readManifest();
  return (name) => {
    const replaced = functions[name].files.filter((file) => file in modules);
    const folder = bundleFolder(name);
    return replaced.length === 0 ? Code.fromAsset(folder) : withModules(folder, replaced, modules);
  };
}

function compileExtensions(folder: string): Modules | undefined {
  // Not an import: it is a bundle of its own, with the compiler of the validators, which only some apps need.
  const compiler = require(extensionCompiler()) as { compileExtensions(folder: string): Modules | undefined };
  return compiler.compileExtensions(folder);
}

function withModules(folder: string, files: readonly string[], modules: Modules): AssetCode {
  const tryBundle = (output: string): boolean => {
    cpSync(folder, output, { recursive: true });
    for (const file of files) writeFileSync(join(output, file), modules[file] ?? '');
    return true;
  };
  // The CDK demands an image, and would use it only if tryBundle returned false.
  const bundling = { image: DockerImage.fromRegistry('none'), local: { tryBundle } };
  return Code.fromAsset(folder, { assetHashType: AssetHashType.OUTPUT, bundling });
}
