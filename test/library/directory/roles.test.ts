import { mostLevels } from '../../../operator/roles/groups-of-user';
import { setRoleMapping } from '../../../operator/roles/tenant-mapping';
import { userBody } from '../../directory/requests';
import { accessTo } from '../../operator/directory/tenant';
import { type Opened, openLibrary } from './opened';

let library: Opened;
beforeAll(async () => {
  library = await openLibrary();
});
afterAll(() => library.close());

const mapping = {
  match: 'all' as const,
  rules: [{ displayName: 'Staff', roles: ['member'] }],
  default: ['guest'],
};

test('the roles of a user are those that the mapping of its tenant gives', async () => {
  const { tenantId, send } = await library.createTenant();
  const create = async (path: string, body: object) => String((await send('POST', path, { ...body })).body.id);
  const anna = await create('/Users', userBody('anna'));
  const ben = await create('/Users', userBody('ben'));
  await create('/Groups', { displayName: 'staff', members: [{ value: anna }] });
  const tenant = library.directory.tenant(tenantId);
  expect(await tenant.rolesOf(anna)).toEqual([]);
  await setRoleMapping(accessTo(library.open.tables), { tenantId, profile: 'identity-center' }, mapping);
  expect(await tenant.rolesOf(anna)).toEqual(['member']);
  expect(await tenant.rolesOf(ben)).toEqual(['guest']);
  expect(await tenant.rolesOf('nobody')).toEqual([]);
  await send('PUT', `/Users/${anna}`, userBody('anna', { active: false }));
  expect(await tenant.rolesOf(anna)).toEqual([]);
});

test('a tenant that does not exist is refused, and not taken for one without a mapping', async () => {
  await expect(library.directory.tenant('aaaaaaaaaaaa').rolesOf('x')).rejects.toMatchObject({ code: 'UnknownTenant' });
});

test('a user with more levels of groups in groups than are followed is refused, and gets no part of its roles', async () => {
  const { tenantId, send } = await library.createTenant('standard');
  const create = async (path: string, body: object) => String((await send('POST', path, { ...body })).body.id);
  const anna = await create('/Users', userBody('anna'));
  let member: object = { value: anna };
  for (let level = 0; level <= mostLevels; level++) {
    member = { value: await create('/Groups', { displayName: `Level ${level}`, members: [member] }), type: 'Group' };
  }
  await setRoleMapping(accessTo(library.open.tables), { tenantId, profile: 'standard' }, mapping);
  await expect(library.directory.tenant(tenantId).rolesOf(anna)).rejects.toMatchObject({
    code: 'Refused',
    message: expect.stringContaining('more than 50 levels'),
  });
});
