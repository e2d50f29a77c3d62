import { putRow } from '../../lambda/store/activity';
import { type Deployment, openDeployment } from '../../operator/connection/open';
import { type LocalEndpoint, startLocal } from '../cli/local-endpoint';
import { rowAt } from '../operator/activity/rows';
import { callerOf } from './client';
import { openTenant } from './scim-tenant';

let endpoint: LocalEndpoint;
let deployment: Deployment;
let call: ReturnType<typeof callerOf>;

beforeAll(async () => {
  endpoint = await startLocal({ console: true, events: true });
  deployment = await openDeployment({ stack: '', local: endpoint.data });
  call = callerOf(endpoint.console ?? '');
});

afterAll(async () => {
  deployment.close();
  await endpoint.close();
});

const open = (label: string) => openTenant(endpoint, label);

async function find(tenant: string, text: string, type: 'User' | 'Group' = 'User') {
  await endpoint.settled();
  return call('resources.find', { tenant, type, text });
}

const names = (rows: readonly { readonly name?: string }[]) => rows.map(({ name }) => name);

test('a user is found by userName, email, externalId and id, in any letter case where SCIM compares so', async () => {
  const tenant = await open('found');
  const emails = [{ value: 'a.example@work.example', type: 'work', primary: true }];
  const id = await tenant.create('Users', { userName: 'anna@example.com', externalId: 'Ext-7', emails });
  for (const text of [
    'anna@example.com',
    'ANNA@example.com',
    ' anna@example.com ',
    'a.example@work.example',
    'Ext-7',
    id,
  ]) {
    const { found, answer, similar } = await find('found', text);
    expect([text, names(found), answer.code]).toEqual([text, ['anna@example.com'], 'present']);
    expect(similar).toEqual([]);
  }
  expect((await find('found', 'ext-7')).found).toEqual([]);
});

test('a user who was refused: the cause, how often, and what to do', async () => {
  const tenant = await open('refused');
  const anna = { userName: 'anna@example.com', displayName: 'Anna' };
  for (let time = 0; time < 2; time++) await tenant.send('POST', '/Users', anna);
  // By the whole name, in any letter case, and by a part of it.
  for (const text of ['Anna@Example.com', 'anna', 'Anna exa']) {
    const { found, failures, answer } = await find('refused', text);
    expect([found, failures.length]).toEqual([[], 2]);
    expect(answer).toMatchObject({
      code: 'refused',
      sentence: expect.stringMatching(
        /^The identity provider tried 2 times to create the user anna@example\.com, and was refused, last on .* with 400: .*familyName is required/,
      ),
      remedy: { text: expect.stringContaining('Give the attribute a value'), docs: expect.stringContaining('docs/') },
    });
  }
});

test('a refusal that a later creation has helped is history', async () => {
  const tenant = await open('helped');
  await tenant.send('POST', '/Users', { userName: 'anna@example.com' });
  await tenant.create('Users', { userName: 'anna@example.com' });
  expect((await find('helped', 'anna@example.com')).answer.code).toBe('present');
  expect((await find('helped', 'anna')).answer.code).toBe('similar');
});

test('a user who was deleted: when, by whom, and that it can be restored', async () => {
  const tenant = await open('deleted');
  const id = await tenant.create('Users', { userName: 'anna@example.com' });
  await tenant.send('DELETE', `/Users/${id}`);
  for (const text of ['anna@example.com', 'anna', id]) {
    const { deleted, answer } = await find('deleted', text);
    expect(names(deleted)).toEqual(['anna@example.com']);
    expect(answer).toMatchObject({
      code: 'deleted',
      sentence: expect.stringMatching(/^User anna@example\.com was deleted on .* by \w{12}\. It is kept until /),
      remedy: { to: { screen: 'deleted', tenant: 'deleted' } },
    });
  }
});

test('of a refusal and a deletion, the later one is the answer', async () => {
  const tenant = await open('both');
  const id = await tenant.create('Users', { userName: 'anna@example.com' });
  await tenant.send('DELETE', `/Users/${id}`);
  await tenant.send('POST', '/Users', { userName: 'anna@example.com' });
  expect((await find('both', 'anna@example.com')).answer.code).toBe('refused');
});

test('a user who was deleted and is not kept any more', async () => {
  const { tenantId } = await open('gone');
  const table = deployment.activity;
  if (!table) throw new Error('no table');
  const change = { kind: 'change', template: 'deleted', resource: { type: 'User', id: 'x' } } as const;
  await putRow(table, { ...rowAt(tenantId, 5), ...change, personal: { name: 'anna@example.com' } });
  expect((await find('gone', 'anna@example.com')).answer).toMatchObject({
    code: 'gone',
    sentence: expect.stringMatching(/^User anna@example\.com was deleted on .*, and is not kept\.$/),
  });
});

test('a user who is here, but disabled', async () => {
  const tenant = await open('disabled');
  await tenant.create('Users', { userName: 'anna@example.com', active: false });
  const { answer, found } = await find('disabled', 'anna@example.com');
  expect([answer.code, found[0]?.active]).toEqual(['disabled', false]);
});

test('a user whose last change was refused', async () => {
  const tenant = await open('unchanged');
  const id = await tenant.create('Users', { userName: 'anna@example.com' });
  expect(await tenant.send('PUT', `/Users/${id}`, { userName: 'anna@example.com' })).toBe(400);
  expect((await find('unchanged', 'anna@example.com')).answer).toMatchObject({
    code: 'present',
    sentence: expect.stringMatching(
      /^anna@example\.com is here; .* A request after that failed, last on .* with 400: /,
    ),
    remedy: { text: expect.any(String) },
  });
});

test('only others have similar names: they are listed', async () => {
  const tenant = await open('similar');
  await tenant.create('Users', { userName: 'hannah@example.com', displayName: 'Hannah Example' });
  const { answer, similar } = await find('similar', 'HANNAH EX');
  expect([answer.code, names(similar)]).toEqual(['similar', ['hannah@example.com']]);
  expect(answer.sentence).toContain('Similar: hannah@example.com.');
});

test('a name of which nothing is known: the identity provider has not sent it', async () => {
  await open('silent');
  const { answer } = await find('silent', 'anna@example.com');
  expect(answer).toMatchObject({ code: 'unknown', sentence: expect.stringContaining('has probably not sent it') });
});

test.each([
  ['paused', () => call('settings.setPaused', { tenant: 'stopped', paused: true }), /is paused since/],
  ['disabled', () => call('settings.setEnabled', { tenant: 'stopped', enabled: false }), /is disabled/],
] as const)('nothing is known, and the tenant is %s: that is why', async (_, stop, sentence) => {
  if (!(await call('tenants.list', { search: 'stopped' })).total) await open('stopped');
  await stop();
  expect((await find('stopped', 'anna@example.com')).answer).toMatchObject({
    code: 'unknown',
    sentence: expect.stringMatching(sentence),
    remedy: { to: { screen: 'settings', tenant: 'stopped' } },
  });
});

test('groups are found in the same way', async () => {
  const tenant = await open('groups');
  await tenant.create('Groups', { displayName: 'Engineering', externalId: 'g-1' });
  expect(names((await find('groups', 'engineering', 'Group')).found)).toEqual(['Engineering']);
  expect(names((await find('groups', 'g-1', 'Group')).found)).toEqual(['Engineering']);
  const { answer, similar } = await find('groups', 'gine', 'Group');
  expect([answer.code, names(similar)]).toEqual(['similar', ['Engineering']]);
  expect((await find('groups', 'Engineering')).answer.code).toBe('unknown');
});

test.each(['"', '\\', '%', "'", '*', '\u0000', 'ſ', '#', 'a'.repeat(1024), '💥'])(
  'the text %j is a text as any other',
  async (text) => {
    if (!(await call('tenants.list', { search: 'odd' })).total) await open('odd');
    expect((await find('odd', text)).answer.code).toBe('unknown');
  },
);

test('another tenant is never looked at', async () => {
  const tenant = await open('mine');
  await open('yours');
  await tenant.create('Users', { userName: 'anna@example.com' });
  await tenant.send('POST', '/Users', { userName: 'otto@example.com' });
  const [anna, otto] = [await find('yours', 'anna@example.com'), await find('yours', 'otto')];
  expect([anna.answer.code, otto.answer.code]).toEqual(['unknown', 'unknown']);
  expect([...anna.similar, ...otto.failures]).toEqual([]);
});
