import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { resourceKey } from '../../lambda/store/keys';
import { faults, faulty } from '../store/faults';
import { type OpenTables, openTables } from '../store/open-tables';
import { brakedTenant, membersLimit, usersLimit } from './braked-tenant';

let open: OpenTables;

beforeAll(async () => {
  open = await openTables();
});
afterAll(() => open.close());

/** Ends the lease of a function that ended by itself, as time would. */
function endLease(tenantId: string, id: string) {
  return open.tables.client.send(
    new UpdateCommand({
      TableName: open.tables.directory,
      Key: resourceKey({ tenantId, type: 'Group' }, id),
      UpdateExpression: 'REMOVE lease',
    }),
  );
}

describe.each(faults)('a request with the fault "%s" at one of its calls', (fault) => {
  test('counts once when it is repeated, and takes nothing from the others', async () => {
    const { createUsers, disable } = brakedTenant(open.tables);
    const users = await createUsers(usersLimit + 1, 'faulty');
    const [last = '', ...within] = users;
    for (const [at, id] of within.entries()) {
      const broken = faulty(open.tables, fault, 1 + (at % 7));
      await disable(id, broken.tables).catch(() => undefined);
      expect((await disable(id)).status).toBe(200);
    }
    expect((await disable(last)).status).toBe(429);
  });

  test.each([1, 2, 3, 4, 5, 6, 7, 8, 9])('at call %d, removes members of a group once', async (call) => {
    const { tenantId, createUsers, createGroup, patch, members } = brakedTenant(open.tables);
    const users = await createUsers(membersLimit / 2 + 2, 'member');
    const group = await createGroup('Group', users);
    const broken = faulty(open.tables, fault, call);
    await patch(`/Groups/${group}`, { op: 'remove', path: 'members' }, broken.tables).catch(() => undefined);
    await endLease(tenantId, group);
    expect((await patch(`/Groups/${group}`, { op: 'remove', path: 'members' })).status).toBe(204);
    expect(await members(group)).toBe(0);
  });
});
