import stringWidth from 'string-width';
import { table } from '../../cli/output';

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
