import type { Readable, Writable } from 'node:stream';

/** Input and output of a command; tests pass their own. */
export interface Terminal {
  readonly stdin: Readable;
  /** Results, for people or programs. */
  readonly stdout: Writable;
  /** Progress, questions and errors. */
  readonly stderr: Writable;
  /** Columns of standard error where it is a terminal: there, progress is rewritten in place. */
  readonly columns?: number;
  /** Whether the program can ask questions. */
  readonly interactive: boolean;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Aborted when the operator interrupts the program. */
  readonly interrupted: AbortSignal;
  ask(question: string): Promise<string>;
}
