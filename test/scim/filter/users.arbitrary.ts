import fc from 'fast-check';
import type { CompareOperator, CompareValue, Filter } from '../../../lambda/scim/filter/ast';
import type { JsonObject } from '../../../lambda/scim/json';
import { trees, valuePathsOn } from './arbitraries';
import { emailFacts, type Fact, type User, userFacts } from './oracle';

// Few and alike, so that filters match often: letter case, composed and decomposed, one the beginning of another.
const texts = fc.constantFrom('a', 'A', 'ab', 'aB', 'b', 'é', 'e\u0301', 'É', 'ß', 'work', 'Work');
const times = fc
  .tuple(fc.integer({ min: -3, max: 3 }), fc.constantFrom(0, 60, -90))
  .map(([milliseconds, offset]) => timeText(Date.UTC(2024, 0, 1) + milliseconds, offset));

/** A user with any of its attributes present or not. */
export const users: fc.Arbitrary<User> = fc.record(
  {
    id: texts,
    userName: texts,
    lastModified: times,
    externalId: texts,
    displayName: texts,
    active: fc.boolean(),
    name: fc.record({ familyName: texts }, { requiredKeys: [] }),
    emails: fc.array(fc.record({ value: texts, type: texts, primary: fc.boolean() }, { requiredKeys: [] }), {
      maxLength: 3,
    }),
    groups: fc.array(fc.record({ value: texts }), { maxLength: 2 }),
    manager: texts,
    level: fc.integer({ min: 0, max: 3 }),
    tags: fc.array(texts, { maxLength: 2 }),
  },
  { requiredKeys: ['id', 'userName', 'lastModified'] },
);

/** The user as SCIM represents it. */
export function representation({ lastModified, manager, level, tags, ...rest }: User): JsonObject {
  const extensions = {
    'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User':
      manager === undefined ? {} : { manager: { value: manager } },
    'urn:example:Badge': { ...(level === undefined ? {} : { level }), ...(tags === undefined ? {} : { tags }) },
  };
  return { ...(rest as object), ...extensions, meta: { resourceType: 'User', lastModified } };
}

const order: readonly CompareOperator[] = ['gt', 'ge', 'lt', 'le'];
const comparisons: Readonly<
  Record<
    Fact<never>['compared'],
    { readonly operators: readonly CompareOperator[]; readonly values: fc.Arbitrary<CompareValue> }
  >
> = {
  folded: { operators: ['eq', 'eq', 'eq', 'ne', 'co', 'sw', 'ew', ...order], values: fc.oneof(texts, fc.constant('')) },
  exact: { operators: ['eq', 'eq', 'eq', 'ne', 'co', 'sw', 'ew', ...order], values: fc.oneof(texts, fc.constant('')) },
  time: { operators: ['eq', 'ne', ...order], values: times },
  number: { operators: ['eq', 'ne', ...order], values: fc.integer({ min: 0, max: 3 }) },
  boolean: { operators: ['eq', 'ne'], values: fc.boolean() },
};

/** Filters that fit users, with and without value paths. */
export const userFilters: fc.Arbitrary<Filter> = trees(
  fc.oneof(
    { weight: 3, arbitrary: termsOf(userFacts) },
    { weight: 1, arbitrary: valuePathsOn(fc.constant('emails'), trees(termsOf(emailFacts))) },
  ),
);

function termsOf<T>(facts: Readonly<Record<string, Fact<T>>>): fc.Arbitrary<Filter> {
  return fc.constantFrom(...Object.entries(facts)).chain(([path, { compared }]): fc.Arbitrary<Filter> => {
    const { operators, values } = comparisons[compared];
    return fc.oneof(
      {
        weight: 8,
        arbitrary: fc
          .tuple(fc.constantFrom(...operators), values)
          .map(([operator, value]): Filter => ({ kind: 'compare', path, operator, value })),
      },
      {
        weight: 1,
        arbitrary: fc
          .constantFrom('eq' as const, 'ne' as const)
          .map((operator): Filter => ({ kind: 'compare', path, operator, value: null })),
      },
      { weight: 1, arbitrary: fc.constant<Filter>({ kind: 'present', path }) },
    );
  });
}

function timeText(time: number, offset: number): string {
  const local = new Date(time + offset * 60_000).toISOString().slice(0, -1);
  const clock = [Math.trunc(Math.abs(offset) / 60), Math.abs(offset) % 60].map((part) => String(part).padStart(2, '0'));
  return offset === 0 ? `${local}Z` : `${local}${offset < 0 ? '-' : '+'}${clock.join(':')}`;
}
