import type { Metafile, Plugin } from 'esbuild';
import type { Extension } from '../lambda/scim/schema/extension';
import { validatorsModule } from './validators';

/** The modules that depend on schema extensions, as files beside a function's bundle: a bundle requires those it uses. */
export type GeneratedModules = Readonly<Record<'extensions.js' | 'validators.js', string>>;

/** The generated modules for these schema extensions. */
export function generatedModules(extensions: readonly Extension[]): GeneratedModules {
  return {
    'extensions.js': `exports.extensions = ${JSON.stringify(extensions)};\n`,
    'validators.js': validatorsModule(extensions),
  };
}

/**
 * Leaves out of a bundle what is a file beside it: the generated modules, so that a deployment can have its own without
 * bundling again, and what a function loads only when it needs it.
 */
export function besideBundle(): Plugin {
  return {
    name: 'beside-bundle',
    setup(build) {
      build.onResolve({ filter: /[\\/]generated[\\/](?:extensions|validators)$/ }, ({ path }) => ({
        path: `./${path.split('/').pop()}.js`,
        external: true,
        // A function that uses neither requires neither.
        sideEffects: false,
      }));
      build.onResolve({ filter: /(?:^jose|[\\/]deferred)$/ }, ({ kind, path }) =>
        kind === 'entry-point' ? undefined : { path: `./${path.split('/').pop()}.js`, external: true },
      );
    },
  };
}

/** The generated modules that a bundle requires. */
export function requiredModules({ outputs }: Metafile, modules: GeneratedModules): [file: string, contents: string][] {
  const required = new Set(Object.values(outputs).flatMap(({ imports }) => imports.map(({ path }) => path)));
  return Object.entries(modules).filter(([file]) => required.has(`./${file}`));
}
