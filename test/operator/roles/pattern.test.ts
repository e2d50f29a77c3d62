import fc from 'fast-check';
import { fold } from '../../../lambda/scim/text/fold';
import { patternMatcher } from '../../../operator/roles/pattern';
import cases from './pattern.cases.json';

const matches = (pattern: string, name: string) => patternMatcher(pattern)(fold(name));

test.each(cases as readonly { pattern: string; yes: readonly string[]; no: readonly string[] }[])(
  '$pattern',
  ({ pattern, yes, no }) => {
    expect(yes.filter((name) => !matches(pattern, name))).toEqual([]);
    expect(no.filter((name) => matches(pattern, name))).toEqual([]);
  },
);

/** Few characters, so that parts overlap and occur again and again. */
const letters = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 12 });
const patterns = fc.string({ unit: fc.constantFrom('a', 'b', '*'), maxLength: 8 });

test('matches what a regular expression with .* for each wildcard matches', () => {
  fc.assert(
    fc.property(patterns, letters, (pattern, name) => {
      const expression = new RegExp(`^${pattern.replaceAll('*', '.*')}$`);
      expect(matches(pattern, name)).toBe(expression.test(name));
    }),
    { numRuns: 5000 },
  );
});

const names = fc.string({ unit: 'grapheme', maxLength: 20 });

test('a pattern without a wildcard matches the names that are the same name to the endpoint', () => {
  fc.assert(
    fc.property(names, names, (pattern, name) => {
      fc.pre(!pattern.includes('*'));
      expect(matches(pattern, name)).toBe(fold(pattern) === fold(name));
      expect(matches(pattern, pattern.toUpperCase())).toBe(fold(pattern) === fold(pattern.toUpperCase()));
    }),
  );
});

test('a text of any beginning, middle and end matches the pattern that has wildcards between these', () => {
  fc.assert(
    fc.property(letters, letters, letters, letters, letters, (first, gap, middle, rest, last) => {
      expect(matches(`${first}*${middle}*${last}`, `${first}${gap}${middle}${rest}${last}`)).toBe(true);
    }),
  );
});

/** A text that counts how many of its characters are read. */
function counting(text: string) {
  const count = { reads: 0 };
  const counted = new Proxy(Object(text), {
    get(target, name) {
      if (typeof name === 'string' && /^\d+$/.test(name)) count.reads++;
      const value = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(text) : value;
    },
  });
  return { count, counted: counted as unknown as string };
}

test('reads each character of a name once, however the pattern overlaps with itself', () => {
  const name = 'ab'.repeat(500);
  for (const pattern of ['*ababababababababac*', `*${'ab'.repeat(100)}c*${'ab'.repeat(100)}*`, '*a*b*a*b*a*b*c*']) {
    const { count, counted } = counting(name);
    expect(patternMatcher(pattern)(counted)).toBe(false);
    expect(count.reads).toBeLessThanOrEqual(name.length + 1);
  }
});
