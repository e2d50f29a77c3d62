import { randomBytes } from 'node:crypto';
import { patchBody, userBody } from '../directory/requests';
import { openStage, type Stage } from './stage';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

let tenantId: string;
beforeEach(() => {
  tenantId = `t${randomBytes(5).toString('hex')}`;
  stage.take();
  stage.events.length = 0;
});

const send = async (method: string, path: string, body?: object) =>
  String((await stage.send(tenantId, method, path, body as Parameters<Stage['send']>[3])).id);

/** Passes all new records to the function. Resolves to the type, actor and cause of each event of the tenant. */
async function told() {
  stage.events.length = 0;
  const { directory, memberships } = stage.take();
  for (const records of [directory, memberships]) expect(await stage.handle(records)).toEqual([]);
  return stage.events
    .filter(({ detail }) => detail.tenantId === tenantId)
    .map(({ 'detail-type': type, detail }) => ({ type, actor: detail.actor, cause: detail.cause }));
}

const actor = { request: expect.stringMatching(/^[0-9a-f-]{36}$/), credential: 'tokenaaaaaaa' };

test('events of users and groups name the request and the credential, deletions too', async () => {
  const anna = await send('POST', '/Users', userBody('anna'));
  const staff = await send('POST', '/Groups', { displayName: 'Staff', members: [{ value: anna }] });
  await send('PATCH', `/Users/${anna}`, patchBody({ op: 'replace', path: 'active', value: false }));
  await send('DELETE', `/Groups/${staff}`);
  const events = (await told()).filter(({ type }) => !type.startsWith('Members'));
  expect(events).toEqual(
    ['User Created', 'Group Created', 'User Disabled', 'Group Deleted'].map((type) => ({ type, actor })),
  );
});

test('members that a request adds or removes have the actor, few and many, one request at a time', async () => {
  const users: string[] = [];
  for (let at = 0; at < 14; at++) users.push(await send('POST', '/Users', userBody(`user${at}`)));
  const value = users.map((id) => ({ value: id }));
  const staff = await send('POST', '/Groups', { displayName: 'Staff', members: value.slice(0, 12) });
  expect((await told()).filter(({ type }) => type === 'Members Added')).toEqual([{ type: 'Members Added', actor }]);
  await send('PATCH', `/Groups/${staff}`, patchBody({ op: 'add', path: 'members', value: value.slice(12) }));
  expect(await told()).toEqual([{ type: 'Members Added', actor }]);
  await send('PATCH', `/Groups/${staff}`, patchBody({ op: 'remove', path: `members[value eq "${users[0]}"]` }));
  expect(await told()).toEqual([{ type: 'Members Removed', actor }]);
  await send('PUT', `/Groups/${staff}`, { displayName: 'Staff' });
  expect(await told()).toEqual([{ type: 'Members Removed', actor }]);
});

test('an earlier change is not said to be the work of a later request', async () => {
  const [anna, ben] = [await send('POST', '/Users', userBody('anna')), await send('POST', '/Users', userBody('ben'))];
  const staff = await send('POST', '/Groups', { displayName: 'Staff', members: [{ value: anna }] });
  await send('PATCH', `/Groups/${staff}`, patchBody({ op: 'add', path: 'members', value: [{ value: ben }] }));
  const added = (await told()).filter(({ type }) => type === 'Members Added');
  expect(added).toEqual([{ type: 'Members Added' }, { type: 'Members Added', actor }]);
});

test('a sweep says which deletion caused it, and who deleted', async () => {
  const anna = await send('POST', '/Users', userBody('anna'));
  await send('POST', '/Groups', { displayName: 'Staff', members: [{ value: anna }] });
  await told();
  await send('DELETE', `/Users/${anna}`);
  await told();
  // The sweep has deleted the membership.
  expect(await told()).toEqual([
    { type: 'Members Removed', actor, cause: { reason: 'deleted', resourceType: 'User', id: anna } },
  ]);
});
