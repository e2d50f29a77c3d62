import { openTenants } from 'serverless-scim/tenants';
import type { LocalScim } from 'serverless-scim/testing';
import { create, startScim } from './local-scim';

let scim: LocalScim;

beforeAll(async () => {
  scim = await startScim();
});

afterAll(() => scim.stop());

const person = (givenName: string) => ({
  userName: `${givenName}@example.com`,
  displayName: givenName,
  name: { givenName, familyName: 'Example' },
});

test('the people of a tenant are listed with the roles that their groups give them', async () => {
  const anna = await create(scim, 'Users', person('anna'));
  const ben = await create(scim, 'Users', person('ben'));
  await create(scim, 'Groups', { displayName: 'Engineering', members: [{ value: anna }] });
  await openTenants(scim).roles.set(scim.tenantId, {
    rules: [{ displayName: 'Engineering', roles: ['developer'] }],
    default: ['viewer'],
  });

  const { handler } = require('../functions/people') as typeof import('../functions/people');
  const { people, total } = await handler({ tenantId: scim.tenantId });
  expect(total).toBe(2);
  expect(people).toHaveLength(2);
  expect(people).toContainEqual(expect.objectContaining({ id: anna, active: true, roles: ['developer'] }));
  expect(people).toContainEqual(expect.objectContaining({ id: ben, active: true, roles: ['viewer'] }));
});
