import { randomUUID } from 'node:crypto';
import { userBody } from '../../directory/requests';
import { type Opened, openLibrary } from './opened';

let library: Opened;
beforeAll(async () => {
  library = await openLibrary();
});
afterAll(() => library.close());

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

/** A tenant with Anna, Ben who is disabled, and the group Staff with both. */
async function staff(profile: 'identity-center' | 'standard' = 'identity-center') {
  const { tenantId, send } = await library.createTenant(profile);
  const create = async (path: string, body: object) => String((await send('POST', path, { ...body })).body.id);
  const anna = await create('/Users', userBody('Anna', { [enterprise]: { department: 'Sales' } }));
  const ben = await create('/Users', userBody('ben', { active: false }));
  const group = await create('/Groups', {
    displayName: 'Staff',
    externalId: 'ext-staff',
    members: [anna, ben].map((value) => ({ value })),
  });
  const tenant = library.directory.tenant<{ 'urn:example:badge': { badge: string } }>(tenantId);
  return { tenantId, send, create, tenant, anna, ben, group };
}

test('a user is found by its id, its userName, its externalId and an email, with the attributes that were sent', async () => {
  const { tenant, anna, ben } = await staff();
  const user = await tenant.users.get(anna);
  expect(user).toEqual({
    id: anna,
    version: 1,
    created: expect.stringMatching(/^\d{4}-.*Z$/),
    modified: user?.created,
    userName: 'Anna@example.com',
    displayName: 'Anna',
    name: { givenName: 'Anna', familyName: 'Example' },
    emails: [{ value: 'Anna@example.com', type: 'work', primary: true }],
    externalId: 'ext-Anna',
    active: true,
    [enterprise]: { department: 'Sales' },
  });
  expect(user?.[enterprise]?.department).toBe('Sales');
  expect(user?.['urn:example:badge']?.badge).toBeUndefined();
  expect(await tenant.users.byUserName('anna@EXAMPLE.com')).toEqual(user);
  expect(await tenant.users.byExternalId('ext-Anna')).toEqual(user);
  expect(await tenant.users.byExternalId('EXT-Anna')).toBeUndefined();
  expect(await tenant.users.byEmail('anna@Example.com')).toEqual(user);
  expect(await tenant.users.get(ben)).toMatchObject({ active: false });
});

test('a group is found by its id and its name, and its members have their types', async () => {
  const { tenant, create, anna, ben, group } = await staff('standard');
  const found = await tenant.groups.get(group);
  expect(found).toMatchObject({ id: group, displayName: 'Staff', externalId: 'ext-staff', version: 1 });
  expect(found).not.toHaveProperty('members');
  expect(await tenant.groups.byDisplayName('STAFF')).toEqual(found);
  const users = [anna, ben].sort().map((id) => ({ id, type: 'User' }));
  expect(await tenant.groups.members(group)).toEqual(users);
  const outer = await create('/Groups', { displayName: 'Outer', members: [{ value: group, type: 'Group' }] });
  expect(await tenant.groups.members(outer)).toEqual([{ id: group, type: 'Group' }]);
});

test('what is not there is undefined, whatever form its id has', async () => {
  const { tenant, group } = await staff();
  for (const id of [randomUUID(), '', '../x', 'x#USER', '\u0000', '__proto__']) {
    expect(await tenant.users.get(id)).toBeUndefined();
    expect(await tenant.groups.get(id)).toBeUndefined();
    expect(await tenant.groups.members(id)).toBeUndefined();
    expect(await tenant.groupsOf(id)).toBeUndefined();
    expect(await tenant.groupsOf(id, { transitive: true })).toBeUndefined();
    expect(await tenant.isMember(group, id)).toBe(false);
    expect(await tenant.isMember(id, id, { transitive: true })).toBe(false);
    expect(await tenant.users.byUserName(id)).toBeUndefined();
    expect(await tenant.users.byExternalId(id)).toBeUndefined();
    expect(await tenant.users.byEmail(id)).toBeUndefined();
    expect(await tenant.groups.byDisplayName(id)).toBeUndefined();
  }
  // A group is no user, and has no groups as one.
  expect(await tenant.users.get(group)).toBeUndefined();
  expect(await tenant.groupsOf(group)).toBeUndefined();
});

test('users and groups are listed page by page, each once, with their number', async () => {
  const { tenant, create } = await staff();
  for (let at = 0; at < 5; at++) await create('/Users', userBody(`user${at}`));
  const ids: string[] = [];
  let after: string | undefined;
  do {
    const page = await tenant.users.list({ after, count: 3 });
    expect(page.total).toBe(7);
    ids.push(...page.items.map(({ id }) => id));
    after = page.next;
  } while (after !== undefined);
  expect(new Set(ids).size).toBe(7);
  expect(ids).toEqual([...ids].sort());
  expect(await tenant.groups.list()).toEqual({ items: [expect.objectContaining({ displayName: 'Staff' })], total: 1 });
});

test('an email or an externalId that several users share names none of them', async () => {
  const { tenant, create } = await staff('standard');
  const shared = { emails: [{ value: 'all@example.com' }], externalId: 'shared' };
  const ids = [await create('/Users', userBody('x', shared)), await create('/Users', userBody('y', shared))].sort();
  const ambiguous = { code: 'Ambiguous', ids };
  await expect(tenant.users.byEmail('all@example.com')).rejects.toMatchObject(ambiguous);
  await expect(tenant.users.byExternalId('shared')).rejects.toMatchObject(ambiguous);
});

test('no call reads another tenant, not even by ids of that one', async () => {
  const one = await staff();
  const other = await staff();
  const { tenant } = one;
  expect(await tenant.users.get(other.anna)).toBeUndefined();
  expect(await tenant.groups.members(other.group)).toBeUndefined();
  expect(await tenant.groupsOf(other.anna)).toBeUndefined();
  expect(await tenant.isMember(other.group, other.anna)).toBe(false);
  expect(await tenant.isMember(one.group, other.anna, { transitive: true })).toBe(false);
  expect((await tenant.users.byUserName('anna@example.com'))?.id).toBe(one.anna);
  const ids: string[] = [];
  for await (const entry of tenant.snapshot()) if (entry.kind === 'user') ids.push(entry.user.id);
  expect(ids.sort()).toEqual([one.anna, one.ben].sort());
});

test('a deleted user is gone from its groups at once', async () => {
  const { tenant, send, anna, ben, group } = await staff();
  await send('DELETE', `/Users/${anna}`);
  expect(await tenant.users.get(anna)).toBeUndefined();
  expect(await tenant.groups.members(group)).toEqual([{ id: ben, type: 'User' }]);
  expect(await tenant.isMember(group, anna)).toBe(false);
  expect(await tenant.groupsOf(anna)).toBeUndefined();
});
