/** Result of a check. A `note` is a failure that matters little, or to few clients. */
export type Verdict = 'ok' | 'note' | 'failed' | 'not done';

/** A request and its response. */
export interface Exchange {
  readonly method: string;
  /** The part after the Base URL. */
  readonly path: string;
  readonly url: string;
  readonly body?: string;
  readonly status?: number;
  readonly answer?: string;
  readonly milliseconds?: number;
}

/** One check. */
export interface Check {
  readonly title: string;
  readonly name: string;
  readonly verdict: Verdict;
  /** What was wrong. */
  readonly found: readonly string[];
  /** Why it matters, and to which identity provider. */
  readonly matters: string;
  /** What to do about it. */
  readonly cure: string;
  readonly exchange?: Exchange;
}
