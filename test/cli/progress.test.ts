import { PassThrough } from 'node:stream';
import { describeProgress } from '../../cli/import';
import { endProgress, progress } from '../../cli/progress';

function tellEvery(milliseconds: number, columns?: number): string {
  let now = 0;
  const terminal = { stderr: new PassThrough(), ...(columns === undefined ? {} : { columns }) };
  const tell = progress(terminal, () => new Date(now));
  for (; now <= 5_000; now += milliseconds) tell(() => `At ${now}`);
  endProgress(terminal);
  return terminal.stderr.read().toString();
}

test('a long command prints its progress every two seconds', () => {
  expect(tellEvery(500)).toBe('At 2000 …\nAt 4000 …\n');
});

test('on a terminal it rewrites one line, which fits, and removes it at the end', () => {
  expect(tellEvery(2500, 80)).toBe('At 2500 …\u001b[K\rAt 5000 …\u001b[K\r\u001b[K');
  expect(tellEvery(5000, 6)).toBe('At 50\u001b[K\r\u001b[K');
});

test('an import shows percent of a file, and lines of a pipe', () => {
  const totals = { added: 40, same: 2, leftOut: 1, reduced: 0, whole: false };
  const reached = { line: 44, bytes: 600, totals };
  expect(describeProgress(reached, 1000)).toBe('60 %: 40 added, 2 exist already, 1 left out');
  expect(describeProgress(reached, undefined)).toBe('Line 44: 40 added, 2 exist already, 1 left out');
});
