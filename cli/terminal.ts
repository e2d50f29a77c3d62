import type { Readable, Writable } from 'node:stream';

/** Where a command speaks and listens; tests pass their own. */
export interface Terminal {
  readonly stdin: Readable;
  /** Results, for people or programs. */
  readonly stdout: Writable;
  /** Progress, questions and mistakes. */
  readonly stderr: Writable;
  /** Whether somebody is there to answer questions. */
  readonly interactive: boolean;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Aborted when the operator interrupts the program. */
  readonly interrupted: AbortSignal;
  ask(question: string): Promise<string>;
}
