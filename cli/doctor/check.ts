/** What became of a check. A `note` did not hold, and matters to few or not much. */
export type Verdict = 'ok' | 'note' | 'failed' | 'not done';

/** A request as it went out, and what came back. */
export interface Exchange {
  readonly method: string;
  /** What follows the Base URL. */
  readonly path: string;
  readonly url: string;
  readonly body?: string;
  readonly status?: number;
  readonly answer?: string;
  readonly milliseconds?: number;
}

/** One thing that was looked at. */
export interface Check {
  readonly title: string;
  readonly name: string;
  readonly verdict: Verdict;
  /** What did not hold. */
  readonly found: readonly string[];
  /** Why it matters, and to which identity provider. */
  readonly matters: string;
  /** What to do about it. */
  readonly cure: string;
  readonly exchange?: Exchange;
}
