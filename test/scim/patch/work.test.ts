import type { Json } from '../../../lambda/scim/json';
import { applyPatch } from '../../../lambda/scim/patch/apply';
import { parsePatch } from '../../../lambda/scim/patch/operations';
import type { Resource } from '../../../lambda/scim/resource/resource';
import { resourceView } from '../../../lambda/scim/schema/view';
import { Work, workLimit } from '../../../lambda/scim/work';

const user = resourceView('standard', 'User');
const tooLarge = expect.objectContaining({ name: 'ScimError', status: 413 });

function times<T>(count: number, make: (index: number) => T): readonly T[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

/** The units that a PATCH takes; with the error, if it was refused. */
function workOf(stored: Resource, operations: readonly Json[]): { units: number; error?: unknown } {
  const work = new Work();
  try {
    const parsed = parsePatch(user, { Operations: operations }, work);
    applyPatch(user, { userName: 'u', ...stored }, parsed, work);
    return { units: work.units };
  } catch (error) {
    return { units: work.units, error };
  }
}

const terms = (count: number, operator = 'eq') => times(count, (index) => `value ${operator} "x${index}"`).join(' or ');
const withRole = (value: string): Resource => ({ roles: [{ value }] });

test('a stored string is folded once, however many operations compare it', () => {
  const stored = withRole('É'.repeat(140_000));
  const remove = (count: number) => times(count, () => ({ op: 'remove', path: `roles[${terms(190)}]` }));
  const [one, forty] = [workOf(stored, remove(1)), workOf(stored, remove(40))];
  expect(forty.error).toBeUndefined();
  // The additional work of forty operations is to read their paths and to compare.
  expect(forty.units - one.units).toBeLessThan(39 * 200 * 1000);
  expect(forty.units).toBeLessThan(workLimit / 10);
});

test('a string is folded once per request, and not cached for the next', () => {
  const stored = withRole('É'.repeat(4000));
  const operations = [{ op: 'remove', path: 'roles[value eq "x"]' }];
  expect(workOf(stored, operations).units).toBe(workOf(stored, operations).units);
});

test('work counts bytes: ten times the string is ten times the work', () => {
  const operations = times(10, () => ({ op: 'remove', path: `roles[${terms(20, 'co')}]` }));
  const [short, long] = [
    workOf(withRole('a'.repeat(4000)), operations),
    workOf(withRole('a'.repeat(40_000)), operations),
  ];
  const paths = workOf({}, operations).units;
  expect((long.units - paths) / (short.units - paths)).toBeGreaterThan(8);
});

describe('is refused when it is too much, with the name of the operation', () => {
  const long = (index: number) => ({ value: `${index}${'É'.repeat(3900)}`, type: 'work' });
  test.each<[string, Resource, readonly Json[], string]>([
    [
      '500 added phone numbers of 8 KB',
      { phoneNumbers: times(34, long) },
      [{ op: 'add', path: 'phoneNumbers', value: times(500, (index) => long(index + 34)) }],
      'Operations[0] (add phoneNumbers)',
    ],
    [
      '1,000 searches for a part that a string nearly has',
      { roles: times(30, (index) => ({ value: `${'a'.repeat(8000)}${index}` })) },
      times(1000, () => ({ op: 'remove', path: `roles[value co "${'a'.repeat(1500)}b${'a'.repeat(1500)}"]` })),
      'Operations[',
    ],
    [
      '1,000 lists of 100 values to remove from 500',
      { roles: times(500, (index) => ({ value: `r${index}` })) },
      times(1000, () => ({ op: 'remove', path: 'roles', value: times(100, (index) => ({ value: `x${index}` })) })),
      'Operations[',
    ],
  ])('%s', (_, stored, operations, label) => {
    const { error, units } = workOf(stored, operations);
    expect(error).toEqual(tooLarge);
    expect(String(error)).toContain(label);
    // A refused request is refused near the limit, not long past it.
    expect(units).toBeLessThan(workLimit * 1.1);
  });
});

test.each<[string, Resource, readonly Json[]]>([
  ['1,000 replacements', {}, times(1000, (index) => ({ op: 'replace', path: 'title', value: `${index}` }))],
  [
    '1,000 changes that select among 50 values',
    { emails: times(50, (index) => ({ value: `${index}@example.com`, type: 'work' })) },
    times(1000, (index) => ({
      op: 'replace',
      path: `emails[value eq "${index % 50}@example.com"].display`,
      value: 'd',
    })),
  ],
  [
    '500 values added one by one',
    {},
    times(500, (index) => ({ op: 'add', path: 'roles', value: [{ value: `role-${index}`, type: 'work' }] })),
  ],
])('%s are far from the limit', (_, stored, operations) => {
  const { error, units } = workOf(stored, operations);
  expect(error).toBeUndefined();
  expect(units).toBeLessThan(workLimit / 2);
});
