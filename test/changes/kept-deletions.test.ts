import { randomUUID } from 'node:crypto';
import type { DynamoDBRecord } from 'aws-lambda';
import { keepDeleted } from '../../lambda/changes/tombstone-bodies';
import type { Collection } from '../../lambda/directory/store';
import { DynamoStore } from '../../lambda/store/dynamo-store';
import { membershipKey, tombstoneBodyKey } from '../../lambda/store/keys';
import { readLeftovers, writeMembers } from '../../lambda/store/memberships';
import { finishSweep } from '../../lambda/store/sweep';
import { keptMemberships, type TombstoneBody, toTombstoneBody } from '../../lambda/store/tombstone-bodies';
import { userBody } from '../directory/requests';
import { byHand } from '../operator/store/check/tenant';
import { openStage, type Stage } from './stage';

const tenantId = 'tenantaaaaaa';
const users: Collection = { tenantId, type: 'User' };
const groups: Collection = { tenantId, type: 'Group' };
const day = 24 * 3600 * 1000;

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());
beforeEach(() => {
  stage.take();
  stage.fault = () => undefined;
});

const create = async (path: string, body: object) => String((await stage.send(tenantId, 'POST', path, { ...body })).id);
const newUser = () => create('/Users', userBody(randomUUID(), { externalId: randomUUID() }));
const newGroup = (...members: string[]) =>
  create('/Groups', { displayName: randomUUID(), members: members.map((value) => ({ value })) });

/** Deletes a resource as a request does. Returns the records that follow. */
async function remove(path: string): Promise<readonly DynamoDBRecord[]> {
  stage.take();
  await stage.send(tenantId, 'DELETE', path);
  return stage.take().directory;
}

/** The body of a tombstone; undefined if there is none. */
async function bodyOf(id: string): Promise<TombstoneBody | undefined> {
  const item = await byHand(stage.tables).read(tombstoneBodyKey(tenantId, id));
  return item && toTombstoneBody(item);
}

const isMember = async (group: string, member: string) =>
  (await byHand(stage.tables).read(membershipKey(tenantId, group, member))) !== undefined;

test('a deleted user is kept for 30 days as it was, with its groups', async () => {
  const id = await newUser();
  const staff = [await newGroup(id), await newGroup(id)];
  const { by: _, ...stored } = (await new DynamoStore(stage.tables).get(users, id)) ?? {};
  const records = await remove(`/Users/${id}`);
  expect((await bodyOf(id))?.kept).toBeUndefined();
  expect(await stage.handle(records)).toEqual([]);

  const body = await bodyOf(id);
  expect(body?.kept).toEqual({ stored, groups: [...staff].sort(), members: [], additions: 0 });
  const keptFor = (body?.expires ?? 0) - Date.parse(body?.deleted ?? '');
  // Stream records have the time in seconds.
  expect(Math.abs(keptFor - 30 * day)).toBeLessThan(60_000);
});

test('a deleted group is kept with its members and the groups that it was in', async () => {
  const [anna, ben] = [await newUser(), await newUser()];
  const inner = await newGroup(anna);
  await writeMembers(stage.tables, tenantId, inner, [{ value: ben }], []);
  const outer = await newGroup();
  await writeMembers(stage.tables, tenantId, outer, [{ value: inner, type: 'Group' }], []);
  await writeMembers(stage.tables, tenantId, inner, [{ value: outer, type: 'Group' }], []);
  expect(await stage.handle(await remove(`/Groups/${inner}`))).toEqual([]);

  const kept = (await bodyOf(inner))?.kept;
  expect(kept?.groups).toEqual([outer]);
  expect(kept?.members).toHaveLength(3);
  expect(kept?.members).toEqual(
    expect.arrayContaining([{ value: anna }, { value: ben }, { value: outer, type: 'Group' }]),
  );
});

test.each([
  [keptMemberships, 'all of them'],
  [keptMemberships + 1, 'only how many they are'],
])('of %i members, a deleted group is kept with %s', async (count) => {
  const id = await newGroup();
  const members = Array.from({ length: count }, () => ({ value: randomUUID() }));
  await writeMembers(stage.tables, tenantId, id, members, []);
  expect(await stage.handle(await remove(`/Groups/${id}`))).toEqual([]);
  const { members: kept } = (await bodyOf(id))?.kept ?? {};
  if (count > keptMemberships) expect(kept).toBe(count);
  else expect(kept).toHaveLength(count);
});

test('a deletion that comes again changes nothing, though the memberships are gone by then', async () => {
  const id = await newUser();
  await newGroup(id);
  const records = await remove(`/Users/${id}`);
  await stage.handle(records);
  const body = await bodyOf(id);
  for (let time = 0; time < 2; time++) expect(await stage.handle(records)).toEqual([]);
  expect(await bodyOf(id)).toEqual(body);
});

test('a deletion that comes again adds nothing to the next deletion of the same id', async () => {
  const id = await newUser();
  const records = await remove(`/Users/${id}`);
  const store = new DynamoStore(stage.tables);
  await stage.handle(records);
  const { stored } = (await bodyOf(id))?.kept ?? {};
  if (!stored) throw new Error('The user was not kept.');
  const again = { stored: { ...stored, version: stored.version + 2 }, entries: [] };
  await store.create(users, again);
  await store.remove(users, again, { deleted: new Date().toISOString(), by: { request: 'r' } });
  await stage.handle(records);
  expect((await bodyOf(id))?.kept).toBeUndefined();
});

test('what was erased is not kept, though the stream has it', async () => {
  const id = await newUser();
  const store = new DynamoStore(stage.tables);
  const stored = await store.get(users, id);
  if (!stored) throw new Error('The user is not there.');
  stage.take();
  await store.remove(users, { stored, entries: [] }, { deleted: new Date().toISOString() });
  expect(await stage.handle(stage.take().directory)).toEqual([]);
  expect(await bodyOf(id)).toBeUndefined();
});

test('with a retention of 0 days nothing is kept but what was deleted, when and by whom', async () => {
  const id = await newUser();
  const [record] = (await remove(`/Users/${id}`)).filter(({ eventName }) => eventName === 'REMOVE');
  if (!record) throw new Error('There is no record of the deletion.');
  await keepDeleted(stage.tables, 0, record, await readLeftovers(stage.tables, users, id));
  expect((await bodyOf(id))?.kept).toBeUndefined();
});

test('another retention counts for what is deleted from then on', async () => {
  const ids = [await newUser(), await newUser()];
  const left = { asMember: [], asGroup: [] };
  const days: number[] = [];
  for (const [at, id] of ids.entries()) {
    for (const record of await remove(`/Users/${id}`)) await keepDeleted(stage.tables, at === 0 ? 30 : 7, record, left);
    const first = await bodyOf(ids[0] ?? '');
    const body = await bodyOf(id);
    days.push(Math.round(((body?.expires ?? 0) - Date.parse(body?.deleted ?? '')) / day));
    expect(Math.round(((first?.expires ?? 0) - Date.parse(first?.deleted ?? '')) / day)).toBe(30);
  }
  expect(days).toEqual([30, 7]);
});

test.each(['UpdateItem', 'Query', 'GetItem', 'BatchWriteItem', 'SendMessage'])(
  'while %s fails, a user is not lost and its memberships are not; the next delivery keeps both',
  async (operation) => {
    jest.spyOn(process.stdout, 'write').mockReturnValue(true);
    const id = await newUser();
    const staff = await newGroup(id);
    const records = await remove(`/Users/${id}`);
    stage.fault = (called) => (called === operation ? 'down' : undefined);
    const failed = await stage.handle(records);
    expect(failed).toHaveLength(1);
    const kept = (await bodyOf(id))?.kept;
    if (kept === undefined) expect(await isMember(staff, id)).toBe(true);

    stage.fault = () => undefined;
    expect(await stage.handle(records)).toEqual([]);
    expect((await bodyOf(id))?.kept?.groups).toEqual([staff]);
    expect(await isMember(staff, id)).toBe(false);
    jest.restoreAllMocks();
  },
);

test('a deletion that comes again after the last sweep deletes no membership of a resource that is there again', async () => {
  const id = await newUser();
  const staff = await newGroup(id);
  const records = await remove(`/Users/${id}`);
  await stage.handle(records);
  await finishSweep(stage.tables, users, id);
  await writeMembers(stage.tables, tenantId, staff, [{ value: id }], []);
  expect(await stage.handle(records)).toEqual([]);
  expect(await isMember(staff, id)).toBe(true);
});

test('of a group, too', async () => {
  const member = await newUser();
  const id = await newGroup(member);
  const records = await remove(`/Groups/${id}`);
  await stage.handle(records);
  await finishSweep(stage.tables, groups, id);
  await writeMembers(stage.tables, tenantId, id, [{ value: member }], []);
  expect(await stage.handle(records)).toEqual([]);
  expect(await isMember(id, member)).toBe(true);
});
