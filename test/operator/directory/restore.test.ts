import { randomUUID } from 'node:crypto';
import { DeleteCommand, PutCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { groupType, userType } from '../../../lambda/directory/resource-types';
import { DynamoStore } from '../../../lambda/store/dynamo-store';
import { readDeleted, writeMembers } from '../../../lambda/store/memberships';
import type { Tables } from '../../../lambda/store/tables';
import { restoreDeleted } from '../../../operator/directory/restore';
import { deleteBodies, readBody } from '../../../operator/store/tombstone-bodies';
import { setLocalChanges } from '../../../operator/tenants/state';
import { patchBody, userBody } from '../../directory/requests';
import { interrupted } from '../../store/faults';
import { type OpenTables, openTables } from '../../store/open-tables';
import { recount } from '../../store/recount';
import { accessTo, newTenant } from './tenant';

const day = 24 * 3600 * 1000;

let open: OpenTables;
let acme: Awaited<ReturnType<typeof newTenant>>;
beforeAll(async () => {
  open = await openTables();
});
afterAll(() => open.close());
beforeEach(async () => {
  acme = await newTenant(open.tables);
});

const restoreUser = (id: string, tables: Tables = open.tables) =>
  restoreDeleted(accessTo(tables), acme.tenant, userType, id);
const restoreGroup = (id: string) => restoreDeleted(accessTo(open.tables), acme.tenant, groupType, id);
const bodyOf = (id: string) => readBody(open.tables, acme.tenant.tenantId, id, new Date());
const differences = async () => (await recount(open.tables, acme.tenant.tenantId, acme.tenant.profile)).differences;

/** Nothing of a restoration is there, and it can be done again. */
async function expectNothingDone(id: string): Promise<void> {
  expect((await acme.send('GET', `/Users/${id}`)).status).toBe(404);
  expect(await readDeleted(open.tables, acme.tenant.tenantId)).toEqual(new Set());
  expect((await bodyOf(id))?.kept).toBeDefined();
  expect(await differences()).toEqual([]);
}

test('a user comes back with its id, attributes, groups and time of creation, two versions later', async () => {
  const id = await acme.user('anna', { externalId: 'ext-anna', active: false });
  const staff = await acme.group('Staff', [{ value: id }]);
  const before = (await acme.send('GET', `/Users/${id}`)).body;
  await acme.gone('User', id);
  const { groups, gone } = await restoreUser(id);

  expect({ groups, gone }).toEqual({ groups: 1, gone: [] });
  const after = (await acme.send('GET', `/Users/${id}`)).body;
  expect({ ...after, meta: undefined }).toEqual({ ...before, meta: undefined });
  expect(after.meta).toMatchObject({
    created: (before.meta as { created: string }).created,
    version: 'W/"3"',
  });
  expect(await acme.membersOf(staff)).toEqual([id]);
  const found = await acme.send('GET', '/Users?filter=externalId eq "ext-anna"');
  expect(found.body.totalResults).toBe(1);
  expect(await bodyOf(id)).toBeUndefined();
  expect(await new DynamoStore(open.tables).deletions(acme.tenant.tenantId, [id], new Date())).toEqual(new Map());
  expect(await differences()).toEqual([]);
});

test('a group comes back with the members and the groups that still exist, and says which do not', async () => {
  const [anna, ben] = [await acme.user('anna'), await acme.user('ben')];
  const [inner, outer, lost] = [await acme.group('Inner'), await acme.group('Outer'), await acme.group('Lost')];
  const id = await acme.group('Staff', [{ value: anna }, { value: ben }, { value: inner, type: 'Group' }]);
  for (const parent of [outer, lost]) {
    await writeMembers(open.tables, acme.tenant.tenantId, parent, [{ value: id, type: 'Group' }], []);
  }
  await acme.gone('Group', id);
  await acme.gone('Group', lost);
  await acme.gone('User', ben);
  await deleteBodies(open.tables, acme.tenant.tenantId, [ben, lost]);
  const { groups, members, gone } = await restoreGroup(id);
  expect({ groups, members, gone: [...gone].sort() }).toEqual({ groups: 1, members: 2, gone: [ben, lost].sort() });
  expect(await acme.membersOf(id)).toEqual([anna, inner].sort());
  expect(await acme.membersOf(outer)).toEqual([id]);
  expect(await differences()).toEqual([]);
});

describe.each(['User', 'Group'] as const)('of a user and its group, a %s deleted first', (first) => {
  test.each(['User', 'Group'] as const)('and a %s restored first: both are back in their places', async (restored) => {
    const anna = await acme.user('anna');
    const staff = await acme.group('Staff', [{ value: anna }]);
    const ids = { User: anna, Group: staff };
    const restore = { User: restoreUser, Group: restoreGroup };
    const other = { User: 'Group', Group: 'User' } as const;
    await acme.gone(first, ids[first]);
    await acme.gone(other[first], ids[other[first]]);
    const { waiting } = await restore[restored](ids[restored]);
    expect(waiting).toEqual(restored === first ? [ids[other[first]]] : []);
    expect(await restore[other[restored]](ids[other[restored]])).toMatchObject({ waiting: [], gone: [] });
    expect(await acme.groupsOf(anna)).toEqual([staff]);
    expect(await acme.membersOf(staff)).toEqual([anna]);
    expect(await differences()).toEqual([]);
  });
});

test('a user of more groups than fit a transaction is back in all of them', async () => {
  const id = await acme.user('anna');
  const groups: string[] = [];
  for (let at = 0; at < 130; at++) groups.push(await acme.group(`G${at}`, [{ value: id }]));
  await acme.gone('User', id);
  expect((await restoreUser(id)).groups).toBe(130);
  expect(await acme.groupsOf(id)).toEqual(groups.sort());
});

test('a group of more members than are kept comes back without them, and says how many they were', async () => {
  const id = await acme.group('Everyone');
  const members = Array.from({ length: 1001 }, () => ({ value: randomUUID() }));
  await writeMembers(open.tables, acme.tenant.tenantId, id, members, []);
  await acme.gone('Group', id);
  expect(await restoreGroup(id)).toMatchObject({ members: 0, unknownMembers: 1001, unknownGroups: 0 });
});

describe('nothing is changed, and one line says why,', () => {
  test('if the name belongs to another user by now', async () => {
    const id = await acme.gone('User', await acme.user('anna'));
    const other = await acme.user('ANNA');
    await expect(restoreUser(id)).rejects.toThrow(`is already used by user ${other}. If that is the same one`);
    await expectNothingDone(id);
  });

  test('if another user gets the name at the same time', async () => {
    const id = await acme.user('anna');
    await acme.group('Staff', [{ value: id }]);
    await acme.gone('User', id);
    const racing = interrupted(
      open.tables,
      (command) => command instanceof TransactWriteCommand,
      async () => {
        await acme.send('POST', '/Users', userBody('anna'));
      },
    );
    await expect(restoreUser(id, racing.tables)).rejects.toThrow(/userName "anna.*" is already used by user/);
    expect(racing.happened()).toBe(true);
    await expectNothingDone(id);
  });

  test('if somebody else restores it at the same time; who was removed from a group since then stays removed', async () => {
    const id = await acme.user('anna');
    const staff = await acme.group('Staff', [{ value: id }]);
    await acme.gone('User', id);
    const second = interrupted(
      open.tables,
      (command) => command instanceof PutCommand && command.input.Item?.creating !== undefined,
      async () => {
        await restoreUser(id);
        await acme.send('PATCH', `/Groups/${staff}`, patchBody({ op: 'remove', path: `members[value eq "${id}"]` }));
      },
    );
    await expect(restoreUser(id, second.tables)).rejects.toThrow(`User ${id} is not deleted`);
    expect(second.happened()).toBe(true);
    expect(await acme.membersOf(staff)).toEqual([]);
    expect(await readDeleted(open.tables, acme.tenant.tenantId)).toEqual(new Set());
    expect(await differences()).toEqual([]);
  });

  test('if it is deleted again while somebody else restores it; what that deletion left is swept in its time', async () => {
    const id = await acme.user('anna');
    await acme.group('Staff', [{ value: id }]);
    await acme.gone('User', id);
    const second = interrupted(
      open.tables,
      (command) => command instanceof PutCommand && command.input.Item?.creating !== undefined,
      () => restoreUser(id).then(() => undefined),
    );
    const third = interrupted(
      second.tables,
      (command) => command instanceof DeleteCommand,
      () => acme.remove('User', id),
    );
    await restoreUser(id, third.tables).catch(() => undefined);
    expect([second.happened(), third.happened()]).toEqual([true, true]);
    expect(await readDeleted(open.tables, acme.tenant.tenantId)).toEqual(new Set([id]));
  });

  test('if the deletion is not swept yet', async () => {
    const id = await acme.user('anna');
    await acme.remove('User', id);
    await expect(restoreUser(id)).rejects.toThrow(/deleted less than a minute ago.*Wait a minute/);
    await acme.settle();
    await restoreUser(id);
  });

  test('if the function that keeps it has not seen the deletion yet', async () => {
    const id = await acme.user('anna');
    await acme.send('DELETE', `/Users/${id}`);
    await expect(restoreUser(id)).rejects.toThrow(/was deleted moments ago.*wait a minute/);
  });

  test('if it was not kept', async () => {
    const id = await acme.user('anna');
    await acme.send('DELETE', `/Users/${id}`);
    const later = accessTo(open.tables, () => new Date(Date.now() + 0.5 * day));
    await expect(restoreDeleted(later, acme.tenant, userType, id)).rejects.toThrow('deletedResourceRetention is 0');
  });

  test('if it is kept no longer, though DynamoDB has not deleted it yet', async () => {
    const id = await acme.gone('User', await acme.user('anna'));
    const later = accessTo(open.tables, () => new Date(Date.now() + 31 * day));
    await expect(restoreDeleted(later, acme.tenant, userType, id)).rejects.toThrow('only its id is kept now');
    const years = accessTo(open.tables, () => new Date(Date.now() + 366 * day));
    await expect(restoreDeleted(years, acme.tenant, userType, id)).rejects.toThrow('has no deleted User');
  });

  test('if it is there', async () => {
    const id = await acme.gone('User', await acme.user('anna'));
    await restoreUser(id);
    await expect(restoreUser(id)).rejects.toThrow('is not deleted: there is nothing to restore');
  });

  test('if it is of the other type', async () => {
    const id = await acme.gone('User', await acme.user('anna'));
    await expect(restoreGroup(id)).rejects.toThrow(`${id} is a User, not a Group`);
  });

  test.each([randomUUID(), 'anna@example.com', '__proto__'])('if there is none with the id %s', async (id) => {
    await expect(restoreUser(id)).rejects.toThrow(`has no deleted User with the id "${id}"`);
  });

  test('if it is of another tenant', async () => {
    const id = await acme.gone('User', await acme.user('anna'));
    acme = await newTenant(open.tables);
    await expect(restoreUser(id)).rejects.toThrow('has no deleted User');
  });

  test('if operators may not change users', async () => {
    const id = await acme.gone('User', await acme.user('anna'));
    const { services } = accessTo(open.tables);
    await setLocalChanges(services, acme.tenant, false);
    await expect(restoreUser(id)).rejects.toThrow('are changed by its identity provider only');
    await expectNothingDone(id);
    await setLocalChanges(services, acme.tenant, true);
    await restoreUser(id);
  });
});

test('of two restorations at the same time, one restores', async () => {
  const id = await acme.user('anna');
  const staff = await acme.group('Staff', [{ value: id }]);
  await acme.gone('User', id);
  const results = await Promise.allSettled([restoreUser(id), restoreUser(id), restoreUser(id)]);
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(await acme.membersOf(staff)).toEqual([id]);
  expect(await differences()).toEqual([]);
});

test('a user and its group that are restored at the same time are both in their places', async () => {
  for (let time = 0; time < 5; time++) {
    acme = await newTenant(open.tables);
    const anna = await acme.user('anna');
    const staff = await acme.group('Staff', [{ value: anna }]);
    await acme.gone('User', anna);
    await acme.gone('Group', staff);
    await Promise.all([restoreUser(anna), restoreGroup(staff)]);
    expect(await acme.groupsOf(anna)).toEqual([staff]);
  }
});

test('a user that an import brings back meanwhile keeps the memberships that it has by then', async () => {
  const id = await acme.user('anna');
  const staff = await acme.group('Staff', [{ value: id }]);
  const stored = await new DynamoStore(open.tables).get({ tenantId: acme.tenant.tenantId, type: 'User' }, id);
  if (!stored) throw new Error('The user is not there.');
  await acme.gone('User', id);
  const racing = interrupted(
    open.tables,
    (command) => command instanceof TransactWriteCommand,
    () =>
      new DynamoStore(open.tables).create({ tenantId: acme.tenant.tenantId, type: 'User' }, { stored, entries: [] }),
  );
  await expect(restoreUser(id, racing.tables)).rejects.toThrow('is not deleted: there is nothing to restore');
  expect(await acme.membersOf(staff)).toEqual([id]);
});
