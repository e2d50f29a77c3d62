import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'esbuild';

/** Modules of the SDK that are useless in a function, and their replacements (docs/decisions/cold-start.md). */
const standIns = [
  { module: /credential-provider-node[\\/]dist-es[\\/]index\.js$/, standIn: 'lambda-credentials' },
  { module: /node-config-provider[\\/]configLoader\.js$/, standIn: 'lambda-configuration' },
  { module: /submodules[\\/]event-streams[\\/]index\.js$/, standIn: 'lambda-event-streams' },
  { module: /protocols[\\/]json[\\/]AwsJsonRpcProtocol\.js$/, standIn: 'lambda-json-protocol' },
  { module: /endpoint-cache[\\/]dist-es[\\/]EndpointCache\.js$/, standIn: 'lambda-left-out' },
  { module: /signature-v4[\\/]dist-es[\\/]HeaderFormatter\.js$/, standIn: 'lambda-left-out' },
  { module: /checksum[\\/]sha256[\\/]Sha256Js\.js$/, standIn: 'lambda-left-out' },
  { module: /codec-v2[\\/]DynamoDBJsonCodec2\.js$/, standIn: 'lambda-left-out' },
  { module: /util-dynamodb[\\/]dist-es[\\/]convertToAttr\.js$/, standIn: 'lambda-left-out' },
  { module: /util-dynamodb[\\/]dist-es[\\/]convertToNative\.js$/, standIn: 'lambda-left-out' },
] as const;

/** Of its package.json, a client needs the version. */
const packageFile = /@aws-sdk[\\/]client-[\w-]+[\\/]package\.json$/;

/** Uses the replacements in a function's bundle, and notes in `replaced` which modules it had. */
export function lambdaSdk(replaced: Set<RegExp>): Plugin {
  return {
    name: 'lambda-sdk',
    setup({ onLoad }) {
      for (const { module, standIn } of standIns) {
        onLoad({ filter: module }, () => {
          replaced.add(module);
          return { contents: `export * from ${JSON.stringify(join(__dirname, standIn))};`, resolveDir: __dirname };
        });
      }
      onLoad({ filter: packageFile }, ({ path }) => {
        const { version } = JSON.parse(readFileSync(path, 'utf8')) as { version: string };
        return { contents: JSON.stringify({ version }), loader: 'json' };
      });
    },
  };
}

/** @throws Error if no function had one of the modules: the SDK has moved it */
export function checkReplaced(replaced: ReadonlySet<RegExp>): void {
  for (const { module, standIn } of standIns) {
    if (replaced.has(module)) continue;
    throw new Error(
      `The SDK no longer has ${module}, which ${standIn}.ts replaces: adapt it to this release of the SDK.`,
    );
  }
}
