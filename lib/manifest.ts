import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FunctionName } from '../deployment/functions';

/** A response of the gateway itself: the body is static except for the request id. */
export interface ManifestResponse {
  readonly type: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The manifest that `npm run bundle` writes. */
export interface Manifest {
  readonly responses: readonly ManifestResponse[];
  /** The files of each function's bundle. */
  readonly functions: Readonly<Record<FunctionName, { readonly files: readonly string[] }>>;
}

/** In the package the compiled constructs are in `dist`; in a checkout `dist` is next to `lib`. */
const folder = [join(__dirname, '..'), join(__dirname, '..', 'dist')].find((candidate) =>
  existsSync(join(candidate, 'manifest.json')),
);

/** Returns the folder with the bundle of a function. @throws Error if there are no bundles */
export function bundleFolder(name: FunctionName): string {
  return join(distFolder(), 'functions', name);
}

/** The program that compiles schema extensions. @throws Error if there are no bundles */
export function extensionCompiler(): string {
  return join(distFolder(), 'compile-extensions', 'index.js');
}

/** Reads the manifest. @throws Error if there are no bundles */
export function readManifest(): Manifest {
  return JSON.parse(readFileSync(join(distFolder(), 'manifest.json'), 'utf8')) as Manifest;
}

function distFolder(): string {
  if (folder !== undefined) return folder;
  throw new Error(`There are no bundles to deploy in ${join(__dirname, '..', 'dist')}. Run "npm run bundle" first.`);
}
