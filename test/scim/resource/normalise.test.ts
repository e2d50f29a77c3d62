import fc from 'fast-check';
import type { Json } from '../../../lambda/scim/json';
import { ScimError } from '../../../lambda/scim/message/error';
import { normaliseResource, normaliseValue } from '../../../lambda/scim/resource/normalise';
import { hostileBody, validResource } from './arbitraries';
import cases from './normalise.json';
import { allViews, viewOf } from './views';

interface Case {
  readonly name: string;
  readonly profile?: string;
  readonly type?: string;
  readonly body: Json;
  readonly resource?: Json;
  readonly error?: readonly string[];
}

function outcome(act: () => unknown): unknown {
  try {
    return act();
  } catch (error) {
    if (error instanceof ScimError) return [error.scimType, error.detail];
    throw error;
  }
}

test.each(cases as readonly Case[])('$name', ({ body, resource, error, ...which }) => {
  const before = JSON.stringify(body);
  expect(outcome(() => normaliseResource(viewOf(which), body))).toEqual(error ?? resource);
  expect(JSON.stringify(body)).toBe(before);
});

describe.each(allViews)('$type in $profile.name', (view) => {
  test('normalising twice gives the same result', () => {
    fc.assert(
      fc.property(hostileBody(view), (body) => {
        const once = outcome(() => normaliseResource(view, body));
        if (!Array.isArray(once)) expect(normaliseResource(view, once as Json)).toEqual(once);
      }),
      { numRuns: 500 },
    );
  });

  test('a valid resource is already normal', () => {
    fc.assert(
      fc.property(validResource(view), (resource) => expect(normaliseResource(view, resource)).toEqual(resource)),
    );
  });

  test('whatever the body, the result is a plain object of known names, or our error', () => {
    fc.assert(
      fc.property(fc.oneof(hostileBody(view), fc.jsonValue() as fc.Arbitrary<Json>), (body) => {
        const result = outcome(() => normaliseResource(view, body));
        if (Array.isArray(result)) return;
        expect(Object.getPrototypeOf(result)).toBe(Object.prototype);
        for (const name of Object.keys(result as object)) {
          expect(view.attributes.get(name.toLowerCase())?.name).toBe(name);
        }
      }),
      { numRuns: 500 },
    );
  });
});

test('a body nested 50,000 deep is only processed as deep as the schema', () => {
  const deep = (open: string, close: string) => JSON.parse(open.repeat(50_000) + close.repeat(50_000));
  const view = viewOf({});
  expect(normaliseResource(view, { userName: 'a', shoes: deep('[', ']') })).toEqual({ userName: 'a' });
  expect(
    normaliseResource(view, JSON.parse(`${'{"urn:scim:schemas:core:1.0":'.repeat(5000)}{}${'}'.repeat(5000)}`)),
  ).toEqual({});
  expect(() => normaliseResource(view, { userName: deep('[', ']'), name: deep('[', ']') })).not.toThrow();
});

test('one value is normalised as within a body, and named by its path', () => {
  const emails = viewOf({}).attributes.get('emails');
  if (!emails) throw new Error('no emails');
  expect(normaliseValue(emails, 'e', 'emails')).toEqual([{ value: 'e' }]);
  expect(normaliseValue(emails, [], 'emails')).toBeUndefined();
  expect(outcome(() => normaliseValue(emails, '\0', 'emails'))).toEqual([
    'invalidValue',
    'emails[0].value holds a null byte. Remove it.',
  ]);
});
