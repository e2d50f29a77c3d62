import { join } from 'node:path';
import { build } from 'esbuild';
import { nodeBundle } from '../../scripts/node-bundle';

const root = join(__dirname, '../..');

/** What a function of an application contains that uses one entry, without the AWS SDK, which Lambda has. */
async function bundleOf(entry: string) {
  const { outputFiles, metafile } = await build({
    ...nodeBundle,
    entryPoints: [join(root, `library/${entry}.ts`)],
    absWorkingDir: root,
    external: ['@aws-sdk/*'],
    metafile: true,
    write: false,
  });
  const [output] = Object.values(metafile.outputs);
  return {
    bytes: outputFiles[0]?.contents.length ?? 0,
    inputs: Object.keys(metafile.inputs),
    imports: output?.imports ?? [],
  };
}

/** Bytes of our own code, about a tenth more than now. */
const budgets = { directory: 63_000, events: 2_200 };

test.each(Object.entries(budgets))('a function that uses /%s only is small', async (entry, budget) => {
  const { bytes, inputs } = await bundleOf(entry);
  expect(bytes).toBeLessThan(budget);
  expect(bytes).toBeGreaterThan(budget / 2);
  expect(
    inputs.filter((file) =>
      /generated\/(?:validators|extensions)|node_modules|lambda\/scim\/schema\/(?:profiles|schemas)/.test(file),
    ),
  ).toEqual([]);
});

test('a function that reads the directory loads the clients of DynamoDB when it starts, and no other', async () => {
  const { imports } = await bundleOf('directory');
  const clients = (kind: string) =>
    imports.filter((each) => each.kind === kind && each.path.startsWith('@aws-sdk/')).map(({ path }) => path);
  expect([...new Set(clients('require-call'))].filter((path) => !path.endsWith('dynamodb'))).toEqual([]);
  // Only who names a stack asks CloudFormation.
  expect(new Set(clients('dynamic-import'))).toEqual(new Set(['@aws-sdk/client-cloudformation']));
});
