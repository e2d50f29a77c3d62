import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { scripts } from '../../package.json';

const root = join(__dirname, '../..');
const text = readFileSync(join(root, 'docs/security-questionnaire.md'), 'utf8');
const rows = text.split('\n').filter((line) => line.startsWith('| ') && !/^\| (?:question|---)/.test(line));
const cells = rows.map((row) => row.split('|').map((cell) => cell.trim()));
/** What stands in backquotes and is a path of the repository. */
const paths = [...text.matchAll(/`((?:[\w.-]+\/)+[\w.-]*|[\w-]+\.json)`/g)].map(([, path = '']) => path);
/** Written by a build. */
const built = ['dist/licences.txt'];

test('every answer of the security questionnaire names where it can be checked, but the one of a test that never was', () => {
  const unchecked = cells.filter(([, , , where]) => !where).map(([, question]) => question);
  expect(cells.length).toBeGreaterThan(20);
  expect(unchecked).toEqual(['Was there a penetration test by somebody else?']);
});

test('every place that it names exists', () => {
  expect(paths.length).toBeGreaterThan(20);
  const missing = paths.filter((path) => {
    if (built.includes(path)) return false;
    if (!existsSync(join(root, path))) return true;
    return path.endsWith('/') !== statSync(join(root, path)).isDirectory();
  });
  expect(missing).toEqual([]);
});

test('every script that it names exists', () => {
  const named = [...text.matchAll(/npm run ([\w:-]+)/g)].map(([, name = '']) => name);
  expect(named.filter((name) => !Object.hasOwn(scripts, name))).toEqual([]);
});

test('every setting that it names is one of deploy.md', () => {
  const settings = readFileSync(join(root, 'docs/deploy.md'), 'utf8');
  const named = [...text.matchAll(/`([a-z]+[A-Z]\w+)`/g)].map(([, name = '']) => name);
  expect(named).toContain('logRetentionDays');
  expect(named.filter((name) => !settings.includes(`| \`${name}\` |`))).toEqual([]);
});
