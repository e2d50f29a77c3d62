import { describeMistake } from '../operator/mistake';

/** The options that choose a region, and a local endpoint; what starts one. */
const hints = {
  region: ' or --region',
  local: '; for a local endpoint pass --local',
  start: ' Start a local one with "npm start".',
};

/** Describes a failure in one line: what was wrong and what to do. */
export function explain(failure: unknown): string {
  return describeMistake(failure, hints).message;
}
