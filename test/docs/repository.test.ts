import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');

test('the index of decisions lists every page once', () => {
  const listed = [...read('docs/decisions/README.md').matchAll(/^\| \[([\w-]+)\]\(([\w-]+\.md)\) \|/gm)];
  const pages = readdirSync(join(root, 'docs/decisions')).filter((name) => name !== 'README.md');
  expect(listed.map(([, , file]) => file)).toEqual(pages.sort());
  for (const [, name, file] of listed) expect(file).toBe(`${name}.md`);
});

describe('where a change goes, in CONTRIBUTING.md', () => {
  const [, table = ''] = /## Where a change goes\n([\s\S]*?)\n## /.exec(read('CONTRIBUTING.md')) ?? [];
  const rows = table.split('\n').filter((line) => line.startsWith('| a new '));
  const folders = [...table.matchAll(/`([\w./-]+\/)`/g)].map(([, folder = '']) => folder);
  const files = [...table.matchAll(/`([\w./-]+\.\w+)`/g)].map(([, file = '']) => file);

  test.each(['PATCH rule', 'table', 'command', 'function'])('has a row for a new %s', (what) => {
    expect(rows.filter((row) => row.startsWith(`| a new ${what} |`))).toHaveLength(1);
  });

  test('names folders and files that exist', () => {
    expect(folders.length).toBeGreaterThanOrEqual(rows.length);
    expect(folders.filter((folder) => !statSync(join(root, folder), { throwIfNoEntry: false })?.isDirectory())).toEqual(
      [],
    );
    expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([]);
  });

  test('has a place for every folder of code', () => {
    const { include } = JSON.parse(read('tsconfig.json')) as { include: string[] };
    const named = [...folders, ...files].map((path) => path.split('/')[0]);
    expect(include.filter((folder) => !named.includes(folder.split('/')[0]))).toEqual([]);
  });
});

test('the hosted CI runs what .ci/run runs', () => {
  expect(read('.github/workflows/ci.yml')).toContain('- run: .ci/run\n');
});

test('the oldest Node that is supported is the one in .nvmrc', () => {
  const { engines } = JSON.parse(read('package.json')) as { engines: { node: string } };
  expect(engines.node).toMatch(new RegExp(`^>=${read('.nvmrc').trim()}\\.`));
});

describe('a place in the repository that a page names', () => {
  const folders = readdirSync(root).filter((name) => !['.venv', 'dist', 'node_modules'].includes(name));
  const docs = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' }).map((file) => join('docs', file));
  const pages = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'bench/README.md', 'extensions/README.md', ...docs];

  test.each(pages.filter((page) => page.endsWith('.md')))('exists, in %s', (page) => {
    const paths = [...read(page).matchAll(/`((?:[\w.-]+\/)+[\w.-]*)`/g)].map(([, path = '']) => path);
    const ours = paths.filter((path) => folders.includes(path.split('/')[0] ?? ''));
    expect(ours.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });
});
