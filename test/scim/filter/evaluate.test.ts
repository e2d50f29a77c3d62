import { evaluate } from '../../../lambda/scim/filter/evaluate';
import { parseFilter } from '../../../lambda/scim/filter/parse';
import { resolveFilter } from '../../../lambda/scim/filter/resolve';
import type { JsonObject } from '../../../lambda/scim/json';
import cases from './evaluate.cases.json';
import { printFilter } from './print';
import examples from './rfc7644-examples.cases.json';
import users from './users.json';
import { views } from './views';

interface Example {
  readonly section: string;
  readonly filter: string;
  readonly name?: string;
  readonly matches?: readonly string[];
  readonly detail?: string;
}

function matchesOf(text: string): readonly string[] {
  const filter = resolveFilter(views.User, parseFilter(text));
  return users.filter((user) => evaluate(filter, user as JsonObject)).map(({ userName }) => userName);
}

test.each(cases)('$section: $name', ({ filter, matches }) => {
  expect(matchesOf(filter)).toEqual(matches);
});

test.each(examples as readonly Example[])('$section, example: $filter', ({ filter, matches, detail }) => {
  if (detail !== undefined) {
    expect(() => matchesOf(filter)).toThrow(detail);
    return;
  }
  expect(matchesOf(filter)).toEqual(matches);
  expect(matchesOf(printFilter(parseFilter(filter)))).toEqual(matches);
});

test.each([
  ['level ge 3', { level: '5' }, false],
  ['level eq 5', { level: '5' }, false],
  ['level ne 5', { level: '5' }, true],
  ['code gt "1"', { code: 5 }, false],
  ['since lt "2030-01-01T00:00:00Z"', { since: 'yesterday' }, false],
  ['device.serial eq "a"', { device: 'a' }, false],
])('%s does not convert a stored value of another type: %j', (text, badge, expected) => {
  expect(evaluate(resolveFilter(views.User, parseFilter(text)), { 'urn:example:Badge': badge })).toBe(expected);
});
