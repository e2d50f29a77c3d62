import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import * as leftOut from '../../scripts/lambda-left-out';
import { checkReplaced, lambdaSdk } from '../../scripts/lambda-sdk';

const uses: Readonly<Record<keyof typeof leftOut, () => unknown>> = {
  EndpointCache: () => new leftOut.EndpointCache().get(),
  HeaderFormatter: () => new leftOut.HeaderFormatter().format(),
  Sha256Js: () => new leftOut.Sha256Js(),
  DynamoDBJsonCodec2: () => new leftOut.DynamoDBJsonCodec2().createSerializer(),
  convertToAttr: leftOut.convertToAttr,
  convertToNative: leftOut.convertToNative,
};

test.each(Object.entries(uses))('%s, which is left out, fails with an error that says so', (name, use) => {
  expect(use).toThrow(`${name} of the AWS SDK is not in this bundle`);
});

test('a module that the SDK has moved is an error that names it', () => {
  expect(() => checkReplaced(new Set())).toThrow(
    /^The SDK no longer has .*credential-provider-node.*lambda-credentials\.ts/,
  );
});

test('of the package file of a client, its version is left', async () => {
  const { outputFiles } = await build({
    stdin: {
      contents: "import file from '@aws-sdk/client-dynamodb/package.json'; console.log(file)",
      resolveDir: __dirname,
    },
    ...{ bundle: true, minify: true, write: false, platform: 'node', plugins: [lambdaSdk(new Set())] },
  });
  expect(outputFiles?.[0]?.text).toContain('{version:"3.');
  expect(outputFiles?.[0]?.text.length).toBeLessThan(1_000);
});

/** What `lambda/store/document-client.ts` passes on; all else needs the conversion that is left out. */
const converted = ['Get', 'Put', 'Update', 'Delete', 'Query', 'Scan', 'TransactWrite'];

test.each(['lambda', 'operator'])(
  '%s/ uses no command of the document client that needs what is left out',
  (folder) => {
    const root = resolve(__dirname, '../..', folder);
    const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
    const imported = files.flatMap((file) =>
      [...readFileSync(join(root, file), 'utf8').matchAll(/import \{([^}]*)\} from '@aws-sdk\/lib-dynamodb'/g)].flatMap(
        ([, names = '']) => [...names.matchAll(/\b(\w+)Command\b/g)].map(([, name]) => name),
      ),
    );
    expect(imported.length).toBeGreaterThan(0);
    expect(imported.filter((name) => !converted.includes(name ?? ''))).toEqual([]);
  },
);
