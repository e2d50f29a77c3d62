import type { ActivityRow } from '../../lambda/activity/row';
import { putRow } from '../../lambda/store/activity';
import { type Endpoint, startEndpoint, type TenantAccess } from '../../local/endpoint';
import { userBody } from '../directory/requests';
import { rowAt } from '../operator/activity/rows';
import { openSession, placeOf, scim, until } from './set-up';

let endpoint: Endpoint;

beforeAll(async () => {
  endpoint = await startEndpoint({ memory: true, port: 0, profile: 'standard' });
});
afterAll(() => endpoint.close());

const disabling = {
  schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
  Operations: [{ op: 'replace', path: 'active', value: false }],
};

/** A tenant, and the states of its failures by their status, as the portal shows them. */
async function open(label: string) {
  const tenant = await endpoint.createTenant({ label });
  const browser = await openSession(endpoint, tenant.tenantId);
  const states = async () =>
    Object.fromEntries(
      (await browser.get('failures.list', {})).failures.map(({ status, state, subjects }) => [
        status,
        [state, ...subjects.map(({ isSolved }) => isSolved)],
      ]),
    );
  return { tenant, states };
}

/** Writes a row of so many hours ago. */
async function put({ tenantId }: TenantAccess, hours: number, more: Partial<ActivityRow>): Promise<void> {
  const time = new Date(Date.now() - hours * 3_600_000).toISOString();
  const table = { client: placeOf(endpoint).tables.client, name: 'activity' };
  const { resource: _, personal: __, ...unnamed } = rowAt(tenantId, hours);
  await putRow(table, { ...unnamed, time, ...more });
}

const unknownFilter: Partial<ActivityRow> = {
  kind: 'failure',
  template: 'readFailed',
  status: 400,
  remedy: 'wrongFilter',
};

test('a change of a user that was deleted is solved when the user is there again, with another id', async () => {
  const { tenant, states } = await open('gone');
  const { id } = (await scim(tenant, 'POST', '/Users', userBody('anna'))).body;
  await scim(tenant, 'DELETE', `/Users/${id}`);
  expect((await scim(tenant, 'PATCH', `/Users/${id}`, disabling)).status).toBe(404);
  await until(states, (all) => 404 in all);
  await endpoint.settled();
  expect(await states()).toEqual({ 404: ['open', false] });
  expect((await scim(tenant, 'POST', '/Users', userBody('anna'))).status).toBe(201);
  expect(await states()).toEqual({ 404: ['solved', true] });
});

test('a user that exists already is solved when it was changed, not because it exists', async () => {
  const { tenant, states } = await open('taken');
  const { id } = (await scim(tenant, 'POST', '/Users', userBody('carl'))).body;
  expect((await scim(tenant, 'POST', '/Users', userBody('carl'))).status).toBe(409);
  await until(states, (all) => 409 in all);
  expect(await states()).toEqual({ 409: ['open', false] });
  await scim(tenant, 'PATCH', `/Users/${id}`, disabling);
  expect(await states()).toEqual({ 409: ['solved', true] });
});

test('what names nobody is past when it has not come for a day in which others succeeded', async () => {
  const { tenant, states } = await open('quiet');
  await put(tenant, 30, unknownFilter);
  expect(await states()).toEqual({ 400: ['open'] });
  await put(tenant, 2, { kind: 'read', template: 'listed' });
  expect(await states()).toEqual({ 400: ['quiet'] });
  await put(tenant, 1, unknownFilter);
  expect(await states()).toEqual({ 400: ['open'] });
});

test('a cause is open as long as one of many users is, also one that the list leaves out', async () => {
  const { tenant, states } = await open('many');
  for (let index = 0; index < 21; index += 1) {
    const body = userBody(`user${index}`, { active: 'perhaps' });
    expect((await scim(tenant, 'POST', '/Users', body)).status).toBe(400);
  }
  await until(states, (all) => all[400]?.length === 21);
  for (let index = 1; index < 21; index += 1) await scim(tenant, 'POST', '/Users', userBody(`user${index}`));
  expect(await states()).toEqual({ 400: ['open', ...Array(20).fill(true)] });
  await scim(tenant, 'POST', '/Users', userBody('user0'));
});
