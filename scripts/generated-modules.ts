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

/** Leaves the generated modules out of a bundle, so that a deployment can have its own without bundling again. */
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
    },
  };
}

/** The generated modules that a bundle requires. */
export function requiredModules({ outputs }: Metafile, modules: GeneratedModules): [file: string, contents: string][] {
  const required = new Set(Object.values(outputs).flatMap(({ imports }) => imports.map(({ path }) => path)));
  return Object.entries(modules).filter(([file]) => required.has(`./${file}`));
}
