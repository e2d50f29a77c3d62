import fc from 'fast-check';
import { normaliseResource } from '../../../lambda/scim/resource/normalise';
import { etag, represent } from '../../../lambda/scim/resource/represent';
import { validResource } from './arbitraries';
import { allViews, viewOf } from './views';

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const parts = {
  id: '2819c223',
  version: 3,
  created: '2026-11-24T07:12:45.123Z',
  modified: '2026-11-25T07:12:45.123Z',
  baseUrl: 'https://example.com/prod/abc/scim/v2',
};

test('a user is shown whole, in the order of the schema (RFC 7643 §3)', () => {
  const resource = {
    [enterprise]: { manager: { $ref: 'r', value: 'm' }, department: 'd' },
    emails: [{ primary: true, type: 'work', value: 'e' }],
    name: { givenName: 'g', familyName: 'f' },
    externalId: 'x',
    userName: 'a',
  };
  expect(JSON.stringify(represent(viewOf({}), { ...parts, resource, groups: ['g1'] }))).toBe(
    JSON.stringify({
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:User', enterprise],
      id: '2819c223',
      externalId: 'x',
      userName: 'a',
      name: { familyName: 'f', givenName: 'g' },
      emails: [{ value: 'e', type: 'work', primary: true }],
      groups: [{ value: 'g1', $ref: 'https://example.com/prod/abc/scim/v2/Groups/g1' }],
      [enterprise]: { department: 'd', manager: { value: 'm', $ref: 'r' } },
      meta: {
        resourceType: 'User',
        created: '2026-11-24T07:12:45.123Z',
        lastModified: '2026-11-25T07:12:45.123Z',
        location: 'https://example.com/prod/abc/scim/v2/Users/2819c223',
        version: 'W/"3"',
      },
    }),
  );
});

test('members are shown by value, and by type only when they are groups', () => {
  const view = viewOf({ profile: 'standard', type: 'Group' });
  const members = [{ value: 'u' }, { value: 'v', type: 'User' as const }, { value: 'g', type: 'Group' as const }];
  expect(represent(view, { ...parts, resource: { displayName: 'n' }, members })).toMatchObject({
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
    members: [{ value: 'u' }, { value: 'v' }, { value: 'g', type: 'Group' }],
    meta: { resourceType: 'Group', location: 'https://example.com/prod/abc/scim/v2/Groups/2819c223' },
  });
});

test('memberships that were not read are not shown; none at all are an empty list', () => {
  const view = viewOf({ type: 'Group' });
  expect(represent(view, { ...parts, resource: { displayName: 'n' } })).not.toHaveProperty('members');
  expect(represent(view, { ...parts, resource: { displayName: 'n' }, members: [] })).toHaveProperty('members', []);
});

test('an extension without data is not named in schemas', () => {
  const shown = represent(viewOf({}), { ...parts, resource: { userName: 'a', [enterprise]: {} } });
  expect(shown.schemas).toEqual(['urn:ietf:params:scim:schemas:core:2.0:User']);
  expect(shown).not.toHaveProperty([enterprise]);
});

test('stored data that the schema does not know is not shown', () => {
  const resource = { userName: 'a', 'urn:example:gone': { a: 1 }, id: 'other', meta: { version: 'old' } };
  const shown = represent(viewOf({}), { ...parts, resource });
  expect(Object.keys(shown)).toEqual(['schemas', 'id', 'userName', 'meta']);
  expect(shown).toMatchObject({ id: '2819c223', meta: { version: 'W/"3"' } });
});

test('a version is a weak entity tag', () => expect(etag(12)).toBe('W/"12"'));

describe.each(allViews)('$type in $profile.name', (view) => {
  test('what a GET shows can be sent back and is the same resource', () => {
    fc.assert(
      fc.property(validResource(view), (resource) => {
        const shown = represent(view, { ...parts, resource, groups: ['g'] });
        expect(normaliseResource(view, JSON.parse(JSON.stringify(shown)))).toEqual(resource);
      }),
    );
  });
});
