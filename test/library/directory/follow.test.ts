import { randomUUID } from 'node:crypto';
import type { DirectoryChange, TenantDirectory } from '../../../library/directory';
import { putDeletions } from '../../../operator/store/tombstones';
import { patchBody, userBody } from '../../directory/requests';
import { clientOf, sweepAll } from '../../store/client';
import { type Opened, openLibrary } from './opened';

let library: Opened;
beforeAll(async () => {
  library = await openLibrary();
});
afterAll(() => library.close());

async function open() {
  const { tenantId, send } = await library.createTenant('standard');
  const create = async (path: string, body: object) => String((await send('POST', path, { ...body })).body.id);
  return { tenantId, send, create, tenant: library.directory.tenant(tenantId) };
}

async function collect<Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

/** Changes as text: what, and the id. */
async function changes(tenant: TenantDirectory, since: Date | string): Promise<readonly string[]> {
  const idOf = (change: DirectoryChange) => {
    if (change.change === 'deleted') return change.id;
    return change.kind === 'user' ? change.user.id : change.group.id;
  };
  const all = await collect(tenant.changedSince(since));
  return all.map((change) => `${change.change} ${idOf(change)}`).sort();
}

/** A moment that is in no record yet. */
async function moment(): Promise<string> {
  await new Promise((resolve) => setTimeout(resolve, 2));
  const now = new Date().toISOString();
  await new Promise((resolve) => setTimeout(resolve, 2));
  return now;
}

test('a snapshot has all users, then each group before its members, each once', async () => {
  const { tenant, create } = await open();
  const users: string[] = [];
  for (let at = 0; at < 5; at++) users.push(await create('/Users', userBody(`user${at}`)));
  const groups: string[] = [];
  for (let at = 0; at < 40; at++) {
    const members = users.slice(0, at % 4).map((value) => ({ value }));
    groups.push(await create('/Groups', { displayName: `Group ${at}`, members }));
  }
  const entries = await collect(tenant.snapshot());
  const firstGroup = entries.findIndex(({ kind }) => kind !== 'user');
  expect(entries.slice(firstGroup).some(({ kind }) => kind === 'user')).toBe(false);
  const found = entries.map((entry) => {
    if (entry.kind === 'user') return entry.user.id;
    return entry.kind === 'group' ? entry.group.id : `${entry.groupId} ${entry.member.id}`;
  });
  const memberships = groups.flatMap((id, at) => users.slice(0, at % 4).map((user) => `${id} ${user}`));
  expect([...found].sort()).toEqual([...users, ...groups, ...memberships].sort());
  for (const [at, entry] of entries.entries()) {
    if (entry.kind === 'membership') expect(found.slice(0, at)).toContain(entry.groupId);
  }
});

test('a snapshot leaves out what is deleted and not swept yet', async () => {
  const { tenant, create, send } = await open();
  const [anna, ben] = [await create('/Users', userBody('anna')), await create('/Users', userBody('ben'))];
  const members = [anna, ben].map((value) => ({ value }));
  const [staff, other] = [
    await create('/Groups', { displayName: 'Staff', members }),
    await create('/Groups', { displayName: 'Other', members }),
  ];
  await send('DELETE', `/Users/${anna}`);
  await send('DELETE', `/Groups/${other}`);
  const entries = await collect(tenant.snapshot());
  expect(entries.filter(({ kind }) => kind === 'membership')).toEqual([
    { kind: 'membership', groupId: staff, member: { id: ben, type: 'User' } },
  ]);
});

test('a snapshot is as of a minute ago: what came later can be asked for', async () => {
  const { tenant } = await open();
  const before = Date.now() - 60_000;
  const { since } = tenant.snapshot();
  expect(Date.parse(since)).toBeGreaterThanOrEqual(before);
  expect(Date.parse(since)).toBeLessThanOrEqual(Date.now() - 60_000);
  const { next } = tenant.changedSince(since);
  expect(Date.parse(next) - Date.parse(since)).toBeLessThan(10_000);
});

test('what was created, changed or deleted since an instant is found, and nothing else', async () => {
  const { tenant, tenantId, create, send } = await open();
  const rename = (path: string, displayName: string) =>
    send('PATCH', path, patchBody({ op: 'replace', path: 'displayName', value: displayName }));
  const [same, changed, deleted] = [
    await create('/Users', userBody('same')),
    await create('/Users', userBody('changed')),
    await create('/Users', userBody('deleted')),
  ];
  const group = await create('/Groups', { displayName: 'Staff' });
  const oldGroup = await create('/Groups', { displayName: 'Old' });
  const since = await moment();
  const created = await create('/Users', userBody('created'));
  await rename(`/Users/${created}`, 'changed, too');
  await rename(`/Users/${changed}`, 'another name');
  const add = patchBody({ op: 'add', path: 'members', value: [{ value: same }] });
  await send('PATCH', `/Groups/${group}`, add);
  await send('DELETE', `/Users/${deleted}`);
  await send('DELETE', `/Groups/${oldGroup}`);
  const passing = await create('/Users', userBody('passing'));
  await send('DELETE', `/Users/${passing}`);
  const expected = [
    `created ${created}`,
    `deleted ${deleted}`,
    `deleted ${oldGroup}`,
    `deleted ${passing}`,
    `updated ${changed}`,
    `updated ${group}`,
  ].sort();
  expect(await changes(tenant, since)).toEqual(expected);
  expect(await changes(tenant, new Date(since))).toEqual(expected);
  await sweepAll(library.open.tables, tenantId);
  expect(await changes(tenant, since)).toEqual(expected);
  expect(await changes(tenant, await moment())).toEqual([]);
  const [found] = (await collect(tenant.changedSince(since))).filter(({ change }) => change === 'created');
  expect(found).toMatchObject({ kind: 'user', user: { id: created, displayName: 'changed, too', version: 2 } });
});

test('more changes than a page of the index has are all found', async () => {
  const { tenant, tenantId } = await open();
  // Ids that begin with the same digit are in the same part of the index, which is read 100 at a time.
  const newId = () => `0${randomUUID().slice(1)}`;
  const send = clientOf(library.open.tables, tenantId, 'standard', newId);
  const since = await moment();
  const ids: string[] = [];
  for (let at = 0; at < 120; at++) {
    ids.push(String((await send('POST', '/Groups', { displayName: `Group ${at}` })).body.id));
  }
  expect(await changes(tenant, since)).toEqual(ids.map((id) => `created ${id}`).sort());
});

test('an id that is there again is not reported as deleted', async () => {
  const { tenant, tenantId, create } = await open();
  const id = await create('/Users', userBody('anna'));
  const since = await moment();
  await putDeletions(library.open.tables, tenantId, [
    { id, deleted: new Date().toISOString() },
    { id: randomUUID(), deleted: '2020-01-01T00:00:00.000Z' },
  ]);
  expect(await changes(tenant, since)).toEqual([]);
});

test('an instant that is more than a year ago is refused, because deletions are not known for longer', async () => {
  const { tenant } = await open();
  const day = 24 * 3600 * 1000;
  await expect(changes(tenant, new Date(Date.now() - 366 * day))).rejects.toMatchObject({
    code: 'ChangesForgotten',
    earliest: expect.stringMatching(/Z$/),
    message: expect.stringMatching(/^Deletions are known since/),
  });
  expect(await changes(tenant, new Date(Date.now() - 364 * day))).toEqual([]);
  expect(() => tenant.changedSince('yesterday')).toThrow(RangeError);
});
