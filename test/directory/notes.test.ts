import type { ScimRequest } from '../../lambda/directory/request';
import { groupType, userType } from '../../lambda/directory/resource-types';
import type { Collection } from '../../lambda/directory/store';
import { dispatch } from '../../lambda/gateway/dispatch';
import { resourceEndpoints } from '../../lambda/gateway/endpoints';
import type { Json } from '../../lambda/scim/json';
import { DynamoStore } from '../../lambda/store/dynamo-store';
import { tombstoneBodyKey } from '../../lambda/store/keys';
import { getItem } from '../../lambda/store/tables';
import { type OpenTables, openTables } from '../store/open-tables';
import { patchBody, request, servicesOver, userBody } from './requests';

const endpoints = [userType, groupType].flatMap(resourceEndpoints);
const tenantId = 'tenantaaaaaa';
const users: Collection = { tenantId, type: 'User' };
const groups: Collection = { tenantId, type: 'Group' };
const origin = { address: '192.0.2.1', agent: 'Okta SCIM Client 1.0.0', received: Date.now() };

let open: OpenTables;
beforeAll(async () => {
  open = await openTables();
});
afterAll(() => open.close());

/** Sends a request. Resolves to its own id and the id of the resource. */
async function send(method: string, path: string, body?: Json): Promise<{ readonly sent: ScimRequest; id: string }> {
  const made = request(method, path, { profile: 'standard', ...(body !== undefined && { body }) });
  const sent: ScimRequest = { ...made, origin, caller: { ...made.caller, credentialLabel: 'Okta' } };
  const { body: answer = {} } = await dispatch(endpoints, sent)(servicesOver(new DynamoStore(open.tables)), sent);
  return { sent, id: String(answer.id ?? sent.path[1]) };
}

const noteIn = async (collection: Collection, id: string) =>
  (await new DynamoStore(open.tables).get(collection, id))?.by;

const by = ({ requestId, method }: ScimRequest) => ({
  request: requestId,
  credential: 'tokenaaaaaaa',
  label: 'Okta',
  method,
  address: '192.0.2.1',
  agent: 'Okta SCIM Client 1.0.0',
  milliseconds: expect.any(Number),
});

async function newUsers(count: number, prefix: string): Promise<readonly string[]> {
  const made = Array.from({ length: count }, (_, at) => send('POST', '/Users', userBody(`${prefix}${at}`)));
  return (await Promise.all(made)).map(({ id }) => id);
}

const membersValue = (ids: readonly string[]) => ids.map((value) => ({ value }));

test('a user carries the note of the request that wrote it last', async () => {
  const { sent, id } = await send('POST', '/Users', userBody('noted'));
  expect(await noteIn(users, id)).toEqual(by(sent));
  const patched = await send('PATCH', `/Users/${id}`, patchBody({ op: 'replace', path: 'active', value: false }));
  expect(await noteIn(users, id)).toEqual(by(patched.sent));
  const renamed = await send('PUT', `/Users/${id}`, userBody('renamed'));
  expect(await noteIn(users, id)).toEqual(by(renamed.sent));
});

test('a request that changes nothing leaves the note', async () => {
  const { sent, id } = await send('POST', '/Users', userBody('still'));
  await send('PUT', `/Users/${id}`, userBody('still'));
  expect(await noteIn(users, id)).toEqual(by(sent));
});

test('a tombstone carries the note of the deletion', async () => {
  const { id } = await send('POST', '/Users', userBody('gone'));
  const { sent } = await send('DELETE', `/Users/${id}`);
  expect(await getItem(open.tables, open.tables.directory, tombstoneBodyKey(tenantId, id))).toMatchObject({
    by: by(sent),
  });
});

test('the note of a group says how its members changed, and names them if they are few', async () => {
  const ids = await newUsers(12, 'member');
  const [one = '', two = '', ...ten] = ids;
  const { sent, id } = await send('POST', '/Groups', { displayName: 'Noted', members: membersValue([one]) });
  const names = (added: readonly string[], removed: readonly string[]) => ({
    added: added.length,
    removed: removed.length,
    ids: { added: [...added].sort(), removed },
  });
  expect(await noteIn(groups, id)).toEqual({ ...by(sent), members: names([one], []) });

  const added = await send(
    'PATCH',
    `/Groups/${id}`,
    patchBody({ op: 'add', path: 'members', value: membersValue([two]) }),
  );
  expect(await noteIn(groups, id)).toEqual({ ...by(added.sent), members: names([two], []) });

  const replace = { op: 'replace', path: 'members', value: membersValue(ten) };
  const replaced = await send('PATCH', `/Groups/${id}`, patchBody(replace));
  expect(await noteIn(groups, id)).toEqual({ ...by(replaced.sent), members: { added: 10, removed: 2 } });

  await send('DELETE', `/Users/${ten[0]}`);
  const skipping = await send('PUT', `/Groups/${id}`, { displayName: 'Noted', members: membersValue(ten.slice(0, 9)) });
  expect(await noteIn(groups, id)).toEqual({
    ...by(skipping.sent),
    members: { ...names([], [ten[9] ?? '']), skipped: 1 },
  });

  const cleared = await send('PUT', `/Groups/${id}`, { displayName: 'Noted' });
  expect(await noteIn(groups, id)).toMatchObject({ ...by(cleared.sent), members: { removed: 8, cleared: true } });
});

test('a note is short', async () => {
  const { id } = await send('POST', '/Groups', { displayName: 'Lean' });
  const item = await getItem(open.tables, open.tables.directory, { pk: `${tenantId}#GROUP`, sk: id });
  expect(Buffer.byteLength(JSON.stringify(item?.by))).toBeLessThan(300);
});
