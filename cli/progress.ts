import type { Task } from '../operator/task';
import type { Session } from './command';
import type { Terminal } from './terminal';

/** Milliseconds between two progress lines. */
const interval = 2_000;

/** Returns a function that prints the progress of a long command from time to time. */
export function progress(terminal: Pick<Terminal, 'stderr'>, clock: () => Date): (describe: () => string) => void {
  let last = clock().getTime();
  return (describe) => {
    const now = clock().getTime();
    if (now - last < interval) return;
    last = now;
    terminal.stderr.write(`${describe()} …\n`);
  };
}

/** Shows how far a long operation is, and stops it when the operator interrupts the program. */
export function follow<Progress>(
  { deployment, terminal }: Session,
  describe: (progress: Progress) => string,
): Required<Task<Progress>> {
  const tell = progress(terminal, deployment.services.clock);
  return { signal: terminal.interrupted, onProgress: (reached) => tell(() => describe(reached)) };
}
