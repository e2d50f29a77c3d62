import { join } from 'node:path';
import type { Plugin } from 'esbuild';

/** Modules of the SDK that are useless in Lambda, and their replacements (docs/decisions/cold-start.md). */
const standIns = [
  { module: /credential-provider-node[\\/]dist-es[\\/]index\.js$/, standIn: 'lambda-credentials' },
  { module: /node-config-provider[\\/]configLoader\.js$/, standIn: 'lambda-configuration' },
  { module: /submodules[\\/]event-streams[\\/]index\.js$/, standIn: 'lambda-event-streams' },
] as const;

/** Uses the replacements in a function's bundle. Fails if the SDK no longer has one of the modules. */
export function lambdaSdk(): Plugin {
  return {
    name: 'lambda-sdk',
    setup({ onLoad, onEnd }) {
      const used = new Set<string>();
      for (const { module, standIn } of standIns) {
        onLoad({ filter: module }, () => {
          used.add(standIn);
          return { contents: `export * from ${JSON.stringify(join(__dirname, standIn))};`, resolveDir: __dirname };
        });
      }
      onEnd(() => ({
        errors: standIns
          .filter(({ standIn }) => !used.has(standIn))
          .map(({ module, standIn }) => ({
            text: `The SDK no longer has ${module}, which ${standIn}.ts replaces: adapt it to this release of the SDK.`,
          })),
      }));
    },
  };
}
