import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSettings } from '../../lib/settings';

const page = readFileSync(join(__dirname, '../../docs/deploy.md'), 'utf8');

/** The names that the refusal of an unknown setting lists. */
function settingNames(): string[] {
  try {
    readSettings({ unknown: '' });
  } catch (error) {
    return /There are: (.*)\.$/.exec(String(error))?.[1]?.split(', ') ?? [];
  }
  return [];
}

test('docs/deploy.md explains every setting, and none that does not exist', () => {
  const [, table = ''] = /## Settings\n([\s\S]*?)\n## /.exec(page) ?? [];
  const rows = table.split('\n').filter((line) => line.startsWith('| `'));
  const named = rows.flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`(\w+)`/g)].map(([, name]) => name));
  expect(named.sort()).toEqual(settingNames().sort());
  expect(named.length).toBeGreaterThan(20);
});
