import type { Filter } from '../../../lambda/scim/filter/ast';

/** An element of `emails` as these tests make it. */
export interface Email {
  readonly value?: string | undefined;
  readonly type?: string | undefined;
  readonly primary?: boolean | undefined;
}

/** A user as these tests make it. */
export interface User {
  readonly id: string;
  readonly userName: string;
  readonly externalId?: string | undefined;
  readonly displayName?: string | undefined;
  readonly active?: boolean | undefined;
  readonly name?: { readonly familyName?: string | undefined } | undefined;
  readonly emails?: readonly Email[] | undefined;
  readonly groups?: readonly { readonly value: string }[] | undefined;
  readonly manager?: string | undefined;
  readonly level?: number | undefined;
  readonly tags?: readonly string[] | undefined;
  readonly lastModified: string;
}

type Term = Extract<Filter, { readonly kind: 'compare' | 'present' }>;

type Scalar = string | number | boolean | undefined;

/** How an attribute is read and compared, written by hand and deliberately without the schema. */
export interface Fact<T> {
  readonly values: (from: T) => readonly Scalar[];
  /** The condition for its presence, if that is not just its values. */
  readonly present?: (from: T) => readonly Scalar[];
  readonly compared: 'folded' | 'exact' | 'time' | 'number' | 'boolean';
}

export const userFacts: Readonly<Record<string, Fact<User>>> = {
  id: { values: ({ id }) => [id], compared: 'exact' },
  userName: { values: ({ userName }) => [userName], compared: 'folded' },
  externalId: { values: ({ externalId }) => [externalId], compared: 'exact' },
  displayName: { values: ({ displayName }) => [displayName], compared: 'folded' },
  active: { values: ({ active }) => [active], compared: 'boolean' },
  'name.familyName': { values: ({ name }) => [name?.familyName], compared: 'folded' },
  emails: {
    values: ({ emails }) => orAbsent(emails?.map(({ value }) => value)),
    present: ({ emails }) => (emails ?? []).flatMap(({ value, type, primary }) => [value, type, primary]),
    compared: 'folded',
  },
  'emails.value': { values: ({ emails }) => orAbsent(emails?.map(({ value }) => value)), compared: 'folded' },
  'emails.type': { values: ({ emails }) => orAbsent(emails?.map(({ type }) => type)), compared: 'folded' },
  'emails.primary': { values: ({ emails }) => orAbsent(emails?.map(({ primary }) => primary)), compared: 'boolean' },
  'groups.value': { values: ({ groups }) => orAbsent(groups?.map(({ value }) => value)), compared: 'exact' },
  'manager.value': { values: ({ manager }) => [manager], compared: 'exact' },
  level: { values: ({ level }) => [level], compared: 'number' },
  tags: { values: ({ tags }) => orAbsent(tags), compared: 'folded' },
  'meta.lastModified': { values: ({ lastModified }) => [lastModified], compared: 'time' },
};

export const emailFacts: Readonly<Record<string, Fact<Email>>> = {
  value: { values: ({ value }) => [value], compared: 'folded' },
  type: { values: ({ type }) => [type], compared: 'folded' },
  primary: { values: ({ primary }) => [primary], compared: 'boolean' },
};

/** Whether a user matches, computed in the simplest way. */
export function userMatches(filter: Filter, user: User): boolean {
  return matches(filter, user, userFacts, (element) =>
    (user.emails ?? []).some((email) => emailMatches(element, email)),
  );
}

/** The form in which a value is compared. */
export function comparable(
  compared: Fact<never>['compared'],
  value: string | number | boolean,
): string | number | boolean {
  if (typeof value !== 'string' || compared === 'exact') return value;
  return compared === 'time' ? Date.parse(value) : value.normalize('NFC').toLowerCase();
}

function emailMatches(filter: Filter, email: Email): boolean {
  return matches(filter, email, emailFacts, () => false);
}

function matches<T>(
  filter: Filter,
  from: T,
  facts: Readonly<Record<string, Fact<T>>>,
  element: (filter: Filter) => boolean,
): boolean {
  switch (filter.kind) {
    case 'valuePath':
      return element(filter.filter);
    case 'not':
      return !matches(filter.term, from, facts, element);
    case 'and':
    case 'or': {
      const matching = filter.terms.filter((term) => matches(term, from, facts, element)).length;
      return filter.kind === 'and' ? matching === filter.terms.length : matching > 0;
    }
    default:
      return termMatches(filter, from, facts);
  }
}

function termMatches<T>(filter: Term, from: T, facts: Readonly<Record<string, Fact<T>>>): boolean {
  const fact = facts[filter.path];
  if (fact === undefined) throw new Error('the tests made a filter that the oracle does not know');
  const values = fact.values(from);
  const isPresent = (fact.present?.(from) ?? values).some((value) => value !== undefined && value !== '');
  if (filter.kind === 'present') return isPresent;
  if (filter.value === null) return filter.operator === 'ne' ? isPresent : !isPresent;
  const wanted = comparable(fact.compared, filter.value);
  return values.some((value) => holds(filter.operator, value && comparable(fact.compared, value), value, wanted));
}

function holds(operator: string, a: Scalar, raw: Scalar, b: string | number | boolean): boolean {
  if (raw === undefined) return operator === 'ne';
  if (a === undefined) return false;
  switch (operator) {
    case 'eq':
      return a === b;
    case 'ne':
      return a !== b;
    case 'co':
      return String(a).indexOf(String(b)) >= 0;
    case 'sw':
      return String(a).slice(0, String(b).length) === b;
    case 'ew':
      return b === '' || String(a).slice(-String(b).length) === b;
    case 'gt':
      return a > b;
    case 'ge':
      return !(a < b);
    case 'lt':
      return a < b;
    default:
      return !(a > b);
  }
}

function orAbsent(values: readonly Scalar[] | undefined): readonly Scalar[] {
  return values === undefined || values.length === 0 ? [undefined] : values;
}
