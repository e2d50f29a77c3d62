import type { Task } from '../operator/task';
import type { Session } from './command';
import { progress } from './progress';

/** Shows how far a long operation is, and stops it when the operator interrupts the program. */
export function follow<Progress>(
  { deployment, terminal }: Session,
  describe: (progress: Progress) => string,
): Required<Task<Progress>> {
  const tell = progress(terminal, deployment.services.clock);
  return { signal: terminal.interrupted, onProgress: (reached) => tell(() => describe(reached)) };
}
