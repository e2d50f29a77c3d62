import { refusedCharacter } from '../../../lambda/scim/text/characters';

test.each([
  ['a line feed', 'bob\n', 'a control character (U+000A) at position 4'],
  ['a tab', 'b\tb', 'a control character (U+0009) at position 2'],
  ['a C1 control', 'b\u0085', 'a control character (U+0085) at position 2'],
  ['a line separator', 'b\u2028', 'a control character (U+2028) at position 2'],
  ['a right-to-left override', '\u202egpj', 'a character that changes the direction of text (U+202E) at position 1'],
  ['an isolate', 'a\u2066b', 'a character that changes the direction of text (U+2066) at position 2'],
])('%s is refused in every name, by its code point and position', (_, text, what) => {
  expect(refusedCharacter(text, 'visible')).toBe(`holds ${what}; remove it`);
  expect(refusedCharacter(text, 'printable')).toBe(`holds ${what}; remove it`);
});

test.each([
  ['a zero-width space', 'bob\u200b', 4],
  ['a joiner', '👩\u200d🚀', 2],
  ['a soft hyphen', 'a\u00adb', 2],
  ['a byte order mark', '\ufeffa', 1],
  ['a variation selector', '⭐\ufe0f', 2],
  ['a tag', 'ab\u{e0020}', 3],
])('%s is refused where names must be visible, and allowed in the name of a group', (_, text, position) => {
  expect(refusedCharacter(text, 'visible')).toMatch(
    /^holds a character without width \(U\+[0-9A-F]{4,5}\) at position /,
  );
  expect(refusedCharacter(text, 'visible')).toContain(`at position ${position};`);
  expect(refusedCharacter(text, 'printable')).toBeUndefined();
});

test('a name of nothing but characters without width is refused', () => {
  expect(refusedCharacter('\u200d\u200b', 'printable')).toBe('holds nothing that can be seen; send a name');
});

test.each(['anna@example.com', 'Ünïcödé', '山田 太郎', 'آنا', '😀', 'a b'])('%s is a name', (text) => {
  expect(refusedCharacter(text, 'visible')).toBeUndefined();
});
