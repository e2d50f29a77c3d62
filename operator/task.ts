import { OperatorError } from './error';

/** How a caller follows a long operation, and stops it. */
export interface Task<Progress> {
  /** Called after each step with how far the operation is. */
  readonly onProgress?: (progress: Progress) => void;
  /** Stops the operation after the step under way. */
  readonly signal?: AbortSignal;
}

/** Ends an operation that its caller stopped. @throws OperatorError with what was done, and what to do */
export function stopIfAborted({ signal }: Task<never>, message: string): void {
  if (signal?.aborted) throw new OperatorError(`Interrupted: ${message}`);
}
