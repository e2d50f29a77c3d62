import type { Terminal } from './terminal';

type Status = Pick<Terminal, 'stderr' | 'columns'>;

/** Milliseconds between two progress lines, and between two states of the line that a terminal shows. */
const intervals = { lines: 2_000, inPlace: 200 };

/** Erases from the cursor to the end of the line (ECMA-48 §8.3.41). */
const erase = '\u001b[K';

/** Returns a function that prints the progress of a long command from time to time; on a terminal it rewrites one line. */
export function progress({ stderr, columns }: Status, clock: () => Date): (describe: () => string) => void {
  const interval = columns === undefined ? intervals.lines : intervals.inPlace;
  let last = clock().getTime();
  return (describe) => {
    const now = clock().getTime();
    if (now - last < interval) return;
    last = now;
    const text = `${describe()} …`;
    // The cursor goes back, so that whatever is printed next takes the place of this.
    stderr.write(columns === undefined ? `${text}\n` : `${text.slice(0, columns - 1)}${erase}\r`);
  };
}

/** Removes the progress from a terminal, before something else is printed. */
export function endProgress({ stderr, columns }: Status): void {
  if (columns !== undefined) stderr.write(erase);
}
