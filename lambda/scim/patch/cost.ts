import { tooLarge } from '../message/error';
import type { Work } from '../work';

/** What it takes to come to an element, beyond looking at its values. */
export const elementWork = 16;

/** What it takes to copy an element with another value. */
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
