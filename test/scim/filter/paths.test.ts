import type { PatchPath } from '../../../lambda/scim/filter/ast';
import { parsePath } from '../../../lambda/scim/filter/parse';
import cases from './paths.cases.json';
import { printPath } from './print';

interface Case {
  readonly section: string;
  readonly name: string;
  readonly path: string;
  readonly tree?: PatchPath;
  readonly canonical?: string;
  readonly detail?: string;
}

const all: readonly Case[] = cases as readonly Case[];

function outcome(text: string): unknown {
  try {
    return parsePath(text);
  } catch (error) {
    return error;
  }
}

describe.each(all.flatMap(({ tree, ...rest }) => (tree ? [{ ...rest, tree }] : [])))(
  '$section: $name',
  ({ path, tree, canonical }) => {
    test('is read', () => expect(parsePath(path)).toEqual(tree));

    test('is printed', () => expect(printPath(tree)).toBe(canonical ?? path));
  },
);

test.each(all.flatMap(({ detail, ...rest }) => (detail ? [{ ...rest, detail }] : [])))(
  '$section: $name is refused',
  ({ path, detail }) => {
    expect(outcome(path)).toMatchObject({ name: 'ScimError', status: 400, scimType: 'invalidPath', detail });
  },
);

test.each([
  ['longer than 4096 characters, the most allowed.', 'a'.repeat(4097)],
  ['nested more than 50 levels deep.', `a[${'('.repeat(50)}b pr${')'.repeat(50)}]`],
])('a path is refused that is %s', (what, text) => {
  expect(outcome(text)).toMatchObject({
    name: 'ScimError',
    status: 400,
    scimType: 'invalidPath',
    detail: `Path is ${what}`,
  });
});
