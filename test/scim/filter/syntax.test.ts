import type { Filter } from '../../../lambda/scim/filter/ast';
import { parseFilter } from '../../../lambda/scim/filter/parse';
import { printFilter } from './print';
import cases from './syntax.cases.json';
import errors from './syntax-errors.cases.json';

interface Case {
  readonly section: string;
  readonly name: string;
  readonly filter: string;
  readonly tree: Filter;
  /** How it is printed, where that differs from `filter`. */
  readonly canonical?: string;
}

function refusal(text: string): unknown {
  try {
    return parseFilter(text);
  } catch (error) {
    return error;
  }
}

describe.each(cases as readonly Case[])('$section: $name', ({ filter, tree, canonical }) => {
  test('is read', () => expect(parseFilter(filter)).toEqual(tree));

  test('is printed', () => expect(printFilter(tree)).toBe(canonical ?? filter));
});

test.each(errors)('$section: $name is refused', ({ filter, detail }) => {
  expect(refusal(filter)).toMatchObject({ name: 'ScimError', status: 400, scimType: 'invalidFilter', detail });
});

describe('limits', () => {
  const tooDeep = 'Filter is nested more than 50 levels deep.';
  const tooManyTerms = 'Filter has more than 200 comparisons, the most allowed.';
  const tooLong = 'Filter is longer than 4096 characters, the most allowed.';

  test.each([
    ['50 parentheses', `${'('.repeat(50)}a pr${')'.repeat(50)}`],
    ['50 negations', `${'not ('.repeat(50)}a pr${')'.repeat(50)}`],
    ['49 parentheses and brackets', `${'('.repeat(49)}a[b pr]${')'.repeat(49)}`],
    ['200 comparisons', Array.from({ length: 200 }, () => 'a pr').join(' and ')],
    ['4,096 characters', `a eq "${'x'.repeat(4096 - 7)}"`],
    ['parentheses beside each other', Array.from({ length: 200 }, () => '(a pr)').join(' or ')],
  ])('%s are read', (_, text) => {
    expect(parseFilter(text)).toBeDefined();
  });

  test.each([
    ['51 parentheses', `${'('.repeat(51)}a pr${')'.repeat(51)}`, tooDeep],
    ['51 negations', `${'not ('.repeat(51)}a pr${')'.repeat(51)}`, tooDeep],
    ['50 parentheses and brackets', `${'('.repeat(50)}a[b pr]${')'.repeat(50)}`, tooDeep],
    ['as many parentheses as fit', '('.repeat(4096), tooDeep],
    ['10,000 parentheses', '('.repeat(10_000), tooLong],
    ['201 comparisons', Array.from({ length: 201 }, () => 'a pr').join(' and '), tooManyTerms],
    ['201 comparisons within brackets', `a[${Array.from({ length: 201 }, () => 'b pr').join(' or ')}]`, tooManyTerms],
    ['4,097 characters', `a eq "${'x'.repeat(4097 - 7)}"`, tooLong],
  ])('%s are refused', (_, text, detail) => {
    expect(refusal(text)).toMatchObject({ name: 'ScimError', status: 400, scimType: 'invalidFilter', detail });
  });
});
