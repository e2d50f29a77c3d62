import fc from 'fast-check';
import type { JsonObject } from '../../../lambda/scim/json';
import { ScimError } from '../../../lambda/scim/message/error';
import { normaliseResource } from '../../../lambda/scim/resource/normalise';
import { validateResource } from '../../../lambda/scim/resource/validate';
import type { ResourceView } from '../../../lambda/scim/schema/view';
import { hostileBody, validResource } from './arbitraries';
import cases from './validate.json';
import { allViews, viewOf } from './views';

interface Case {
  readonly name: string;
  readonly profile?: string;
  readonly type?: string;
  readonly resource: JsonObject;
  readonly detail?: string;
}

function errorOf(view: ResourceView, resource: JsonObject, before?: JsonObject): ScimError | undefined {
  try {
    validateResource(view, resource, before);
    return undefined;
  } catch (error) {
    if (error instanceof ScimError) return error;
    throw error;
  }
}

test.each(cases as readonly Case[])('$name', ({ resource, detail, ...which }) => {
  const error = errorOf(viewOf(which), resource);
  expect(error && [error.status, error.scimType, error.detail]).toEqual(detail && [400, 'invalidValue', detail]);
});

describe.each(allViews)('$type in $profile.name', (view) => {
  test('a valid resource is valid', () => {
    fc.assert(fc.property(validResource(view), (resource) => expect(errorOf(view, resource)).toBeUndefined()));
  });

  test('whatever a body holds, it is valid or our error', () => {
    fc.assert(
      fc.property(hostileBody(view), (body) => {
        try {
          validateResource(view, normaliseResource(view, body));
        } catch (error) {
          expect(error).toBeInstanceOf(ScimError);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('limits', () => {
  const standard = viewOf({ profile: 'standard' });
  const group = viewOf({ profile: 'standard', type: 'Group' });
  const twoBytes = 'é';

  test.each([
    ['userName', standard, (text: string) => ({ userName: text }), 'userName'],
    ['externalId', standard, (text: string) => ({ userName: 'a', externalId: text }), 'externalId'],
    [
      'an email',
      standard,
      (text: string) => ({ userName: 'a', emails: [{ value: 'e' }, { value: text }] }),
      'emails[1].value',
    ],
    ["a group's displayName", group, (text: string) => ({ displayName: text }), 'displayName'],
    ["a group's externalId", group, (text: string) => ({ displayName: 'g', externalId: text }), 'externalId'],
  ] as const)('%s has at most 1,024 bytes', (_name, view, resource, path) => {
    expect(errorOf(view, resource(twoBytes.repeat(512)))).toBeUndefined();
    expect(errorOf(view, resource(`${twoBytes.repeat(512)}a`))?.detail).toBe(
      `${path} has 1025 bytes; at most 1024 are allowed.`,
    );
  });

  test.each(['a', 'é', '€', '😀'])('the bytes of %s are counted as UTF-8 has them', (character) => {
    const count = Math.floor(1024 / Buffer.byteLength(character));
    expect(errorOf(group, { displayName: character.repeat(count) })).toBeUndefined();
    expect(errorOf(group, { displayName: character.repeat(count + 1) })).toBeDefined();
  });

  test('a user has at most 50 emails', () => {
    const withEmails = (count: number) => ({ userName: 'a', emails: Array(count).fill({ value: 'e' }) });
    expect(errorOf(standard, withEmails(50))).toBeUndefined();
    expect(errorOf(standard, withEmails(51))?.detail).toBe('emails has 51 values; at most 50 are allowed.');
  });

  test('a string has at most 8 KB unless its schema says otherwise', () => {
    expect(errorOf(standard, { userName: 'a', title: twoBytes.repeat(4096) })).toBeUndefined();
    expect(errorOf(standard, { userName: 'a', title: `${twoBytes.repeat(4096)}a` })?.detail).toBe(
      'title has 8193 bytes; at most 8192 are allowed.',
    );
    const withPhoto = (count: number) => ({ userName: 'a', photos: [{ value: 'x'.repeat(count) }] });
    expect(errorOf(standard, withPhoto(65_536))).toBeUndefined();
    expect(errorOf(standard, withPhoto(65_537))?.detail).toBe(
      'photos[0].value has 65537 bytes; at most 65536 are allowed.',
    );
  });

  test('an attribute has at most 500 values unless its schema says otherwise', () => {
    const withRoles = (count: number) => ({ userName: 'a', roles: Array(count).fill({ value: 'r' }) });
    expect(errorOf(standard, withRoles(500))).toBeUndefined();
    expect(errorOf(standard, withRoles(501))?.detail).toBe('roles has 501 values; at most 500 are allowed.');
  });

  test('what is stored past a limit stays, and does not grow', () => {
    const before = { userName: 'a\n', title: 'x'.repeat(9000), roles: Array(600).fill({ value: 'r' }) };
    expect(errorOf(standard, { ...before, active: false }, before)).toBeUndefined();
    expect(errorOf(standard, { ...before, roles: before.roles.slice(1) }, before)).toBeUndefined();
    expect(errorOf(standard, { ...before, roles: [...before.roles, { value: 's' }] }, before)?.detail).toBe(
      'roles has 601 values; at most 500 are allowed.',
    );
    expect(errorOf(standard, { ...before, title: 'y'.repeat(9000) }, before)?.detail).toBe(
      'title has 9000 bytes; at most 8192 are allowed.',
    );
    expect(errorOf(standard, { ...before, userName: 'b\n' }, before)?.detail).toBe(
      'userName holds a control character (U+000A) at position 2; remove it.',
    );
  });

  test('a resource has at most 300 KB, and says how many it has', () => {
    const withRoles = (count: number) => ({ userName: 'a', roles: Array(count).fill({ value: 'x'.repeat(8000) }) });
    expect(errorOf(standard, withRoles(38))).toBeUndefined();
    expect(errorOf(standard, withRoles(39))?.detail).toMatch(
      /^The resource has 312\d\d\d bytes; at most 307200 are allowed\.$/,
    );
  });

  test('of very many problems the first twenty are reported', () => {
    const phoneNumbers = Array(100).fill({ value: 1 });
    const detail = errorOf(standard, { userName: 'a', phoneNumbers })?.detail ?? '';
    expect(detail.split('; ')).toHaveLength(21);
    expect(detail).toMatch(/; phoneNumbers\[19\]\.value must be a string, got a number; and 80 more\.$/);
  });
});
