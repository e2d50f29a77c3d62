import { bulkHandler } from '../../lambda/directory/bulk';
import { resourceTypes } from '../../lambda/directory/resource-types';
import { dispatch } from '../../lambda/gateway/dispatch';
import { resourceEndpoints } from '../../lambda/gateway/endpoints';
import { type ProxyHandler, scimHandler } from '../../lambda/gateway/handler';
import type { JsonObject } from '../../lambda/scim/json';
import { DynamoStore } from '../../lambda/store/dynamo-store';
import { tablesFromEnvironment } from '../../lambda/store/tables';
import { type Endpoint, startEndpoint, type TenantAccess } from '../../local/endpoint';
import { patchBody, servicesOver, userBody } from '../directory/requests';

interface Told {
  readonly status: string;
  readonly location?: string;
  readonly response?: { readonly detail?: string };
}

let endpoint: Endpoint;
let tenant: TenantAccess;
/** How many milliseconds pass whenever `bulk` reads its clock. */
let step = 0;

beforeAll(async () => {
  let handler: ProxyHandler | undefined;
  endpoint = await startEndpoint({
    memory: true,
    port: 0,
    // The tables are named once the endpoint has started.
    handlers: {
      bulk: (event) => {
        handler ??= bulkWithClock();
        return handler(event);
      },
    },
  });
  tenant = await endpoint.createTenant({ label: 'work', profile: 'standard' });
});
afterAll(() => endpoint.close());

/** The function `bulk` with a clock of ours. */
function bulkWithClock(): ProxyHandler {
  let passed = 0;
  const operations = resourceTypes.flatMap(resourceEndpoints);
  const bulk = bulkHandler(
    (services, request) => dispatch(operations, request)(services, request),
    (error) => {
      throw error;
    },
  );
  const now = () => {
    passed += step;
    return new Date(Date.now() + passed);
  };
  const services = { ...servicesOver(new DynamoStore(tablesFromEnvironment())), now };
  return scimHandler([{ path: ['Bulk'], methods: new Map([['POST', bulk]]) }], services, {
    deployment: 'directory',
    function: 'bulk',
    log: () => {},
    recordUse: async () => {},
    state: async () => ({}),
    consumption: () => ({ readUnits: 0, writeUnits: 0, conflicts: 0 }),
  });
}

async function send(method: string, path: string, body?: JsonObject) {
  const response = await fetch(tenant.baseUrl + path, {
    method,
    headers: { Authorization: `Bearer ${tenant.token}`, 'Content-Type': 'application/scim+json' },
    ...(body && { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as JsonObject };
}

async function sendBulk(operations: readonly JsonObject[]): Promise<readonly Told[]> {
  const { status, body } = await send('POST', '/Bulk', { Operations: operations });
  expect(status).toBe(200);
  return body.Operations as unknown as readonly Told[];
}

/** A user of 290 KB. */
const large = (name: string) =>
  userBody(name, { roles: Array.from({ length: 36 }, (_, at) => ({ value: `${at}${'x'.repeat(8000)}` })) });

/** How many operations were done; the others were not reached, and say so. */
function doneOf(told: readonly Told[], status: string): number {
  const done = told.filter((each) => each.status === status).length;
  expect(told.map((each) => each.status)).toEqual([
    ...Array(done).fill(status),
    ...Array(told.length - done).fill('429'),
  ]);
  expect(told.at(-1)?.response?.detail).toMatch(/not done.* Send it in another request\./);
  expect(done).toBeGreaterThan(0);
  return done;
}

test('a search that is too much work is refused, and says which filters an index serves', async () => {
  for (const at of [1, 2, 3]) expect((await send('POST', '/Users', large(`large${at}`))).status).toBe(201);
  const terms = (count: number) => Array.from({ length: count }, (_, at) => `roles.value co "y${at}"`).join(' or ');

  const refused = await send('POST', '/Users/.search', { filter: terms(150) });
  expect(refused).toMatchObject({ status: 400, body: { scimType: 'tooMany' } });
  expect(refused.body.detail).toMatch(/more work than one request may be.*userName, externalId, emails\.value/);

  expect(await send('POST', '/Users/.search', { filter: terms(10) })).toMatchObject({
    status: 200,
    body: { totalResults: 0 },
  });
  const narrowed = { filter: `userName eq "large1@example.com" and (${terms(100)})` };
  expect((await send('POST', '/Users/.search', narrowed)).status).toBe(200);
});

test('a bulk request that runs out of work answers what was done, and 429 for the rest', async () => {
  const { body } = await send('POST', '/Users', large('changed'));
  const told = await sendBulk(
    Array.from({ length: 100 }, (_, at) => ({
      method: 'PATCH',
      path: `/Users/${body.id}`,
      data: patchBody({ op: 'replace', path: 'title', value: `title ${at}` }),
    })),
  );
  const done = doneOf(told, '200');
  expect((await send('GET', `/Users/${body.id}`)).body.title).toBe(`title ${done - 1}`);
});

test('a bulk request that runs out of time answers what was done, and 429 for the rest', async () => {
  step = 1000;
  const told = await sendBulk(
    Array.from({ length: 60 }, (_, at) => ({
      method: 'POST',
      path: '/Users',
      bulkId: `u${at}`,
      data: userBody(`late${at}`),
    })),
  );
  step = 0;
  const done = doneOf(told, '201');
  const { body } = await send('GET', '/Users?filter=userName+sw+"late"');
  expect(body.totalResults).toBe(done);
});
