import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const inFolder = (folder: string) => readdirSync(join(root, folder)).map((name) => join(folder, name));

const documents = [
  '.',
  '.github',
  'bench',
  'docs',
  'docs/alarms',
  'docs/decisions',
  'examples/saas-app',
  'extensions',
  'local',
  'traffic',
]
  .flatMap(inFolder)
  .filter((name) => name.endsWith('.md'));

/** The code and data that name pages of the documentation to their users. */
const programs = ['cli', 'deployment', 'emulator', 'lambda', 'lib', 'local', 'operator', 'verify'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((name) => /\.(?:ts|json)$/.test(name) && !name.includes('generated')),
);

const withoutCode = (text: string) => text.replace(/^ *```[\s\S]*?^ *```/gm, '');

/** The anchors of a page, as GitHub makes them of its headings. */
function anchors(page: string): readonly string[] {
  return [...withoutCode(read(page)).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}_ -]/gu, '')
      .replaceAll(' ', '-'),
  );
}

/** Whether a path of the repository exists, with the heading behind `#`. */
function leadsSomewhere(link: string): boolean {
  const [path = '', anchor] = link.split('#');
  return existsSync(join(root, path)) && (anchor === undefined || anchors(path).includes(anchor));
}

test.each(documents)('every link of %s leads to a file and a heading that exist', (document) => {
  const links = [...withoutCode(read(document)).matchAll(/\]\((?!https?:)([^)\s]+)\)/g)].map(([, link = '']) =>
    link.startsWith('#') ? `${document}${link}` : join(document, '..', link),
  );
  expect(links.filter((link) => !leadsSomewhere(link))).toEqual([]);
});

test('every page of the documentation that a program names exists, with its heading', () => {
  const named = programs.flatMap((file) =>
    [...read(file).matchAll(/(?<![\w/.-])(?:docs\/[\w/-]+|README|SECURITY)\.md(?:#[\w-]+)?/g)].map(([link]) => link),
  );
  expect(named.length).toBeGreaterThan(30);
  expect(named.filter((link) => !leadsSomewhere(link))).toEqual([]);
});
