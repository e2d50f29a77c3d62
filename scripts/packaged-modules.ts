import { join } from 'node:path';
import type { Plugin } from 'esbuild';

/** What makes bundles from sources, and what has its place in a package, which has the bundles. */
const modules = { 'bundle-functions': 'packaged-functions.ts', web: 'packaged-web.ts' };

/** Replaces modules that a package cannot have. */
export function packagedModules(): Plugin {
  return {
    name: 'packaged-modules',
    setup(building) {
      for (const [name, packaged] of Object.entries(modules)) {
        const path = join(__dirname, packaged);
        building.onResolve({ filter: new RegExp(`[\\\\/]scripts[\\\\/]${name}$`) }, () => ({ path }));
      }
    },
  };
}
