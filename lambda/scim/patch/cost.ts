import type { BoundFilter } from '../filter/ast';
import { isArray, type Json } from '../json';
import { tooLarge } from '../message/error';
import type { Change } from './change';

const comparisonLimit = 2_000_000;

/** Bounds the comparisons of a request. @throws ScimError 413 past what a function should spend its time on */
export function checkCost(comparisons: number, label: string): void {
  if (comparisons > comparisonLimit) {
    throw tooLarge(`${label} has too many values to compare with those present. Send them in smaller requests.`);
  }
}

/** How many comparisons a change of an attribute takes at most, given its present value. */
export function comparisonsOf(change: Change, present: Json | undefined): number {
  const elements = isArray(present) ? present.length : 0;
  switch (change.kind) {
    case 'assign':
      return elements;
    case 'append':
      return elements + change.values.length * (elements + change.values.length);
    case 'withdraw':
      return elements + change.values.length * elements;
    case 'drop':
    case 'merge':
      return elements * (change.filter ? termsOf(change.filter) : 1);
  }
}

/** How many comparisons it takes at most to see whether a filter selects a value. */
export function termsOf(filter: BoundFilter): number {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return filter.terms.reduce((sum, term) => sum + termsOf(term), 0);
    case 'not':
      return termsOf(filter.term);
    default:
      return 1;
  }
}
