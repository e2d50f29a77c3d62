import { isArray, isObject, type Json, type JsonObject, ownValue } from '../json';
import type { Attribute } from '../schema/attribute';
import { Work } from '../work';
import type { BoundFilter, CompareOperator, ComparisonKey } from './ast';
import { comparisonKey } from './comparison';

/** Units of work to reach a value, besides those for comparing it. */
const visit = 8;

type Comparison = Extract<BoundFilter, { readonly kind: 'compare' }>;

/**
 * Whether a resource, or one element of a multi-valued attribute, matches a filter (RFC 7644 §3.4.2.2). `value` is the
 * full representation, `id` and `meta` included; an element that is no object is given as `{ value: element }`.
 *
 * A multi-valued attribute matches if any of its values does; so `emails.value ne "a"` is true when one of them differs,
 * and `not (emails.value eq "a")` says that none is "a". An attribute without a value matches `ne` and nothing else:
 * the RFC asks of `ne` that both values "are not identical", and no value is identical to none. So a single-valued
 * attribute matches either `eq` or `ne`.
 */
export function evaluate(filter: BoundFilter, value: JsonObject, work: Work = new Work()): boolean {
  switch (filter.kind) {
    case 'and':
      return filter.terms.every((term) => evaluate(term, value, work));
    case 'or':
      return filter.terms.some((term) => evaluate(term, value, work));
    case 'not':
      return !evaluate(filter.term, value, work);
    case 'present':
      return someValue(value, filter.steps, 0, work, (found) => isPresent(found, work));
    case 'compare':
      return someValue(value, filter.steps, 0, work, (found) => matches(filter, found, work));
    case 'valuePath':
      return someValue(
        value,
        filter.steps,
        0,
        work,
        (found) => found !== undefined && evaluate(filter.filter, element(found), work),
      );
  }
}

// Null, `""`, `[]`, `{}` and arrays or objects of only these count as no value (RFC 7643 §2.5).
function isPresent(value: Json | undefined, work: Work): boolean {
  work.spend(visit);
  if (isArray(value)) return value.some((each) => isPresent(each, work));
  return isObject(value)
    ? Object.values(value).some((each) => isPresent(each, work))
    : value !== undefined && value !== null && value !== '';
}

// Tests each value at the end of the steps, and `undefined` once where there is none.
function someValue(
  value: Json | undefined,
  steps: readonly Attribute[],
  at: number,
  work: Work,
  test: (value: Json | undefined) => boolean,
): boolean {
  work.spend(visit);
  if (isArray(value) && value.length > 0) return value.some((item) => someValue(item, steps, at, work, test));
  if (value === undefined || value === null || isArray(value)) return test(undefined);
  const step = steps[at];
  if (step === undefined) return test(value);
  return someValue(
    isObject(value) ? (ownValue(value, step.name) ?? step.implied) : undefined,
    steps,
    at + 1,
    work,
    test,
  );
}

function element(value: Json): JsonObject {
  return isObject(value) ? value : { value };
}

function matches({ form, key, operator }: Comparison, value: Json | undefined, work: Work): boolean {
  const found = comparisonKey(form, value, work);
  work.spend(visit + comparingWork(operator, found, key));
  return typeof found === typeof key && found !== undefined ? compare[operator](found, key) : operator === 'ne';
}

/** A substring search may compare each character with each character of the part, 32 of those at a time. */
function comparingWork(operator: CompareOperator, found: ComparisonKey | undefined, key: ComparisonKey): number {
  if (typeof found !== 'string' || typeof key !== 'string') return 0;
  const shorter = Math.min(found.length, key.length);
  return operator === 'co' && key.length <= found.length ? found.length * (1 + key.length / 32) : shorter;
}

const compare: Readonly<Record<CompareOperator, (found: ComparisonKey, key: ComparisonKey) => boolean>> = {
  eq: (found, key) => found === key,
  ne: (found, key) => found !== key,
  co: (found, key) => String(found).includes(String(key)),
  sw: (found, key) => String(found).startsWith(String(key)),
  ew: (found, key) => String(found).endsWith(String(key)),
  gt: (found, key) => found > key,
  ge: (found, key) => found >= key,
  lt: (found, key) => found < key,
  le: (found, key) => found <= key,
};
