import { groupType, userType } from '../../lambda/directory/resource-types';
import type { Collection } from '../../lambda/directory/store';
import { dispatch } from '../../lambda/gateway/dispatch';
import { resourceEndpoints } from '../../lambda/gateway/endpoints';
import type { Json } from '../../lambda/scim/json';
import type { ProfileName } from '../../lambda/scim/schema/profile';
import { Work, workLimit } from '../../lambda/scim/work';
import { batchWrite } from '../../lambda/store/batches';
import { DynamoStore } from '../../lambda/store/dynamo-store';
import { resourceItem } from '../../lambda/store/items';
import { deletionKey } from '../../lambda/store/keys';
import { membershipItem } from '../../lambda/store/memberships';
import { type OpenTables, openTables } from '../store/open-tables';
import { patchBody, request, servicesOver } from './requests';

const tenantId = 'tenantgroups';
const groups: Collection = { tenantId, type: 'Group' };
const users: Collection = { tenantId, type: 'User' };
const instant = '2026-11-24T07:00:00.000Z';
const idOf = (at: number) => `${(at % 16).toString(16)}0000000-0000-4000-8000-${String(at).padStart(12, '0')}`;
const members = (from: number, count: number) => Array.from({ length: count }, (_, at) => ({ value: idOf(from + at) }));

/** What one request may change, and the part of it that is measured: a change counts the same among few and many. */
const most = 20_000;
const part = 1000;
const userAt = 10_000;
const [added, replaced, twin, untouched] = [idOf(9001), idOf(9002), idOf(9003), idOf(9004)];

let open: OpenTables;
beforeAll(async () => {
  open = await openTables();
  const item = (collection: Collection, id: string, resource = {}) =>
    resourceItem(collection, { id, version: 1, created: instant, modified: instant, resource });
  await batchWrite(open.tables, open.tables.directory, [
    ...members(0, part).map(({ value }) => ({ put: item(groups, value) })),
    ...members(userAt, part).map(({ value }) => ({ put: item(users, value) })),
    ...[added, replaced, twin, untouched].map((id) => ({ put: item(groups, id) })),
  ]);
  await batchWrite(
    open.tables,
    open.tables.memberships,
    members(20_000, part / 2).map((member) => ({ put: membershipItem(tenantId, replaced, member) })),
  );
});
afterAll(() => open.close());

async function send(profile: ProfileName, method: string, path: string, work: Work, body?: Json) {
  const sent = { ...request(method, path, { tenantId, profile, ...(body !== undefined && { body }) }), work };
  const endpoints = [userType, groupType].flatMap(resourceEndpoints);
  return dispatch(endpoints, sent)(servicesOver(new DynamoStore(open.tables)), sent);
}

const add = (value: Json) => patchBody({ op: 'add', path: 'members', value });

test.each([
  ['standard', 'POST', '/Groups', 201, { displayName: 'New', members: members(0, part) }],
  ['standard', 'PATCH', `/Groups/${added}`, 204, add(members(0, part))],
  ['standard', 'PUT', `/Groups/${replaced}`, 200, { displayName: 'Other', members: members(0, part / 2) }],
  ['aws-scim-clients', 'POST', '/Groups', 201, { displayName: 'New users', members: members(userAt, part) }],
] as const)(
  '%s: %s of 20,000 memberships is within the work of a request',
  async (profile, method, path, expected, body) => {
    const work = new Work();
    const { status } = await send(profile, method, path, work, body);
    expect(status).toBe(expected);
    expect(work.units * (most / part)).toBeLessThan(workLimit);
  },
);

test('changes of memberships count before the first of them is written', async () => {
  const enough = new Work();
  await send('standard', 'PATCH', `/Groups/${twin}`, enough, add(members(userAt, 50)));

  // Nothing is left to write, and all else is the same.
  const again = new Work();
  await send('standard', 'PATCH', `/Groups/${twin}`, again, add(members(userAt, 50)));
  expect(enough.units - again.units).toBeGreaterThan(50 * 1000);

  const tooFew = new Work(enough.units - 1);
  const change = send('standard', 'PATCH', `/Groups/${untouched}`, tooFew, add(members(userAt, 50)));
  await expect(change).rejects.toMatchObject({ status: 413 });
  const { body } = await send('standard', 'GET', `/Groups/${untouched}`, new Work());
  expect(body?.members).toEqual([]);
});

test('all operations of a bulk request together change no more memberships than one request may', async () => {
  const work = new Work();
  work.changeMemberships(most - 50, 0);
  const post = (displayName: string, count: number) =>
    send('standard', 'POST', '/Groups', work, { displayName, members: members(userAt, count) });
  await expect(post('The last that fits', 50)).resolves.toMatchObject({ status: 201 });
  await expect(post('One too many', 1)).rejects.toMatchObject({ status: 413 });
  expect(work.isSpent).toBe(true);
});

test('marks of deletions count for each read of memberships', async () => {
  const before = new Work();
  await send('standard', 'GET', `/Groups/${untouched}`, before);
  const marks = members(30_000, 500).map(({ value }) => ({
    put: { ...deletionKey(tenantId, value), deleted: instant },
  }));
  await batchWrite(open.tables, open.tables.directory, marks);
  const after = new Work();
  await send('standard', 'GET', `/Groups/${untouched}`, after);
  expect(after.units - before.units).toBeGreaterThan(500 * 100);
});
