import type { Remedy } from '../error';

/** The result of one check before a deployment. */
export interface Finding {
  readonly name: string;
  /** `problem`: a deployment would fail, or requests would; `unknown`: it could not be checked. */
  readonly verdict: 'ok' | 'note' | 'problem' | 'unknown';
  readonly found: string;
  /** What to do; absent if there is nothing to do. */
  readonly cure?: string;
  /** The operation that does it. */
  readonly remedy?: Remedy;
}
