import fc from 'fast-check';
import type { CompareOperator, CompareValue, Filter, PatchPath } from '../../../lambda/scim/filter/ast';

const operators: readonly CompareOperator[] = ['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le'];

/** Trees over some terms, as the parser makes them: no conjunction directly within a conjunction, nor `or` within `or`. */
export function trees(terms: fc.Arbitrary<Filter>): fc.Arbitrary<Filter> {
  const joined = (kind: 'and' | 'or', of: fc.Arbitrary<Filter>): fc.Arbitrary<Filter> =>
    fc
      .array(of, { minLength: 2, maxLength: 4 })
      .map((parts) => parts.flatMap((part) => (part.kind === kind ? part.terms : [part])))
      .map((parts) => ({ kind, terms: parts }));
  return fc.letrec<{ tree: Filter }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 3 },
      { weight: 3, arbitrary: terms },
      { weight: 2, arbitrary: joined('and', tie('tree')) },
      { weight: 2, arbitrary: joined('or', tie('tree')) },
      { weight: 1, arbitrary: tie('tree').map((term): Filter => ({ kind: 'not', term })) },
    ),
  })).tree;
}

/** A comparison or presence on one of these paths. */
function termsOn(paths: fc.Arbitrary<string>, values: fc.Arbitrary<CompareValue>): fc.Arbitrary<Filter> {
  return fc.oneof(
    fc.record({
      kind: fc.constant('compare' as const),
      path: paths,
      operator: fc.constantFrom(...operators),
      value: values,
    }),
    fc.record({ kind: fc.constant('present' as const), path: paths }),
  );
}

/** A value path on one of these paths. */
export function valuePathsOn(paths: fc.Arbitrary<string>, elements: fc.Arbitrary<Filter>): fc.Arbitrary<Filter> {
  return fc.record({ kind: fc.constant('valuePath' as const), path: paths, filter: elements });
}

const names = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_-]{0,8}$/).filter((name) => name.toLowerCase() !== 'not');
const urns = fc.stringMatching(/^urn:[a-z0-9]{1,6}(:[A-Za-z0-9.]{1,6}){0,3}$/);
const anyPath: fc.Arbitrary<string> = fc.oneof(
  names,
  fc.tuple(names, fc.oneof(names, fc.constant('$ref'))).map(([name, sub]) => `${name}.${sub}`),
  fc.tuple(urns, names).map(([urn, name]) => `${urn}:${name}`),
  fc.tuple(urns, names, names).map(([urn, name, sub]) => `${urn}:${name}.${sub}`),
);
const anyValue: fc.Arbitrary<CompareValue> = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.string({ unit: fc.constantFrom('"', '\\', '\n', '\u0000', ' and ', '(', ']', '😀', 'a') }),
  fc.boolean(),
  fc.constant(null),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0),
);
const anyTerm = termsOn(anyPath, anyValue);
const anyElementFilter = trees(anyTerm);

/** Any tree that a filter's text can mean, whatever the schema. */
export const anyFilter: fc.Arbitrary<Filter> = trees(fc.oneof(anyTerm, valuePathsOn(anyPath, anyElementFilter)));

/** Any path that a PATCH operation can have. */
export const anyPatchPath: fc.Arbitrary<PatchPath> = fc.oneof(
  fc.record({ path: anyPath }),
  fc.record({ path: anyPath, filter: anyElementFilter }),
  fc.record({ path: anyPath, filter: anyElementFilter, sub: names }),
);

/** Texts that come close to a filter: its pieces in any order, and anything else between them. */
export const nearlyFilters: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '(',
        ')',
        '[',
        ']',
        '"',
        '\\',
        '.',
        ':',
        ' and ',
        ' or ',
        'not ',
        ' eq ',
        ' pr',
        '"x"',
        '\\u00',
        '1e5',
      ),
      fc.constantFrom(
        'userName',
        'emails',
        'name.familyName',
        'urn:ietf:params:scim:schemas:core:2.0:User',
        '__proto__',
      ),
      fc.string({ unit: 'binary', maxLength: 3 }),
    ),
    { maxLength: 30 },
  )
  .map((pieces) => pieces.join(''));
