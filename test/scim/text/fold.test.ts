import fc from 'fast-check';
import { fold } from '../../../lambda/scim/text/fold';
import cases from './fold.cases.json';

interface Case {
  readonly name: string;
  readonly alike?: readonly string[];
  readonly different?: readonly string[];
}

test.each(cases as readonly Case[])('$name', ({ alike = [], different = [] }) => {
  expect(new Set(alike.map(fold)).size).toBe(Math.min(alike.length, 1));
  expect(new Set(different.map(fold)).size).toBe(different.length);
});

/** Every character that has letter case, with the others that Unicode folds to the same. */
test('folds two characters alike where a regular expression without letter case matches both', () => {
  const cased = Array.from({ length: 0x110000 }, (_, code) => code)
    .filter((code) => code < 0xd800 || code > 0xdfff)
    .map((code) => String.fromCodePoint(code))
    .filter((character) => /[\p{Changes_When_Casefolded}\p{Changes_When_Casemapped}]/u.test(character))
    .filter((character) => character.normalize('NFC') === character && !/[\uff01-\uffee]|\p{M}/u.test(character));
  const all = cased.join('\n');
  const byFold = new Map<string, string[]>();
  for (const character of cased) byFold.set(fold(character), [...(byFold.get(fold(character)) ?? []), character]);
  for (const character of cased) {
    const same = all.match(new RegExp(`^${character}$`, 'gimu')) ?? [];
    const alike = byFold.get(fold(character)) ?? [];
    expect([character, ...alike].sort()).toEqual([character, ...same].sort());
  }
});

const text = fc.string({ unit: 'grapheme', maxLength: 20 });

test('composition and letter case make no difference', () => {
  fc.assert(
    fc.property(text, (value) => {
      expect(fold(value.normalize('NFD'))).toBe(fold(value));
      expect(fold(fold(value))).toBe(fold(value));
    }),
    { numRuns: 2000 },
  );
});

test('a run of combining marks is looked at in stretches of thirty, so that sorting it takes linear time', () => {
  const marks = (count: number) => `a${'\u0301\u0323'.repeat(count)}`;
  const longest = fold(marks(5000)).match(/\p{M}+?(?=\u034f|$)/gu) ?? [];
  expect(Math.max(...longest.map(({ length }) => length))).toBeLessThanOrEqual(31);
});
