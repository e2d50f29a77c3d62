import fc from 'fast-check';
import type { Filter } from '../../../lambda/scim/filter/ast';
import { evaluate } from '../../../lambda/scim/filter/evaluate';
import { type FilterPlan, type IndexLookup, planFilter } from '../../../lambda/scim/filter/plan';
import { resolveFilter } from '../../../lambda/scim/filter/resolve';
import { indexes } from './indexes';
import { comparable, type User, userFacts, userMatches } from './oracle';
import { representation, userFilters, users } from './users.arbitrary';
import { views } from './views';

const few = fc.array(users, { minLength: 1, maxLength: 6 });

function matching(filter: Filter, among: readonly User[]): readonly User[] {
  const bound = resolveFilter(views.User, filter);
  return among.filter((user) => evaluate(bound, representation(user)));
}

test('a filter matches what the plainest reading of it matches', () => {
  fc.assert(
    fc.property(userFilters, few, (filter, among) => {
      expect(matching(filter, among)).toEqual(among.filter((user) => userMatches(filter, user)));
    }),
    { numRuns: 5000 },
  );
});

test('not (f) matches what f does not', () => {
  fc.assert(
    fc.property(userFilters, few, (filter, among) => {
      const negated = matching({ kind: 'not', term: filter }, among);
      expect(among.length - negated.length).toBe(matching(filter, among).length);
    }),
  );
});

function found(lookup: IndexLookup, user: User): boolean {
  const path = indexes.find(({ name }) => name === lookup.index)?.path ?? '';
  const fact = userFacts[path];
  if (fact === undefined) throw new Error(`no index ${lookup.index}`);
  const { compared } = fact;
  if (compared === 'time') {
    const stored = new Date(user.lastModified).toISOString();
    return lookup.operator === 'ge' ? stored >= lookup.value : stored <= lookup.value;
  }
  const keys = fact.values(user).flatMap((value) => (value === undefined ? [] : [comparable(compared, value)]));
  return lookup.operator === 'eq' && keys.includes(comparable(compared, lookup.value));
}

function candidates(plan: FilterPlan, among: readonly User[]): readonly User[] {
  return plan.kind === 'all' ? among : among.filter((user) => plan.lookups.some((lookup) => found(lookup, user)));
}

test('what a plan finds in the indexes holds every match, and not every plan examines all', () => {
  let lookups = 0;
  fc.assert(
    fc.property(userFilters, few, (filter, among) => {
      const plan = planFilter(resolveFilter(views.User, filter), indexes);
      lookups += plan.kind === 'lookup' ? 1 : 0;
      expect(candidates(plan, among)).toEqual(expect.arrayContaining([...matching(filter, among)]));
    }),
    { numRuns: 5000 },
  );
  expect(lookups).toBeGreaterThan(200);
});
