import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { DynamoStore } from '../../lambda/store/dynamo-store';
import { tombstoneBodyKey, tombstoneKey, tombstonePartition } from '../../lambda/store/keys';
import type { Tables } from '../../lambda/store/tables';
import { userBody } from '../directory/requests';
import { byHand } from '../operator/store/check/tenant';
import { clientOf } from './client';
import { faults, faulty } from './faults';
import { type OpenTables, openTables } from './open-tables';
import { deletion, group, groups, user, users } from './things';

const { tenantId } = users;
const second = 1_000;
const day = 24 * 3600 * second;
const year = 365 * day;
const later = (milliseconds: number) => new Date(Date.parse(deletion.deleted) + milliseconds);

let open: OpenTables;
let store: DynamoStore;
beforeAll(async () => {
  open = await openTables();
  store = new DynamoStore(open.tables);
});
afterAll(() => open.close());

/** The ids that have a tombstone in a tenant. */
async function tombstones({ client, directory }: Tables, tenant: string): Promise<readonly string[]> {
  const { Items = [] } = await client.send(new ScanCommand({ TableName: directory, ConsistentRead: true }));
  return Items.filter(({ pk }) => pk === tombstonePartition(tenant)).map(({ sk }) => String(sk));
}

test.each([
  ['User', users, user('gone')],
  ['Group', groups, group('Gone')],
] as const)(
  'a deleted %s leaves its id and the time for a year, and for two days what and who and which request it was',
  async (type, collection, gone) => {
    const { id } = gone.stored;
    await store.create(collection, gone);
    expect(await tombstones(open.tables, tenantId)).not.toContain(id);
    await store.remove(collection, gone, deletion);
    const { read } = byHand(open.tables);
    const { deleted, by } = deletion;
    const expiresAfter = (milliseconds: number) => (Date.parse(deleted) + milliseconds) / second;
    expect(await read(tombstoneKey(tenantId, id))).toEqual({
      ...tombstoneKey(tenantId, id),
      deleted,
      expires: expiresAfter(year),
      format: 1,
    });
    expect(await read(tombstoneBodyKey(tenantId, id))).toEqual({
      ...tombstoneBodyKey(tenantId, id),
      type,
      deleted,
      by,
      version: 1,
      expires: expiresAfter(2 * day),
      format: 1,
    });
  },
);

test('an erased user leaves its id and the time, and nothing else', async () => {
  const erased = user('erased');
  const { id } = erased.stored;
  await store.create(users, erased);
  await store.remove(users, erased, { deleted: deletion.deleted });
  const { read } = byHand(open.tables);
  expect(await read(tombstoneKey(tenantId, id))).toMatchObject({ deleted: deletion.deleted });
  expect(await read(tombstoneBodyKey(tenantId, id))).toBeUndefined();
});

test('a deletion is known for a year, in its tenant only, though the item stays for days longer', async () => {
  const gone = user('known');
  const { id } = gone.stored;
  await store.create(users, gone);
  await store.remove(users, gone, deletion);
  const known = new Map([[id, deletion.deleted]]);
  for (const after of [0, year - second]) {
    expect(await store.deletions(tenantId, [id, id, 'no id'], later(after))).toEqual(known);
  }
  for (const after of [year, 2 * year]) expect(await store.deletions(tenantId, [id], later(after))).toEqual(new Map());
  expect(await store.deletions('tenantbbbbbb', [id], later(0))).toEqual(new Map());
});

test('the id of a deleted user that comes again, and goes again, has the last deletion', async () => {
  const twice = user('twice');
  const { id } = twice.stored;
  for (const deleted of ['2026-01-01T00:00:00.000Z', '2026-02-01T00:00:00.000Z']) {
    await store.create(users, twice);
    await store.remove(users, twice, { ...deletion, deleted });
    expect(await store.deletions(tenantId, [id], later(0))).toEqual(new Map([[id, deleted]]));
  }
});

describe.each(faults)('%s at each call of a DELETE', (fault) => {
  test('either the user is there or its tombstone, never both, never none', async () => {
    for (let at = 1, happened = true; happened; at++) {
      const tenant = `tenant${fault.replace(/\W/g, '')}${at}`;
      const id = String((await clientOf(open.tables, tenant, 'standard')('POST', '/Users', userBody('a'))).body.id);
      const broken = faulty(open.tables, fault, at);
      await clientOf(broken.tables, tenant, 'standard')('DELETE', `/Users/${id}`);
      const isThere = (await store.get({ tenantId: tenant, type: 'User' }, id)) !== undefined;
      expect({ at, tombstones: await tombstones(open.tables, tenant) }).toEqual({
        at,
        tombstones: isThere ? [] : [id],
      });
      happened = broken.happened();
    }
  });
});
