import type { Attribute } from '../schema/attribute';
import type { BoundFilter, CompareOperator } from './ast';
import { parseDateTime } from './date-time';

/**
 * An index that a store has: by equality on the attribute with this dotted path, such as `emails.value`; or, with
 * `range`, by order on a dateTime, such as `meta.lastModified`.
 */
export interface FilterIndex {
  readonly name: string;
  readonly path: string;
  readonly range?: boolean;
}

/**
 * What to look up. By equality `value` is the client's string, to be folded as the attribute's `caseExact` says; on a
 * range it is written like `2011-05-13T04:42:34.000Z`, which sorts as time does, and the bound belongs to the range.
 */
export interface IndexLookup {
  readonly index: string;
  readonly operator: CompareOperator;
  readonly value: string;
}

/** Where to find a filter's matches: in the union of what the lookups find (no lookups: nothing), or anywhere. */
export type FilterPlan =
  | { readonly kind: 'lookup'; readonly lookups: readonly IndexLookup[] }
  | { readonly kind: 'all' };

type Comparison = Extract<BoundFilter, { readonly kind: 'compare' }>;

/** A way to find candidates, and the place of its worst index in the store's order of preference. */
interface Access {
  readonly lookups: readonly IndexLookup[];
  readonly rank: number;
}

/** More lookups than this cost more than they save. */
const mostLookups = 20;

/**
 * Chooses indexes that find every resource the filter matches, and perhaps others: the whole filter is evaluated on
 * what they find. `indexes` are in order of preference. A conjunction uses the best index of its terms, a disjunction
 * one for each term; a negation has none.
 */
export function planFilter(filter: BoundFilter, indexes: readonly FilterIndex[]): FilterPlan {
  const access = accessTo(filter, [], indexes);
  return access === undefined ? { kind: 'all' } : { kind: 'lookup', lookups: access.lookups };
}

function accessTo(
  filter: BoundFilter,
  leading: readonly Attribute[],
  indexes: readonly FilterIndex[],
): Access | undefined {
  switch (filter.kind) {
    case 'and':
      return best(filter.terms.map((term) => accessTo(term, leading, indexes)));
    case 'or':
      return union(filter.terms.map((term) => accessTo(term, leading, indexes)));
    case 'compare':
      return direct(filter, leading, indexes);
    case 'valuePath':
      // An element that matches has these values, so its attribute has them.
      return accessTo(filter.filter, [...leading, ...filter.steps], indexes);
    default:
      return undefined;
  }
}

function best(accesses: readonly (Access | undefined)[]): Access | undefined {
  return accesses
    .filter((access) => access !== undefined)
    .reduce<Access | undefined>((found, access) => (found && found.rank <= access.rank ? found : access), undefined);
}

function union(accesses: readonly (Access | undefined)[]): Access | undefined {
  const known = accesses.filter((access) => access !== undefined);
  const lookups = known.flatMap((access) => access.lookups);
  if (known.length < accesses.length || lookups.length > mostLookups) return undefined;
  return { lookups, rank: Math.max(-1, ...known.map(({ rank }) => rank)) };
}

function direct(
  comparison: Comparison,
  leading: readonly Attribute[],
  indexes: readonly FilterIndex[],
): Access | undefined {
  const path = [...leading, ...comparison.steps].map(({ name }) => name).join('.');
  for (const [rank, index] of indexes.entries()) {
    const lookup = index.path === path ? lookupIn(index, comparison) : undefined;
    if (lookup !== undefined) return { lookups: [lookup], rank };
  }
  return undefined;
}

function lookupIn(index: FilterIndex, { operator, value }: Comparison): IndexLookup | undefined {
  if (typeof value !== 'string') return undefined;
  if (index.range) {
    const bound = rangeBound(operator, value);
    return bound && { index: index.name, ...bound };
  }
  return operator === 'eq' ? { index: index.name, operator, value } : undefined;
}

// One millisecond too many does no harm, one too few would: the client's fraction may be finer than the index.
const inclusive: ReadonlyMap<CompareOperator, CompareOperator> = new Map([
  ['gt', 'ge'],
  ['ge', 'ge'],
  ['lt', 'le'],
  ['le', 'le'],
]);

// Outside these years the text has a sign and more digits, and does not sort as time does.
const firstSortable = Date.parse('0000-01-01T00:00:00.000Z');
const lastSortable = Date.parse('9999-12-31T23:59:59.999Z');

function rangeBound(operator: CompareOperator, value: string): Omit<IndexLookup, 'index'> | undefined {
  const bound = inclusive.get(operator);
  const instant = parseDateTime(value);
  if (bound === undefined || instant === undefined) return undefined;
  const sortable = Math.min(Math.max(instant.milliseconds, firstSortable), lastSortable);
  return { operator: bound, value: new Date(sortable).toISOString() };
}
