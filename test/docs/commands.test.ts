import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Endpoint, startEndpoint } from '../../local/endpoint';

const root = join(__dirname, '../..');
const folders = ['.', '.github', 'bench', 'docs', 'docs/alarms', 'docs/decisions', 'extensions', 'traffic'];
const documents = folders
  .flatMap((folder) => readdirSync(join(root, folder)).map((name) => join(folder, name)))
  .filter((name) => name.endsWith('.md'));

/** The shell blocks of a document that stand under `<!-- run -->`. */
function runnable(document: string): readonly string[] {
  const text = readFileSync(join(root, document), 'utf8');
  return [...text.matchAll(/<!-- run -->\n```sh\n([\s\S]*?)```/g)].map(([, block]) => block ?? '');
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

  test('every file that a document links to exists', () => {
    const missing = documents.flatMap((document) =>
      [...readFileSync(join(root, document), 'utf8').matchAll(/\]\((?!https?:|#)([^)#]+)/g)]
        .map(([, target]) => join(root, document, '..', target ?? ''))
        .filter((target) => !existsSync(target)),
    );
    expect(missing).toEqual([]);
  });
});
