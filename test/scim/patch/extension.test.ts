import type { Json, JsonObject } from '../../../lambda/scim/json';
import { applyPatch } from '../../../lambda/scim/patch/apply';
import { parsePatch } from '../../../lambda/scim/patch/operations';
import type { Extension } from '../../../lambda/scim/schema/extension';
import { schemasWith } from '../../../lambda/scim/schema/schemas';
import { viewsOf } from '../../../lambda/scim/schema/view';
import badge from './badge.json';
import { frozen } from './cases';

const view = viewsOf(schemasWith([badge as Extension])).standard.User;
const present: JsonObject = {
  number: 'n1',
  level: 3,
  tags: ['red', 'blue'],
  codes: ['c1'],
  doors: [{ value: 'd1', since: '2011-05-13T04:42:34Z' }, { value: 'd2' }],
};
const resource = frozen({ userName: 'u', 'urn:example:Badge': present });

function patched(...operations: readonly Json[]): Json | undefined {
  return applyPatch(view, resource, parsePatch(view, { Operations: operations }))['urn:example:Badge'];
}

const at = (path: string) => `urn:example:Badge:${path}`;

describe('a multi-valued attribute that is not complex (RFC 7644 §3.5.2)', () => {
  test.each([
    ['add', 'tags', ['green', 'RED'], ['red', 'blue', 'green']],
    ['add', 'tags', 'green', ['red', 'blue', 'green']],
    ['add', 'tags', { value: 'green' }, ['red', 'blue', 'green']],
    ['add', 'tags', ['red'], ['red', 'blue']],
    ['replace', 'tags', ['green'], ['green']],
    ['replace', 'tags', [], undefined],
    ['remove', 'tags', undefined, undefined],
    ['remove', 'tags', ['Blue', 'none'], ['red']],
    ['remove', 'tags[value eq "red"]', undefined, ['blue']],
    ['remove', 'tags[value sw "b" or value sw "r"]', undefined, undefined],
    ['replace', 'tags[value eq "red"]', 'green', ['green', 'blue']],
    ['replace', 'tags[value eq "red"]', null, ['blue']],
    ['add', 'tags[value eq "green"]', 'green', ['red', 'blue', 'green']],
  ])('%s %s %j', (op, path, value, expected) => {
    const { tags: _, ...others } = present;
    const result = patched({ op, path: at(path), ...(value === undefined ? {} : { value }) });
    expect(result).toEqual({ ...others, ...(expected && { tags: expected }) });
  });

  test('a value of another type is refused', () => {
    expect(() => patched({ op: 'add', path: at('tags'), value: ['green', 7] })).toThrow(
      expect.objectContaining({ scimType: 'invalidValue', message: expect.stringContaining('Operations[0]') }),
    );
  });
});

describe('an immutable attribute (RFC 7644 §3.5.2)', () => {
  const immutable = expect.objectContaining({ scimType: 'mutability', message: expect.stringContaining('immutable') });

  test.each([
    { op: 'replace', path: at('number'), value: 'n2' },
    { op: 'add', path: at('number'), value: 'n2' },
    { op: 'remove', path: at('number') },
    { op: 'add', value: { 'urn:example:Badge': { number: 'n2' } } },
    { op: 'add', path: at('codes'), value: ['c2'] },
    { op: 'remove', path: at('codes[value eq "c1"]') },
    { op: 'replace', path: at('doors[value eq "d1"].value'), value: 'd3' },
    { op: 'replace', path: at('doors[value eq "d1"]'), value: { value: 'd3' } },
  ])('refuses %j', (operation) => {
    expect(() => patched(operation)).toThrow(immutable);
  });

  test.each([
    { op: 'replace', path: at('number'), value: 'n1' },
    { op: 'add', path: at('codes'), value: ['C1'] },
    { op: 'replace', path: at('doors[value eq "d1"].value'), value: 'd1' },
  ])('takes its present value: %j', (operation) => {
    expect(patched(operation)).toBe(present);
  });

  test('takes a value where there is none', () => {
    const bare = { userName: 'u', 'urn:example:Badge': { level: 3 } };
    const operations = parsePatch(view, {
      Operations: [
        { op: 'add', path: at('number'), value: 'n1' },
        { op: 'add', path: at('codes'), value: ['c1'] },
      ],
    });
    expect(applyPatch(view, bare, operations)).toEqual({
      userName: 'u',
      'urn:example:Badge': { level: 3, number: 'n1', codes: ['c1'] },
    });
  });

  test('may go with the value that it is part of', () => {
    expect(patched({ op: 'remove', path: at('doors[value eq "d1"]') })).toEqual({
      ...present,
      doors: [{ value: 'd2' }],
    });
  });
});

test('RFC 7644 §3.5.2.2: an attribute that an extension requires cannot be removed', () => {
  expect(() => patched({ op: 'remove', path: at('level') })).toThrow(
    expect.objectContaining({ scimType: 'mutability', message: expect.stringContaining('level') }),
  );
});

test('an integer is not a string', () => {
  expect(() => patched({ op: 'replace', path: at('level'), value: '4' })).toThrow(
    expect.objectContaining({ scimType: 'invalidValue', message: expect.stringContaining('a number') }),
  );
  expect(patched({ op: 'replace', path: at('level'), value: 4 })).toEqual({ ...present, level: 4 });
});

test('RFC 7643 §2.3.5: values that name the same instant are equal', () => {
  const value = [{ value: 'd1', since: '2011-05-13T06:42:34.000+02:00' }];
  expect(patched({ op: 'add', path: at('doors'), value })).toBe(present);
  expect(patched({ op: 'remove', path: at('doors'), value })).toEqual({ ...present, doors: [{ value: 'd2' }] });
});
