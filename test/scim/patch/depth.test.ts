import fc from 'fast-check';
import { isObject, type Json, type JsonObject } from '../../../lambda/scim/json';
import { ScimError } from '../../../lambda/scim/message/error';
import { applyPatch } from '../../../lambda/scim/patch/apply';
import { parsePatch } from '../../../lambda/scim/patch/operations';
import { normaliseResource } from '../../../lambda/scim/resource/normalise';
import type { Extension } from '../../../lambda/scim/schema/extension';
import { schemasWith } from '../../../lambda/scim/schema/schemas';
import { viewsOf } from '../../../lambda/scim/schema/view';
import badge from './badge.json';
import { frozen } from './cases';
import cases from './depth.json';

const urn = 'urn:example:Badge';
const view = viewsOf(schemasWith([badge as Extension])).standard.User;

const profile: JsonObject = { langs: ['en', 'fr'], years: [1999], scopes: ['s'] };
const doors: readonly JsonObject[] = [
  { value: 'd1', type: 'front', primary: true, keys: ['k1', 'k2'], seals: ['s1'] },
  { value: 'd2', keys: ['k1'] },
];
const present: JsonObject = { level: 3, profile, doors };

interface Case {
  readonly op: string;
  readonly path: string;
  readonly value?: Json;
  /** How the profile differs afterwards, `null` for an attribute that was removed. */
  readonly profile?: JsonObject;
  /** How each door differs afterwards, `null` for a door that was removed. */
  readonly doors?: readonly (JsonObject | null)[];
  readonly refused?: string;
}

function patched(badgeValue: Json, operations: readonly Json[]): Json | undefined {
  const resource = frozen({ userName: 'u', [urn]: badgeValue });
  return applyPatch(view, resource, parsePatch(view, frozen({ Operations: operations })))[urn];
}

function changed(before: JsonObject, difference: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries({ ...before, ...difference }).filter(([, value]) => value !== null));
}

function expected({ profile: difference = {}, doors: differences = [{}, {}] }: Case): JsonObject {
  return {
    ...present,
    profile: changed(profile, difference),
    doors: differences.flatMap((each, index) => (each === null ? [] : [changed(doors[index] ?? {}, each)])),
  };
}

describe('the rules of PATCH hold for sub-attributes with several values (RFC 7644 §3.5.2)', () => {
  test.each(cases as readonly Case[])('$op $path $value', (each) => {
    const { op, path, value, refused } = each;
    const operation = { op, path: path === '' ? urn : `${urn}:${path}`, ...(value !== undefined && { value }) };
    if (refused === undefined) expect(patched(present, [operation])).toEqual(expected(each));
    else expect(() => patched(present, [operation])).toThrow(expect.objectContaining({ scimType: refused }));
  });

  test('a body keeps what equal values of a multi-valued attribute say, in all their lists', () => {
    const sent = [
      { value: 'd1', keys: ['k1'] },
      { value: 'd1', keys: ['k2', 'k1'], note: 'n' },
    ];
    expect(normaliseResource(view, { userName: 'u', [urn]: { doors: sent } })).toEqual({
      userName: 'u',
      [urn]: { doors: [{ value: 'd1', keys: ['k1', 'k2'], note: 'n' }] },
    });
  });
});

describe('the same operations on a list', () => {
  const texts = fc.constantFrom('a', 'A', 'b', 'c', 'straße');
  const lists = fc.uniqueArray(texts, { minLength: 1, maxLength: 4, selector: (each) => each.toLowerCase() });
  const step = fc.oneof(
    fc.record({ op: fc.constantFrom('add', 'replace', 'remove'), at: fc.constant(''), value: fc.oneof(lists, texts) }),
    fc.record({
      op: fc.constant('remove'),
      at: texts.map((text) => `[value eq "${text}"]`),
      value: fc.constant(undefined),
    }),
    fc.record({
      op: fc.constantFrom('add', 'replace'),
      at: texts.map((text) => `[value eq "${text}"]`),
      value: texts,
    }),
    fc.record({ op: fc.constant('remove'), at: fc.constant(''), value: fc.constant(undefined) }),
  );

  /** The list afterwards, or the error; `place` is its location, and `read` finds it there. */
  function outcome(
    before: Json,
    place: string,
    steps: readonly { op: string; at: string; value?: Json | undefined }[],
  ) {
    const operations = steps.map(({ op, at, value }) => ({
      op,
      path: `${urn}:${place}${at}`,
      ...(value !== undefined && { value }),
    }));
    try {
      return patched(before, operations);
    } catch (error) {
      if (error instanceof ScimError) return error.scimType;
      throw error;
    }
  }

  const memberOf = (value: Json | undefined, name: string): Json | undefined => (isObject(value) ? value[name] : value);

  test('have the same result at the top of an extension, in a complex attribute and in each value of one', () => {
    fc.assert(
      fc.property(lists, fc.array(step, { minLength: 1, maxLength: 4 }), (list, steps) => {
        const atTop = memberOf(outcome({ level: 1, tags: list }, 'tags', steps), 'tags');
        const inComplex = outcome({ level: 1, profile: { langs: list, scopes: ['s'] } }, 'profile.langs', steps);
        expect(memberOf(memberOf(inComplex, 'profile'), 'langs')).toEqual(atTop);
        const inEach = outcome({ level: 1, doors: [{ value: 'd1', keys: list }] }, 'doors.keys', steps);
        const [door] = [memberOf(inEach, 'doors')].flat() as Json[];
        expect(memberOf(door, 'keys')).toEqual(atTop);
      }),
      { numRuns: 500 },
    );
  });
});
