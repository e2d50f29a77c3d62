import { bulkHandler } from '../../lambda/directory/bulk';
import type { ScimRequest, Services } from '../../lambda/directory/request';
import { resourceTypes } from '../../lambda/directory/resource-types';
import { dispatch } from '../../lambda/gateway/dispatch';
import { resourceEndpoints } from '../../lambda/gateway/endpoints';
import type { JsonObject } from '../../lambda/scim/json';
import { Work, workLimit } from '../../lambda/scim/work';
import { DynamoStore } from '../../lambda/store/dynamo-store';
import { type OpenTables, openTables } from '../store/open-tables';
import { request, servicesOver, userBody } from './requests';

const endpoints = resourceTypes.flatMap(resourceEndpoints);
const schemas = ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'];

interface Told {
  readonly status: string;
  readonly location?: string;
  readonly version?: string;
  readonly response?: { readonly detail: string };
}

let open: OpenTables;
beforeAll(async () => {
  open = await openTables();
});
afterAll(() => open.close());

/** Runs a bulk request. Returns the result of each operation, and the requests that it made for them. */
async function bulk(
  tenantId: string,
  operations: readonly JsonObject[],
  { services = {}, work = new Work() }: { services?: Partial<Services>; work?: Work } = {},
): Promise<{ told: readonly Told[]; sent: readonly ScimRequest[] }> {
  const sent: ScimRequest[] = [];
  const handle = bulkHandler((inner, one) => {
    sent.push(one);
    return dispatch(endpoints, one)(inner, one);
  }, fail);
  const all = { ...servicesOver(new DynamoStore(open.tables)), ...services };
  const asked = request('POST', '/Bulk', { tenantId, profile: 'standard', body: { schemas, Operations: operations } });
  const { body } = await handle(all, { ...asked, work });
  return { told: body?.Operations as unknown as readonly Told[], sent };
}

function fail(error: unknown): never {
  throw error;
}

const groupOf = (index: number, members: readonly number[]): JsonObject => ({
  method: 'POST',
  path: '/Groups',
  bulkId: `g${index}`,
  data: { displayName: `Group ${index}`, members: members.map((member) => ({ value: `bulkId:g${member}` })) },
});

async function membersOf(tenantId: string, { location = '' }: Told): Promise<number> {
  const store = new DynamoStore(open.tables);
  const id = location.split('/').at(-1) ?? '';
  return (await store.members(tenantId, [id])).get(id)?.length ?? 0;
}

test('groups that all refer to each other take one change each beyond their creation', async () => {
  const count = 30;
  const all = Array.from({ length: count }, (_, index) => index);
  const groups = all.map((index) =>
    groupOf(
      index,
      all.filter((other) => other !== index),
    ),
  );
  const { told, sent } = await bulk('tenantcircle', groups);
  expect(told.map(({ status }) => status)).toEqual(all.map(() => '201'));
  expect(sent.filter(({ method }) => method === 'POST')).toHaveLength(count);
  expect(sent.filter(({ method }) => method === 'PATCH').length).toBeLessThanOrEqual(count);
  expect(await Promise.all(told.map((each) => membersOf('tenantcircle', each)))).toEqual(all.map(() => count - 1));
  // The reported version is the one after the change: the group was created with 1.
  const versions = await Promise.all(told.map(({ location = '' }) => versionOf('tenantcircle', location)));
  expect(told.map(({ version }) => version)).toEqual(versions);
});

async function versionOf(tenantId: string, location: string): Promise<string> {
  const stored = await new DynamoStore(open.tables).get({ tenantId, type: 'Group' }, location.split('/').at(-1) ?? '');
  return `W/"${stored?.version}"`;
}

test('a group whose circle cannot be closed says that it was created, and what it lacks', async () => {
  const failing = { ...groupOf(0, [1]), data: { members: [{ value: 'bulkId:g1' }] } };
  const { told } = await bulk('tenantbroken', [failing, groupOf(1, [0])]);
  expect(told.map(({ status }) => status)).toEqual(['400', '400']);
  expect(told[1]?.response?.detail).toMatch(
    /^The group was created, but the members that refer to it were not added\. .*displayName is required/,
  );
  expect(await new DynamoStore(open.tables).count({ tenantId: 'tenantbroken', type: 'Group' })).toBe(1);
});

test('when the time of a request is used up, what was done is told, and 429 for the rest', async () => {
  let calls = 0;
  // Every read of the clock takes a second.
  const now = () => new Date(Date.UTC(2026, 0, 1) + 1000 * calls++);
  const users = Array.from({ length: 100 }, (_, index) => ({
    method: 'POST',
    path: '/Users',
    bulkId: `u${index}`,
    data: userBody(`late${index}`),
  }));
  const { told, sent } = await bulk('tenantlate', users as unknown as readonly JsonObject[], { services: { now } });
  const done = told.filter(({ status }) => status === '201').length;
  expect(told.map(({ status }) => status)).toEqual([...Array(done).fill('201'), ...Array(100 - done).fill('429')]);
  expect(done).toBeGreaterThan(0);
  expect(sent).toHaveLength(done);
  expect(told.at(-1)?.response?.detail).toMatch(/Send it in another request\./);
  const stored = await new DynamoStore(open.tables).count({ tenantId: 'tenantlate', type: 'User' });
  expect(stored).toBe(done);
});

describe('the work of all operations together', () => {
  const heavy = (index: number): JsonObject => ({
    method: 'PATCH',
    path: `/Users/none${index}`,
    data: { Operations: [{ op: 'remove', path: `roles[value eq "${'x'.repeat(4000)}"]` }] },
  });

  test('ends the request with 429 for what is left', async () => {
    const { told, sent } = await bulk('tenantheavy', [0, 1, 2, 3].map(heavy), { work: new Work(500_000) });
    expect(told.map(({ status }) => status)).toEqual(['404', '404', '429', '429']);
    expect(sent).toHaveLength(3);
  });

  test('is 413 where one operation alone takes too much', async () => {
    const { told } = await bulk('tenantalone', [0, 1].map(heavy), { work: new Work(50_000) });
    expect(told.map(({ status }) => status)).toEqual(['413', '429']);
  });

  test('is counted in one place', async () => {
    const work = new Work();
    await bulk('tenantsum', [0, 1, 2, 3].map(heavy), { work });
    expect(work.units).toBeGreaterThan(4 * 24 * 4000);
    expect(work.units).toBeLessThan(workLimit);
  });
});
