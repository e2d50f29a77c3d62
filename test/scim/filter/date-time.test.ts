import { instantKey, parseDateTime } from '../../../lambda/scim/filter/date-time';
import cases from './date-time.cases.json';

function keyOf(text: string): string | undefined {
  const instant = parseDateTime(text);
  return instant && instantKey(instant);
}

test.each(cases.same)('RFC 7643 §2.3.5: %s and %s are the same instant', (one, other) => {
  expect(keyOf(one)).toBeDefined();
  expect(keyOf(one)).toBe(keyOf(other));
});

test('RFC 7643 §2.3.5: keys sort as instants do', () => {
  const keys = cases.ordered.map((text) => keyOf(text));
  expect(keys).not.toContain(undefined);
  expect([...new Set(keys)].sort()).toEqual(keys);
});

test.each(cases.invalid)('RFC 7643 §2.3.5: %j is not a dateTime', (text) => {
  expect(parseDateTime(text)).toBeUndefined();
});
