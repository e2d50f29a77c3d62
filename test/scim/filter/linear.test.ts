import { parseFilter, parsePath } from '../../../lambda/scim/filter/parse';

/** Hostile texts of about `length` characters, each the worst of its kind. */
const shapes: readonly (readonly [string, (length: number) => string])[] = [
  ['parentheses', (length) => '('.repeat(length)],
  ['brackets', (length) => 'a['.repeat(length / 2)],
  ['negations', (length) => 'not ('.repeat(length / 5)],
  ['one long name', (length) => `${'a'.repeat(length)}!`],
  ['dots', (length) => `a${'.a'.repeat(length / 2)}`],
  ['a URN of colons', (length) => `urn${':a'.repeat(length / 2)}!`],
  ['a URN of dots', (length) => `urn:a${'.a'.repeat(length / 2)}.`],
  ['hyphens', (length) => `a${'-'.repeat(length)}.`],
  ['an open string', (length) => `a eq "${'x'.repeat(length)}`],
  ['escapes', (length) => `a eq "${'\\u0041'.repeat(length / 6)}"`],
  ['escaped quotes', (length) => `a eq "${'\\"'.repeat(length / 2)}`],
  ['quotes', (length) => '" '.repeat(length / 2)],
  ['digits', (length) => `a eq ${'1'.repeat(length)}x`],
  ['a fraction', (length) => `a eq 1.${'0'.repeat(length)}e`],
  ['spaces', (length) => `a${' '.repeat(length)}`],
  ['a conjunction', (length) => 'a pr and '.repeat(length / 9)],
];

/** How many characters, keywords and forms are examined while `work` runs. */
function steps(work: () => unknown): number {
  const spies = [
    jest.spyOn(String.prototype, 'charAt'),
    jest.spyOn(String.prototype, 'charCodeAt'),
    jest.spyOn(String.prototype, 'toLowerCase'),
    jest.spyOn(String.prototype, 'slice'),
    jest.spyOn(RegExp.prototype, 'test'),
  ];
  try {
    work();
  } catch {
    // Most of these are refused; the test measures the work until then.
  }
  const count = spies.reduce((sum, spy) => sum + spy.mock.calls.length, 0);
  for (const spy of spies) spy.mockRestore();
  return count;
}

describe.each([
  ['filter', parseFilter],
  ['path', parsePath],
])('reading a %s', (_, parse) => {
  test.each(shapes)('looks at each character of %s a few times at most', (__, shape) => {
    for (const length of [500, 1000, 2000, 4000]) {
      const text = shape(length).slice(0, 4096);
      expect(steps(() => parse(text))).toBeLessThanOrEqual(6 * text.length + 50);
    }
  });
});
