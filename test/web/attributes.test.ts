import { showAttributes } from '../../web/console/directory/attributes';

test('attributes are shown by their paths, several values in one row, extensions without their URN', () => {
  const shown = showAttributes({
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
    id: '1',
    userName: 'anna@example.com',
    name: { givenName: 'Anna', familyName: 'Example' },
    active: true,
    emails: [{ value: 'anna@example.com', type: 'work', primary: true }, { value: 'a@home.example' }],
    addresses: [{ streetAddress: '1 Main St', locality: 'Bern', type: 'work' }],
    roles: [{ value: 'admin', display: 'Administrator' }],
    'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': {
      department: 'R&D',
      manager: { value: '2', $ref: 'https://example.com/Users/2' },
    },
    groups: [{ value: 'g' }],
    meta: { resourceType: 'User' },
  });
  expect(shown).toEqual([
    { name: 'userName', values: ['anna@example.com'] },
    { name: 'name.givenName', values: ['Anna'] },
    { name: 'name.familyName', values: ['Example'] },
    { name: 'emails', values: ['anna@example.com (work, primary)', 'a@home.example'] },
    { name: 'addresses', values: ['1 Main St, Bern (work)'] },
    { name: 'roles', values: ['Administrator · admin'] },
    { name: 'department', values: ['R&D'] },
    { name: 'manager.value', values: ['2'] },
    { name: 'manager.$ref', values: ['https://example.com/Users/2'] },
  ]);
});
