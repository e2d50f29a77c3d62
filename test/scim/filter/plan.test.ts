import { parseFilter } from '../../../lambda/scim/filter/parse';
import { planFilter } from '../../../lambda/scim/filter/plan';
import { resolveFilter } from '../../../lambda/scim/filter/resolve';
import { indexes } from './indexes';
import cases from './plan.cases.json';
import { views } from './views';

interface Case {
  readonly name: string;
  readonly filter: string;
  /** Index, operator and value of each look-up; absent where every resource is examined. */
  readonly lookups?: readonly (readonly [string, string, string])[];
}

test.each(cases as unknown as readonly Case[])('$name', ({ filter, lookups }) => {
  const expected = lookups
    ? { kind: 'lookup', lookups: lookups.map(([index, operator, value]) => ({ index, operator, value })) }
    : { kind: 'all' };
  expect(planFilter(resolveFilter(views.User, parseFilter(filter)), indexes)).toEqual(expected);
});

test('an attribute that only another resource type has finds nothing, without a look-up', () => {
  const filter = resolveFilter(views.Group, parseFilter('userName eq "a"'), [views.User]);
  expect(planFilter(filter, indexes)).toEqual({ kind: 'lookup', lookups: [] });
});

test('members of groups are looked up', () => {
  const filter = resolveFilter(views.Group, parseFilter('members eq "u"'));
  expect(planFilter(filter, indexes)).toEqual({
    kind: 'lookup',
    lookups: [{ index: 'members', operator: 'eq', value: 'u' }],
  });
});
