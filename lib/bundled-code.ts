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

/** A file and its contents. */
type File = readonly [name: string, contents: string];

/**
 * Returns what makes the code of a function: its bundle, with the schema extensions of the properties, and with a file
 * `settings.json` if there are settings.
 * @throws Error that lists everything wrong with the extensions, by file and place
 */
export function bundledCode({ extensions }: CodeProps): (name: FunctionName, settings?: object) => AssetCode {
  const modules = extensions === undefined ? undefined : compileExtensions(extensions);
  const { functions } = modules ? readManifest() : { functions: undefined };
  return (name, settings) => {
    const replaced = (functions?.[name].files ?? []).flatMap((file): File[] => {
      const contents = modules?.[file];
      return contents === undefined ? [] : [[file, contents]];
    });
    const added: File[] = settings === undefined ? [] : [['settings.json', JSON.stringify(settings)]];
    const folder = bundleFolder(name);
    const files = [...replaced, ...added];
    return files.length === 0 ? Code.fromAsset(folder) : withFiles(folder, files);
  };
}

function compileExtensions(folder: string): Modules | undefined {
  // Not an import: it is a bundle of its own, with the compiler of the validators, which only some apps need.
  const compiler = require(extensionCompiler()) as { compileExtensions(folder: string): Modules | undefined };
  return compiler.compileExtensions(folder);
}

function withFiles(folder: string, files: readonly File[]): AssetCode {
  const tryBundle = (output: string): boolean => {
    cpSync(folder, output, { recursive: true });
    for (const [file, contents] of files) writeFileSync(join(output, file), contents);
    return true;
  };
  // The CDK demands an image, and would use it only if tryBundle returned false.
  const bundling = { image: DockerImage.fromRegistry('none'), local: { tryBundle } };
  // The CDK takes two assets of one folder for the same, unless this differs.
  const options = { assetHashType: AssetHashType.OUTPUT, bundling, extraHash: JSON.stringify(files) };
  return Code.fromAsset(folder, options);
}
