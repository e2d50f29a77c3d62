import { groupType, userType } from '../../../lambda/directory/resource-types';
import { DynamoStore } from '../../../lambda/store/dynamo-store';
import { tombstoneBodyKey, tombstoneKey } from '../../../lambda/store/keys';
import { changedHere, identityProviderOf } from '../../../operator/directory/changed-here';
import { listDeleted } from '../../../operator/directory/deleted';
import { eraseResource, findErasable } from '../../../operator/directory/erase-resource';
import { requireLocalChanges } from '../../../operator/directory/local-changes';
import { restoreDeleted } from '../../../operator/directory/restore';
import { setActive } from '../../../operator/directory/set-active';
import { setLocalChanges } from '../../../operator/tenants/state';
import { patchBody } from '../../directory/requests';
import { type OpenTables, openTables } from '../../store/open-tables';
import { recount } from '../../store/recount';
import { byHand } from '../store/check/tenant';
import { accessTo, newTenant } from './tenant';

let open: OpenTables;
let acme: Awaited<ReturnType<typeof newTenant>>;
beforeAll(async () => {
  open = await openTables();
});
afterAll(() => open.close());
beforeEach(async () => {
  acme = await newTenant(open.tables);
});

const access = () => accessTo(open.tables);
const erase = async (wanted: string, type = userType) => {
  const found = await findErasable(access(), acme.tenant, type, wanted);
  await eraseResource(access(), acme.tenant, type, found);
  return found;
};
const read = (key: object) => byHand(open.tables).read(key);

describe('an erasure', () => {
  test('leaves the id and the time, though the stream still brings the deletion', async () => {
    const id = await acme.user('anna', { externalId: 'ext' });
    const staff = await acme.group('Staff', [{ value: id }]);
    expect(await erase('ANNA@example.com')).toMatchObject({ living: id, deleted: [], name: 'anna@example.com' });
    await acme.settle();

    expect((await acme.send('GET', `/Users/${id}`)).status).toBe(404);
    expect(await acme.membersOf(staff)).toEqual([]);
    const { tenantId, profile } = acme.tenant;
    expect(Object.keys((await read(tombstoneKey(tenantId, id))) ?? {}).sort()).toEqual([
      'deleted',
      'expires',
      'format',
      'pk',
      'sk',
    ]);
    expect(await read(tombstoneBodyKey(tenantId, id))).toBeUndefined();
    expect((await recount(open.tables, tenantId, profile)).differences).toEqual([]);
    await expect(restoreDeleted(access(), acme.tenant, userType, id)).rejects.toThrow('only its id is kept now');
  });

  test('by the name takes the one that exists and what is kept of deleted ones with that name or externalId', async () => {
    const first = await acme.gone('User', await acme.user('anna', { externalId: 'ext' }));
    const second = await acme.gone('User', await acme.user('anne', { externalId: 'ext' }));
    const other = await acme.gone('User', await acme.user('ben'));
    const living = await acme.user('anna', { externalId: 'ext' });
    const found = await erase('anna@example.com');
    expect({ ...found, deleted: [...found.deleted].sort() }).toMatchObject({
      living,
      deleted: [first, second].sort(),
      name: 'anna@example.com',
    });
    const left = await listDeleted(access(), acme.tenant, { count: 10 });
    expect(left.found.map(({ id }) => id)).toEqual([other]);
  });

  test('by the id of a deleted one leaves alone who has the name now', async () => {
    const id = await acme.gone('User', await acme.user('anna'));
    const living = await acme.user('anna');
    expect(await erase(id)).toMatchObject({ deleted: [id], ids: [id], name: 'anna@example.com' });
    expect((await acme.send('GET', `/Users/${living}`)).status).toBe(200);
  });

  test('of a group, and of one that is not there', async () => {
    const id = await acme.group('Staff', [{ value: await acme.user('anna') }]);
    expect(await erase('staff', groupType)).toMatchObject({ living: id, deleted: [], name: 'Staff' });
    await expect(erase('staff', groupType)).rejects.toThrow('has no Group, and none that was deleted and is kept');
  });
});

describe('deleted ones', () => {
  test('are listed with who deleted them and who is there now, the last one first', async () => {
    const anna = await acme.gone('User', await acme.user('anna', { externalId: 'ext-a' }));
    const staff = await acme.gone('Group', await acme.group('Staff'));
    const again = await acme.user('Anna', { externalId: 'ext-a' });
    const { found, total } = await listDeleted(access(), acme.tenant, { count: 10 });
    expect(total).toBe(2);
    expect(found.map(({ id }) => id)).toEqual([staff, anna]);
    expect(found[1]).toMatchObject({
      type: 'User',
      name: 'anna@example.com',
      externalId: 'ext-a',
      restorable: true,
      thereNow: [{ id: again, same: ['userName', 'externalId'] }],
    });
    expect(found[0]).toMatchObject({ type: 'Group', name: 'Staff', thereNow: [] });
  });

  test('can be chosen by type and time, and counted past those shown', async () => {
    for (const name of ['a', 'b', 'c']) await acme.gone('User', await acme.user(name));
    const group = await acme.gone('Group', await acme.group('Staff'));
    const list = (filter: object) => listDeleted(access(), acme.tenant, { count: 10, ...filter });
    expect(await list({ count: 1 })).toMatchObject({ total: 4, found: [{ id: group }] });
    expect((await list({ type: 'User' })).total).toBe(3);
    expect((await list({ since: new Date(Date.now() + 1000) })).total).toBe(0);
    expect((await list({ since: new Date(Date.now() - 3_600_000) })).total).toBe(4);
  });
});

describe("an operator's own change", () => {
  const users = () => ({ tenantId: acme.tenant.tenantId, type: 'User' as const });

  test('is shown until the identity provider writes the user again', async () => {
    const id = await acme.user('anna');
    expect(await changedHere(access(), users(), id)).toBeUndefined();
    expect(await setActive(access(), acme.tenant, id, false)).toEqual(expect.any(String));
    expect((await acme.send('GET', `/Users/${id}`)).body).toMatchObject({ active: false, meta: { version: 'W/"2"' } });
    expect(await changedHere(access(), users(), id)).toMatchObject({ action: 'user disable' });

    await acme.send('PATCH', `/Users/${id}`, patchBody({ op: 'replace', path: 'active', value: true }));
    expect(await changedHere(access(), users(), id)).toBeUndefined();
  });

  test('that changes nothing writes nothing', async () => {
    const id = await acme.user('anna');
    expect(await setActive(access(), acme.tenant, id, true)).toBeUndefined();
    expect((await new DynamoStore(open.tables).get(users(), id))?.version).toBe(1);
  });

  test('is refused where only the identity provider may change them', async () => {
    const id = await acme.user('anna');
    await setLocalChanges(access().services, acme.tenant, false);
    const refused = 'are changed by its identity provider only';
    await expect(setActive(access(), acme.tenant, id, false)).rejects.toThrow(refused);
    await expect(erase('anna@example.com')).rejects.toThrow(refused);
    await expect(requireLocalChanges(access().services, acme.tenant)).rejects.toThrow(refused);
    expect((await acme.send('GET', `/Users/${id}`)).body.active).toBe(true);
    // What is kept of a deleted user is nobody's but the operator's.
    await acme.gone('User', id);
    expect((await erase(id)).deleted).toEqual([id]);
  });

  test('is told apart from one of the identity provider, by the label of its credentials if they have one', () => {
    const token = (label?: string, expires = '2999-01-01T00:00:00.000Z') => ({
      created: '2026-01-01T00:00:00.000Z',
      expires,
      ...(label && { label }),
    });
    const named = (...tokens: ReturnType<typeof token>[]) =>
      identityProviderOf({ tokens: new Map(tokens.map((each, at) => [String(at), each as never])) }, new Date());
    expect(named(token('Okta'), token('Okta'), token('old', '2020-01-01T00:00:00.000Z'))).toBe('Okta');
    for (const tokens of [[], [token()], [token('Okta'), token('Entra')]])
      expect(named(...tokens)).toBe('the identity provider');
  });
});
