import fc from 'fast-check';
import { parseFilter, parsePath } from '../../../lambda/scim/filter/parse';
import { resolveFilter } from '../../../lambda/scim/filter/resolve';
import { ScimError } from '../../../lambda/scim/message/error';
import { anyFilter, anyPatchPath, nearlyFilters } from './arbitraries';
import { printFilter, printPath } from './print';
import { views } from './views';

function succeedsOrRefuses(work: () => unknown): boolean {
  try {
    work();
    return true;
  } catch (error) {
    return error instanceof ScimError && error.status === 400 && error.detail.length < 400;
  }
}

test('the text of any tree is read as that tree, and printed the same again', () => {
  fc.assert(
    fc.property(anyFilter, (tree) => {
      const text = printFilter(tree);
      fc.pre(text.length <= 4096);
      const read = parseFilter(text);
      expect(read).toEqual(tree);
      expect(printFilter(read)).toBe(text);
    }),
    { numRuns: 2000 },
  );
});

test('the text of any path is read as that path, and printed the same again', () => {
  fc.assert(
    fc.property(anyPatchPath, (path) => {
      const text = printPath(path);
      fc.pre(text.length <= 4096);
      const read = parsePath(text);
      expect(read).toEqual(path);
      expect(printPath(read)).toBe(text);
    }),
    { numRuns: 1000 },
  );
});

test('letter case of keywords and operators, spaces and needless parentheses change nothing', () => {
  fc.assert(
    fc.property(anyFilter, (tree) => {
      const text = printFilter(tree);
      fc.pre(text.length <= 4000);
      const respelt = ` ((${text.replaceAll(' and ', '  AND ').replaceAll(' or ', ' oR\t')})) `;
      fc.pre(!/"[^"]* (?:and|or) /.test(text));
      expect(parseFilter(respelt)).toEqual(tree);
    }),
  );
});

test.each([
  ['any text', fc.string({ unit: 'binary', maxLength: 200 })],
  ['any text with lone surrogates', fc.string({ unit: fc.nat(0xffff).map((code) => String.fromCharCode(code)) })],
  ['pieces of filters in any order', nearlyFilters],
])('%s is read or refused as a SCIM error', (_, texts) => {
  fc.assert(
    fc.property(texts, (text) => {
      expect(succeedsOrRefuses(() => resolveFilter(views.User, parseFilter(text)))).toBe(true);
      expect(succeedsOrRefuses(() => parsePath(text))).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

test('any tree is bound to a schema or refused as a SCIM error', () => {
  fc.assert(
    fc.property(anyFilter, (tree) => expect(succeedsOrRefuses(() => resolveFilter(views.User, tree))).toBe(true)),
  );
});
