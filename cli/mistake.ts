import { describeMistake } from '../operator/mistake';

/** The options that choose a region, and a local endpoint. */
const hints = { region: ' or --region', local: '; for a local endpoint pass --local' };

/** Describes a failure in one line: what was wrong and what to do. */
export function explain(failure: unknown): string {
  return describeMistake(failure, hints).message;
}
