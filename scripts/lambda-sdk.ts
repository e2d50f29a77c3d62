import { join } from 'node:path';
import type { Plugin } from 'esbuild';

/** Modules of the SDK that look for what Lambda does not have, and what stands in their place (docs/decisions/cold-start.md). */
const standIns = [
  { module: /credential-provider-node[\\/]dist-es[\\/]index\.js$/, standIn: 'lambda-credentials' },
  { module: /node-config-provider[\\/]configLoader\.js$/, standIn: 'lambda-configuration' },
  { module: /submodules[\\/]event-streams[\\/]index\.js$/, standIn: 'lambda-event-streams' },
] as const;

/** Puts the stand-ins into a function's bundle. A release of the SDK that no longer has one of the modules is refused. */
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
            text: `The SDK has no ${module} any more, which ${standIn}.ts stands for.`,
          })),
      }));
    },
  };
}
