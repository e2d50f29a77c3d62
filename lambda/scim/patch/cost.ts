import type { BoundFilter } from '../filter/ast';
import { isArray, type Json } from '../resource/resource';
import type { Change } from './change';

/** How many pairs of values a change compares: what 1,000 operations on long arrays could make a request cost. */
export function comparisonsOf(change: Change, present: Json | undefined): number {
  const elements = isArray(present) ? present.length : 0;
  switch (change.kind) {
    case 'assign':
      return 0;
    case 'append':
      return change.values.length * (elements + change.values.length);
    case 'withdraw':
      return change.values.length * elements;
    case 'drop':
    case 'merge':
      return elements * (change.filter ? termsOf(change.filter) : 1);
  }
}

/** How many comparisons a filter makes at most. */
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
