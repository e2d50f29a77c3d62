import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { LostRace } from '../../lambda/directory/retry';
import type { Collection, IndexedResource, Store } from '../../lambda/directory/store';
import { deletion, group, groups, note, user, users } from './things';

/** Some stores read from indexes, which are updated a moment later. */
async function soon(expectation: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await expectation();
    } catch (error) {
      if (attempt === 40) throw error;
      await sleep(100);
    }
  }
}

/** The contract of every store, on any engine. */
export function storeContract(store: () => Store): void {
  const create = async (collection: Collection, ...resources: readonly IndexedResource[]) => {
    for (const resource of resources) await store().create(collection, resource);
  };
  const next = ({ stored, entries }: IndexedResource, change: Partial<IndexedResource>): IndexedResource => ({
    stored: { ...stored, version: stored.version + 1 },
    entries,
    ...change,
  });

  const { tenantId } = groups;
  const membersOf = async (id: string) => (await store().members(tenantId, [id])).get(id);
  const groupsOf = async (id: string) => (await store().groupsOf(tenantId, [id])).get(id);

  describe('resources', () => {
    test('a created resource is read back as it was, and found by each of its entries', async () => {
      const anna = user('anna', { externalId: 'ext-anna' });
      await create(users, anna);
      expect(await store().get(users, anna.stored.id)).toEqual(anna.stored);
      expect(await store().getMany(users, [anna.stored.id, randomUUID()])).toEqual([anna.stored]);
      for (const { index, key } of anna.entries) {
        expect(await store().find(users, index, key)).toEqual([anna.stored.id]);
      }
    });

    test.each([['userName'], ['emails'], ['externalId']] as const)(
      'a %s that belongs to another user is refused with its holder, and nothing is stored',
      async (index) => {
        const first = user(`first-${index}`, { externalId: `ext-${index}`, email: `${index}@example.com` });
        await create(users, first);
        const second = user(`second-${index}`, { externalId: `other-${index}`, email: `other-${index}@example.com` });
        const entries = [
          ...second.entries.filter((entry) => entry.index !== index),
          ...first.entries.filter((entry) => entry.index === index),
        ];
        const before = await store().count(users);
        await expect(store().create(users, { ...second, entries })).rejects.toMatchObject({
          status: 409,
          scimType: 'uniqueness',
          detail: expect.stringContaining(`is already used by user ${first.stored.id}`),
        });
        expect(await store().get(users, second.stored.id)).toBeUndefined();
        expect(await store().count(users)).toBe(before);
      },
    );

    test('an entry that need not be unique leads to every resource that has the value', async () => {
      const shared = { index: 'externalId', value: 'shared', key: 'shared', unique: false } as const;
      const both = [user('share1'), user('share2')].map((one) => ({ ...one, entries: [...one.entries, shared] }));
      await create(users, ...both);
      expect(await store().find(users, 'externalId', 'shared')).toEqual(both.map(({ stored }) => stored.id).sort());
    });

    test('an update moves the entries and is refused from an old version', async () => {
      const old = user('rename-me');
      await create(users, old);
      const { entries, stored } = user('renamed', { id: old.stored.id });
      const renamed = next(old, { entries, stored: { ...stored, version: 2 } });
      await store().update(users, old, renamed);
      expect(await store().find(users, 'userName', 'rename-me')).toEqual([]);
      expect(await store().find(users, 'userName', 'renamed')).toEqual([old.stored.id]);
      await expect(store().update(users, old, renamed)).rejects.toThrow(LostRace);
      await expect(store().update(users, old, next(old, {}))).rejects.toThrow(LostRace);
      expect(await store().get(users, old.stored.id)).toEqual(renamed.stored);
    });

    test('an update to a value of another resource is refused and leaves both as they were', async () => {
      const [holder, other] = [user('holder'), user('wants')];
      await create(users, holder, other);
      const wanted = next(other, { entries: holder.entries });
      await expect(store().update(users, other, wanted)).rejects.toMatchObject({ status: 409 });
      expect(await store().get(users, other.stored.id)).toEqual(other.stored);
      expect(await store().find(users, 'userName', 'wants')).toEqual([other.stored.id]);
    });

    test('an update that changes more entries than one transaction holds moves all of them', async () => {
      const emails = (prefix: string) =>
        Array.from({ length: 60 }, (_, index) => {
          const value = `${prefix}${index}@example.com`;
          return { index: 'emails', value, key: value, unique: index === 0 } as const;
        });
      const old = { ...user('many'), entries: emails('old') };
      await create(users, old);
      await store().update(users, old, next(old, { entries: emails('new') }));
      for (const { key } of emails('new')) expect(await store().find(users, 'emails', key)).toEqual([old.stored.id]);
      for (const { key } of emails('old')) expect(await store().find(users, 'emails', key)).toEqual([]);
    });

    test('a deleted resource leaves no entry and no count, and is deleted once', async () => {
      const gone = user('gone', { externalId: 'ext-gone' });
      await create(users, gone);
      const before = await store().count(users);
      await store().remove(users, gone, deletion);
      await expect(store().remove(users, gone, deletion)).rejects.toThrow(LostRace);
      expect(await store().count(users)).toBe(before - 1);
      expect(await store().get(users, gone.stored.id)).toBeUndefined();
      for (const { index, key } of gone.entries) expect(await store().find(users, index, key)).toEqual([]);
      await create(users, user('gone', { externalId: 'ext-gone' }));
    });

    test('64 concurrent creates of one userName: one succeeds, 63 are refused', async () => {
      const outcomes = await Promise.allSettled(
        Array.from({ length: 64 }, () =>
          store().create(users, user('racer', { email: `${randomUUID()}@example.com` })),
        ),
      );
      const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
      expect(refused).toHaveLength(63);
      expect(refused.every(({ reason }) => reason.status === 409)).toBe(true);
    });

    test('tenants do not see each other', async () => {
      const other: Collection = { ...users, tenantId: 'tenantbbbbbb' };
      const anna = user('in-both-tenants');
      await create(users, anna);
      await create(other, anna);
      expect(await store().count(other)).toBe(1);
      await store().remove(other, anna, deletion);
      expect(await store().get(users, anna.stored.id)).toEqual(anna.stored);
    });

    test('what cannot be an id names nothing', async () => {
      for (const id of ['', 'x', 'a'.repeat(3000), 'ffffffff-ffff-ffff-ffff-fffffffffffg', '\u0000']) {
        expect(await store().get(users, id)).toBeUndefined();
        expect(await store().getMany(users, [id])).toEqual([]);
        expect(await store().existing(users, [id])).toEqual(new Set());
        expect(await store().deletions(users.tenantId, [id], new Date())).toEqual(new Map());
        expect(await membersOf(id)).toEqual([]);
        expect(await groupsOf(id)).toEqual([]);
        expect(await store().memberships(users.tenantId, [{ groupId: id, memberId: id }])).toEqual(new Map());
      }
    });
  });

  describe('pages', () => {
    const collection: Collection = { tenantId: 'tenantpages1', type: 'User' };
    const ids: string[] = [];

    beforeAll(async () => {
      const created = Array.from({ length: 120 }, (_, index) => user(`page-${index}`));
      await Promise.all(created.map((one) => store().create(collection, one)));
      ids.push(...created.map(({ stored }) => stored.id).sort());
    });

    test.each([
      [0, 10],
      [1, 1],
      [57, 30],
      [119, 5],
      [0, 200],
      [100, 0],
      [120, 10],
      [5000, 10],
    ])('offset %i, limit %i is that stretch of the id order, with the exact total', async (offset, limit) => {
      const page = await store().page(collection, { offset, limit });
      expect(page.resources.map(({ id }) => id)).toEqual(ids.slice(offset, offset + limit));
      expect(page.total).toBe(120);
      expect(page.more).toBe(limit > 0 && offset + limit < 120);
    });

    test('pages after the last id read the whole collection once', async () => {
      const seen: string[] = [];
      let after: string | undefined;
      for (;;) {
        const page = await store().page(collection, { after, limit: 33 });
        seen.push(...page.resources.map(({ id }) => id));
        after = page.resources.at(-1)?.id;
        if (!page.more) break;
      }
      expect(seen).toEqual(ids);
    });

    test('a query reads all, or says that there are too many', async () => {
      const tooMany = { status: 400, scimType: 'tooMany' };
      expect((await store().query(collection, 120, 1_000_000)).map(({ id }) => id)).toEqual(ids);
      await expect(store().query(collection, 119, 1_000_000)).rejects.toMatchObject(tooMany);
      await expect(store().query(collection, 120, 1000)).rejects.toMatchObject(tooMany);
    });

    test('a page and several resources are read as far as bytes are allowed', async () => {
      const tooMany = { status: 400, scimType: 'tooMany' };
      expect(await store().getMany(collection, ids, 1_000_000)).toHaveLength(120);
      await expect(store().getMany(collection, ids, 1000)).rejects.toMatchObject(tooMany);
      expect((await store().page(collection, { offset: 0, limit: 2 }, 1000)).resources).toHaveLength(2);
      await expect(store().page(collection, { offset: 0, limit: 120 }, 1000)).rejects.toMatchObject(tooMany);
      await expect(store().page(collection, { offset: 5, limit: 110 }, 1000)).rejects.toMatchObject(tooMany);
    });

    test('resources are found by when they were last modified', async () => {
      const late: Collection = { tenantId: 'tenantmodify', type: 'User' };
      const at = (modified: string, name: string) => {
        const one = user(name);
        return { ...one, stored: { ...one.stored, modified } };
      };
      const days = ['2026-01-01', '2026-01-02', '2026-01-03'].map((day) => at(`${day}T00:00:00.000Z`, day));
      await create(late, ...days);
      const [first, second, third] = days.map(({ stored }) => stored.id) as [string, string, string];
      const found = async (range: { from?: string; to?: string }) =>
        [...(await store().findModified(late, range, 10))].sort();
      await soon(async () => {
        expect(await found({ from: '2026-01-01T00:00:00.000Z' })).toHaveLength(3);
      });
      expect(await found({ from: '2026-01-02T00:00:00.000Z' })).toEqual([second, third].sort());
      expect(await found({ to: '2026-01-02T00:00:00.000Z' })).toEqual([first, second].sort());
      expect(await found({ from: '2026-01-02T00:00:00.000Z', to: '2026-01-02T00:00:00.000Z' })).toEqual([second]);
      // The index knows the time of a change to ten seconds.
      expect(await found({ from: '2026-01-02T00:00:09.999Z' })).toEqual([second, third].sort());
      expect(await found({ from: '2026-01-02T00:00:10.000Z' })).toEqual([third]);
      expect(await found({ to: '2026-01-01T23:59:59.999Z' })).toEqual([first]);
      await expect(store().findModified(late, { from: '2026-01-01T00:00:00.000Z' }, 2)).rejects.toMatchObject({
        scimType: 'tooMany',
      });
    });
  });

  describe('memberships', () => {
    test('members are added, read in id order, found from the member, and removed; twice is once', async () => {
      const staff = group('staff');
      await create(groups, staff);
      const ids = [randomUUID(), randomUUID(), randomUUID()].sort();
      const members = ids.map((value) => ({ value }));
      await store().changeMembers(tenantId, staff.stored.id, members, []);
      await store().changeMembers(tenantId, staff.stored.id, members, []);
      expect(await membersOf(staff.stored.id)).toEqual(members);
      await soon(async () => {
        expect(await groupsOf(ids[0] as string)).toEqual([staff.stored.id]);
      });
      await store().changeMembers(tenantId, staff.stored.id, [], ids.slice(0, 2));
      await store().changeMembers(tenantId, staff.stored.id, [], ids.slice(0, 2));
      expect(await membersOf(staff.stored.id)).toEqual([{ value: ids[2] }]);
      const pairs = ids.map((memberId) => ({ groupId: staff.stored.id, memberId }));
      expect(await store().memberships(tenantId, pairs)).toEqual(new Map([[staff.stored.id, new Set([ids[2]])]]));
    });

    test('a nested group keeps its type', async () => {
      const [outer, inner] = [group('outer'), group('inner')];
      await create(groups, outer, inner);
      await store().changeMembers(tenantId, outer.stored.id, [{ value: inner.stored.id, type: 'Group' }], []);
      expect(await membersOf(outer.stored.id)).toEqual([{ value: inner.stored.id, type: 'Group' }]);
    });

    test('a deleted group is in no response, and neither is a deleted member', async () => {
      const [doomed, kept] = [group('doomed'), group('kept')];
      const bob = user('bob');
      await create(groups, doomed, kept);
      await create(users, bob);
      for (const { stored } of [doomed, kept]) {
        await store().changeMembers(tenantId, stored.id, [{ value: bob.stored.id }], []);
      }
      await store().remove(groups, doomed, deletion);
      await soon(async () => {
        expect(await groupsOf(bob.stored.id)).toEqual([kept.stored.id]);
      });
      expect(await membersOf(doomed.stored.id)).toEqual([]);
      await store().remove(users, bob, deletion);
      // A request that began before the deletion adds the member now.
      await store().changeMembers(tenantId, kept.stored.id, [{ value: bob.stored.id }], []);
      expect(await membersOf(kept.stored.id)).toEqual([]);
      expect(await groupsOf(bob.stored.id)).toEqual([]);
      const pair = { groupId: kept.stored.id, memberId: bob.stored.id };
      expect((await store().memberships(tenantId, [pair])).get(kept.stored.id)?.size ?? 0).toBe(0);
    });

    test('touching a group gives it the next version, unless it was deleted', async () => {
      const touched = group('touched');
      await create(groups, touched);
      const { id } = touched.stored;
      const move = { modified: '2026-11-24T08:00:00.000Z', by: note };
      expect(await store().touch(groups, id, move)).toEqual({ ...touched.stored, version: 2, ...move });
      expect(await store().touch(groups, randomUUID(), move)).toBeUndefined();
    });

    test('20 parallel changes of different members end in exactly their union', async () => {
      const busy = group('busy');
      await create(groups, busy);
      const start = Array.from({ length: 10 }, () => randomUUID());
      await store().changeMembers(
        tenantId,
        busy.stored.id,
        start.map((value) => ({ value })),
        [],
      );
      const added = Array.from({ length: 10 }, () => randomUUID());
      await Promise.all([
        ...added.map((value) => store().changeMembers(tenantId, busy.stored.id, [{ value }], [])),
        ...start.map((value) => store().changeMembers(tenantId, busy.stored.id, [], [value])),
      ]);
      const members = await membersOf(busy.stored.id);
      expect(members?.map(({ value }) => value)).toEqual([...added].sort());
    });
  });
}
