import { PassThrough } from 'node:stream';
import stringWidth from 'string-width';
import { show, table } from '../../cli/output';
import type { Terminal } from '../../cli/terminal';

test('columns stay in line, also below wide and combined characters', () => {
  const names = ['ab', '山田太郎', 'Zoe\u0301', '😀', '한국'];
  const lines = table(
    ['NAME', 'END'],
    names.map((name) => [name, '|']),
  ).split('\n');
  const ends = lines.slice(1).map((line) => stringWidth(line.slice(0, line.indexOf('|'))));
  expect(new Set(ends)).toEqual(new Set([stringWidth('山田太郎') + 2]));
  expect(lines[0]).toBe('NAME      END');
});

test('JSON has escapes for what would control the terminal, and reads as the same value', () => {
  const data = { name: '\u001b[31m \u009b31m \u202egpj \u2028 \u{e0020} Zoë 山田 😀' };
  const stdout = new PassThrough();
  show({ stdout } as unknown as Terminal, { data, text: '' }, true);
  const text = String(stdout.read());
  expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
  expect(text).toContain('Zoë 山田 😀');
  expect(JSON.parse(text)).toEqual(data);
});
