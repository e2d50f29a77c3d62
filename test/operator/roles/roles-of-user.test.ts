import fc from 'fast-check';
import { DynamoStore } from '../../../lambda/store/dynamo-store';
import type { Deployment } from '../../../operator/connection/open';
import { directGroups, groupsOfUser, mostLevels } from '../../../operator/roles/groups-of-user';
import type { RoleMapping } from '../../../operator/roles/mapping';
import { rolesOfUser } from '../../../operator/roles/roles-of-user';
import { setRoleMapping } from '../../../operator/roles/tenant-mapping';
import { deleteTenantRoles } from '../../../operator/store/role-mapping';
import { meter } from '../../store/metering';
import { type OpenTables, openTables } from '../../store/open-tables';
import { accessTo, newTenant } from '../directory/tenant';

let open: OpenTables;
let deployment: Deployment;
let acme: Awaited<ReturnType<typeof newTenant>>;

const mapping: RoleMapping = {
  match: 'all',
  rules: [
    { displayName: 'engineering', roles: ['developer'] },
    { pattern: 'staff *', roles: ['employee'] },
  ],
  default: ['viewer'],
};

beforeAll(async () => {
  open = await openTables();
  deployment = accessTo(open.tables);
});

afterAll(() => open.close());

beforeEach(async () => {
  acme = await newTenant(open.tables);
});

const rolesOf = (id: string, { tenantId } = acme.tenant) => rolesOfUser(deployment, tenantId, id);

test('a user has roles by its groups and by the groups that contain these', async () => {
  await setRoleMapping(deployment, acme.tenant, mapping);
  const anna = await acme.user('anna');
  const bob = await acme.user('bob');
  const engineering = await acme.group('Engineering', [{ value: anna }]);
  await acme.group('Staff Berlin', [{ value: engineering, type: 'Group' }]);
  expect(await rolesOf(anna)).toMatchObject({
    reason: 'rules',
    roles: ['developer', 'employee'],
    matches: [
      { rule: 0, groups: [{ displayName: 'Engineering', through: anna }] },
      { rule: 1, groups: [{ displayName: 'Staff Berlin', through: engineering }] },
    ],
  });
  expect(await rolesOf(bob)).toEqual({ reason: 'default', roles: ['viewer'], matches: [] });
});

test('a user who is not active, or does not exist, has no roles, not even the default', async () => {
  await setRoleMapping(deployment, acme.tenant, mapping);
  const anna = await acme.user('anna', { active: false });
  await acme.group('Engineering', [{ value: anna }]);
  expect(await rolesOf(anna)).toEqual({ reason: 'inactive', roles: [], matches: [] });
  await acme.remove('User', anna);
  expect(await rolesOf(anna)).toEqual({ reason: 'no user', roles: [], matches: [] });
  expect(await rolesOf('no id')).toEqual({ reason: 'no user', roles: [], matches: [] });
});

test('without a mapping nobody has roles; a mapping is set, replaced and removed', async () => {
  const anna = await acme.user('anna');
  expect(await rolesOf(anna)).toEqual({ reason: 'no mapping', roles: [], matches: [] });
  await setRoleMapping(deployment, acme.tenant, mapping);
  await setRoleMapping(deployment, acme.tenant, { ...mapping, default: ['guest'] });
  expect((await rolesOf(anna)).roles).toEqual(['guest']);
  expect(await deleteTenantRoles(open.tables, acme.tenant.tenantId)).toBe(true);
  expect(await deleteTenantRoles(open.tables, acme.tenant.tenantId)).toBe(false);
  expect((await rolesOf(anna)).reason).toBe('no mapping');
});

test('a group that was deleted gives no role any more, before its memberships are swept', async () => {
  await setRoleMapping(deployment, acme.tenant, mapping);
  const anna = await acme.user('anna');
  const engineering = await acme.group('Engineering', [{ value: anna }]);
  await acme.send('DELETE', `/Groups/${engineering}`);
  expect((await rolesOf(anna)).roles).toEqual(['viewer']);
});

test('a mapping of another tenant, and groups of another tenant, do not count', async () => {
  const other = await newTenant(open.tables);
  await setRoleMapping(deployment, other.tenant, mapping);
  const anna = await acme.user('anna');
  await acme.group('Engineering', [{ value: anna }]);
  expect((await rolesOf(anna)).reason).toBe('no mapping');
  expect(await rolesOf(anna, other.tenant)).toEqual({ reason: 'no user', roles: [], matches: [] });
});

test('a deleted tenant gets no mapping', async () => {
  await deployment.services.tenants.markDeleted(acme.tenant.tenantId, new Date().toISOString());
  await expect(setRoleMapping(deployment, acme.tenant, mapping)).rejects.toThrow(
    `There is no tenant ${acme.tenant.tenantId}`,
  );
});

describe('round trips', () => {
  const flat = () => ({ ...acme.tenant, profile: 'identity-center' as const });
  const cost = async (id: string) => {
    const metered = meter(open.tables);
    const access = { tables: metered.tables, store: new DynamoStore(metered.tables) };
    const [, { trips, calls }] = await metered.measure(() => rolesOfUser(access, acme.tenant.tenantId, id));
    return { trips, calls };
  };

  test('two for a user with groups, one more for each level of groups in groups', async () => {
    const anna = await acme.user('anna');
    let inner = await acme.group('Engineering', [{ value: anna }]);
    // The user, the mapping, memberships and marks.
    expect(await cost(anna)).toEqual({ trips: 1, calls: 4 });
    // The names of the groups as well and, where groups can be members, the next level.
    await setRoleMapping(deployment, flat(), mapping);
    expect(await cost(anna)).toEqual({ trips: 2, calls: 5 });
    await setRoleMapping(deployment, acme.tenant, mapping);
    expect(await cost(anna)).toEqual({ trips: 2, calls: 7 });
    inner = await acme.group('Staff Berlin', [{ value: inner, type: 'Group' }]);
    expect(await cost(anna)).toEqual({ trips: 3, calls: 10 });
  });

  test('a hundred groups of one user cost no more trips', async () => {
    await setRoleMapping(deployment, flat(), mapping);
    const anna = await acme.user('anna');
    for (let at = 0; at < 100; at++) await acme.group(`Staff ${at}`, [{ value: anna }]);
    expect(await cost(anna)).toEqual({ trips: 2, calls: 5 });
  });
});

describe('groups in groups', () => {
  const groupsOf = async (tenantId: string, userId: string, nested: boolean) =>
    groupsOfUser(deployment, tenantId, await directGroups(deployment, tenantId, userId), nested);

  /** The groups that contain some groups, directly or through others; a pair is a group and one in it. */
  function reachable(direct: readonly number[], edges: readonly (readonly [number, number])[]): readonly number[] {
    const found = new Set(direct);
    for (let before = -1; before !== found.size; ) {
      before = found.size;
      for (const [outer, inner] of edges) if (found.has(inner)) found.add(outer);
    }
    return [...found];
  }

  test('any graph of groups, cycles included, gives each group that leads to the user once', async () => {
    const size = 6;
    const edge = fc.tuple(fc.nat(size - 1), fc.nat(size - 1));
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(fc.nat(size - 1)), fc.array(edge, { maxLength: 12 }), async (direct, edges) => {
        const tenant = await newTenant(open.tables);
        const anna = await tenant.user('anna');
        const groups: string[] = [];
        for (let at = 0; at < size; at++) groups.push(await tenant.group(`G${at}`));
        const { store } = deployment;
        const idOf = (at: number) => groups[at] ?? '';
        const { tenantId } = tenant.tenant;
        for (const at of direct) await store.changeMembers(tenantId, idOf(at), [{ value: anna }], []);
        for (const [outer, inner] of edges) {
          await store.changeMembers(tenantId, idOf(outer), [{ value: idOf(inner), type: 'Group' }], []);
        }
        const all = await groupsOf(tenantId, anna, true);
        expect(all.map(({ displayName }) => displayName).sort()).toEqual(
          reachable(direct, edges)
            .map((at) => `G${at}`)
            .sort(),
        );
        const flat = await groupsOf(tenantId, anna, false);
        expect(flat.map(({ displayName }) => displayName).sort()).toEqual(direct.map((at) => `G${at}`).sort());
      }),
      { numRuns: 15 },
    );
  });

  test('more levels than are followed are refused, not cut off', async () => {
    let inner: object = { value: await acme.user('anna') };
    const anna = (inner as { value: string }).value;
    for (let level = 0; level < mostLevels; level++) {
      inner = { value: await acme.group(`Level ${level}`, [inner]), type: 'Group' };
    }
    expect(await groupsOf(acme.tenant.tenantId, anna, true)).toHaveLength(mostLevels);
    await acme.group('One too many', [inner]);
    await expect(groupsOf(acme.tenant.tenantId, anna, true)).rejects.toThrow('levels of groups');
  });
});
