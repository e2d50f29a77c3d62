import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Endpoint, startEndpoint } from '../../local/endpoint';

const root = join(__dirname, '../..');
const folders = [
  '.',
  '.github',
  'bench',
  'docs',
  'docs/alarms',
  'docs/decisions',
  'examples/saas-app',
  'extensions',
  'traffic',
];
const documents = folders
  .flatMap((folder) => readdirSync(join(root, folder)).map((name) => join(folder, name)))
  .filter((name) => name.endsWith('.md'));

/** The shell blocks of a document under `<!-- run -->`. */
function runnable(document: string): readonly string[] {
  const text = readFileSync(join(root, document), 'utf8');
  return [...text.matchAll(/<!-- run -->\n```sh\n([\s\S]*?)```/g)].map(([, block]) => block ?? '');
}

/** All shell blocks of a document. */
function shellBlocks(document: string): readonly string[] {
  const text = readFileSync(join(root, document), 'utf8');
  return [...text.matchAll(/^ *```sh\n([\s\S]*?)^ *```/gm)].map(([, block]) => block ?? '');
}

describe('the commands in the documents', () => {
  let endpoint: Endpoint;
  let environment: NodeJS.ProcessEnv;

  beforeAll(async () => {
    endpoint = await startEndpoint({ memory: true, port: 0 });
    const { baseUrl, token } = await endpoint.createTenant({ label: 'documents' });
    environment = { ...process.env, BASE_URL: baseUrl, TOKEN: token };
  });
  afterAll(() => endpoint.close());

  const blocks = documents.flatMap((document) => runnable(document).map((block) => [document, block] as const));

  test('there are some', () => {
    expect(blocks.length).toBeGreaterThan(0);
  });

  test.each(blocks)('%s: %s', async (_, block) => {
    const { stdout } = await promisify(execFile)('bash', ['-euo', 'pipefail', '-c', block], {
      cwd: root,
      env: environment,
    });
    expect(stdout).toContain('"schemas"');
  });

  test.each(documents)('%s uses only variables that it set before', (document) => {
    const known = new Set<string>(['HOME', 'PATH', 'PWD']);
    const unknown = shellBlocks(document).flatMap((block) => {
      for (const [, name = ''] of block.matchAll(/(?:^|[\s;(])(?:for )?([A-Za-z_]\w*)(?:=| in )/g)) known.add(name);
      return [...block.matchAll(/\$\{?([A-Za-z_]\w*)/g)].flatMap(([, name = '']) => (known.has(name) ? [] : name));
    });
    expect(unknown).toEqual([]);
  });

  test.each([
    ['aws', /AWS CLI/],
    ['jq', /\[jq\]\(/],
  ])('a document that uses %s says before that it is needed', (program, named) => {
    const uses = new RegExp(`^ *(?:[^#\n]*[(|{] ?)?${program} \\S|\`${program} [a-z]`, 'm');
    const silent = documents.filter((document) => {
      const text = readFileSync(join(root, document), 'utf8');
      const first = text.search(uses);
      const paragraph = first === -1 ? 0 : text.indexOf('\n\n', first);
      return first !== -1 && !named.test(text.slice(0, paragraph));
    });
    expect(silent).toEqual([]);
  });

  test('no command that writes a file runs through npm run, whose banner would be in the file', () => {
    const wrong = documents.flatMap((document) =>
      shellBlocks(document).flatMap((block) => [...block.matchAll(/^.*npm run (?!.*--silent).*[>|].*$/gm)].map(String)),
    );
    expect(wrong).toEqual([]);
  });
});
