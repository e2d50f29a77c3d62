import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A function that API Gateway invokes for a route. */
export type RouteFunction = 'users' | 'groups' | 'bulk' | 'search' | 'discovery';

/** A function that a client waits for. */
export type WarmFunctionName = RouteFunction | 'authorizer';

/** Every function of the endpoint. */
export type FunctionName = WarmFunctionName | 'changes' | 'expiry';

/** A resource of the REST API, for any method, and the function behind it. */
export interface ManifestRoute {
  readonly path: string;
  readonly function: RouteFunction;
}

/** What the gateway answers by itself in one case: a static body but for the request id. */
export interface ManifestResponse {
  readonly type: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What `npm run bundle` says of what it made; the constructs deploy from it and know nothing else of the functions. */
export interface Manifest {
  readonly routes: readonly ManifestRoute[];
  readonly responses: readonly ManifestResponse[];
  readonly functions: Readonly<Record<FunctionName, { readonly bytes: number }>>;
}

/** In the package the compiled constructs lie inside `dist`, in a checkout their sources lie beside it. */
const folder = [join(__dirname, '..'), join(__dirname, '..', 'dist')].find((candidate) =>
  existsSync(join(candidate, 'manifest.json')),
);

/** The folder with the bundle of a function. @throws Error when there are no bundles. */
export function bundleFolder(name: FunctionName): string {
  return join(distFolder(), 'functions', name);
}

/** Reads the manifest. @throws Error when there are no bundles. */
export function readManifest(): Manifest {
  return JSON.parse(readFileSync(join(distFolder(), 'manifest.json'), 'utf8')) as Manifest;
}

function distFolder(): string {
  if (folder !== undefined) return folder;
  throw new Error(`There are no bundles to deploy in ${join(__dirname, '..', 'dist')}. Run "npm run bundle" first.`);
}
