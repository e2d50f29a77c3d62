import { tooLarge } from '../message/error';
import type { Work } from '../work';

/** Units of work to reach an element, besides those for its values. */
export const elementWork = 16;

/** Units of work to copy an element with another value. */
export const copyWork = 64;

/**
 * Does a step of an operation.
 * @throws ScimError 413 that names the operation when the step is too much work for the request
 */
export function withinWork<Result>(work: Work, label: string, step: () => Result): Result {
  const refuse = () =>
    tooLarge(`${label} has too many values to compare with those present. Send them in smaller requests.`);
  return work.within(refuse, step);
}
