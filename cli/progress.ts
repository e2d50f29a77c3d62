import type { Terminal } from './terminal';

/** Milliseconds between two lines. */
const interval = 2_000;

/** Makes the function that tells the operator, from time to time, how far a long command is. */
export function progress(terminal: Pick<Terminal, 'stderr'>, clock: () => Date): (describe: () => string) => void {
  let last = clock().getTime();
  return (describe) => {
    const now = clock().getTime();
    if (now - last < interval) return;
    last = now;
    terminal.stderr.write(`${describe()} …\n`);
  };
}
