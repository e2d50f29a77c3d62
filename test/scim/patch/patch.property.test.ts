import fc from 'fast-check';
import { isObject, type Json } from '../../../lambda/scim/json';
import { ScimError } from '../../../lambda/scim/message/error';
import { applyPatch } from '../../../lambda/scim/patch/apply';
import { parsePatch } from '../../../lambda/scim/patch/operations';
import { normaliseResource } from '../../../lambda/scim/resource/normalise';
import type { Resource } from '../../../lambda/scim/resource/resource';
import { validateResource } from '../../../lambda/scim/resource/validate';
import type { ResourceView } from '../../../lambda/scim/schema/view';
import { allViews } from '../resource/views';
import { lastingOperation, messages, storedResource } from './arbitraries';
import { frozen } from './cases';

/** The patched resource; undefined when the request is refused with a ScimError. */
function patched(view: ResourceView, resource: Resource, body: Json): Resource | undefined {
  try {
    return applyPatch(view, frozen(resource), frozen(parsePatch(view, frozen(body))));
  } catch (error) {
    if (error instanceof ScimError && error.status < 500) return undefined;
    throw error;
  }
}

function isValid(view: ResourceView, resource: Resource): boolean {
  try {
    validateResource(view, resource);
    return true;
  } catch (error) {
    if (error instanceof ScimError) return false;
    throw error;
  }
}

const views = allViews.map((view) => [`${view.type} of ${view.profile.name}`, view] as const);

describe.each(views)('%s', (_, view) => {
  test('any message is refused with a ScimError or gives a resource in normal form, and leaves its input as it was', () => {
    const pristine = Object.getOwnPropertyNames(Object.prototype).length;
    fc.assert(
      fc.property(storedResource(view), messages(view), (resource, body) => {
        const before = JSON.stringify(resource);
        const result = patched(view, resource, body);
        expect(JSON.stringify(resource)).toBe(before);
        if (result !== undefined && isValid(view, result)) {
          expect(normaliseResource(view, result)).toEqual(result);
        }
      }),
      { numRuns: 400 },
    );
    expect(Object.getOwnPropertyNames(Object.prototype)).toHaveLength(pristine);
  });

  test('most messages are not refused', () => {
    const outcomes = fc
      .sample(fc.tuple(storedResource(view), lastingOperation(view)), { numRuns: 300, seed: 7 })
      .map(([resource, operation]) => patched(view, resource, { Operations: [operation] }));
    expect(outcomes.filter((outcome) => outcome !== undefined).length).toBeGreaterThan(60);
  });

  test('a body that is not an object is refused', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (body) => {
        fc.pre(!isObject(body as Json));
        expect(patched(view, {}, body as Json)).toBeUndefined();
      }),
    );
  });

  test('an operation has the same result when it is sent again, and then changes nothing', () => {
    fc.assert(
      fc.property(storedResource(view), lastingOperation(view), (resource, operation) => {
        const body = { Operations: [operation] };
        const once = patched(view, resource, body);
        fc.pre(once !== undefined);
        expect(patched(view, once as Resource, body)).toBe(once);
      }),
      { numRuns: 400 },
    );
  });

  test('at most one value of an attribute is primary afterwards', () => {
    fc.assert(
      fc.property(storedResource(view), messages(view), (resource, body) => {
        const result = patched(view, resource, body) ?? {};
        for (const value of Object.values(result)) {
          const primaries = Array.isArray(value) ? value.filter((element) => element.primary === true) : [];
          expect(primaries.length).toBeLessThan(2);
        }
      }),
    );
  });
});
