import type { APIGatewayProxyEvent } from 'aws-lambda';
import { groupType, userType } from '../../lambda/directory/resource-types';
import { resourceEndpoints } from '../../lambda/gateway/endpoints';
import { scimHandler } from '../../lambda/gateway/handler';
import { DynamoStore } from '../../lambda/store/dynamo-store';
import { countKey, resourceKey, tombstoneKey } from '../../lambda/store/keys';
import { servicesOver } from '../directory/requests';
import { byHand, type Hand, makeTenant, profile, type Tenant } from '../operator/store/check/tenant';
import { type OpenTables, openTables } from './open-tables';

let open: OpenTables;
let hand: Hand;
beforeAll(async () => {
  open = await openTables();
  hand = byHand(open.tables);
});
afterAll(() => open.close());

/** Sends a request as through the gateway. Returns the response, and the error in the log. */
async function send(
  { tenantId }: Tenant,
  httpMethod: string,
  path: string,
  { query = {}, sent }: { readonly query?: Readonly<Record<string, string>>; readonly sent?: object },
) {
  const lines: Readonly<Record<string, unknown>>[] = [];
  const handler = scimHandler(
    [userType, groupType].flatMap(resourceEndpoints),
    servicesOver(new DynamoStore(open.tables)),
    {
      deployment: 'directory',
      function: 'users',
      log: (entry) => lines.push(entry),
      recordUse: async () => {},
      state: async () => ({}),
      consumption: () => ({ readUnits: 0, writeUnits: 0, conflicts: 0 }),
    },
  );
  const { statusCode, body } = await handler({
    httpMethod,
    path: `/${tenantId}/scim/v2${path}`,
    resource: path,
    headers: {},
    queryStringParameters: query,
    body: sent ? JSON.stringify(sent) : null,
    isBase64Encoded: false,
    requestContext: {
      requestId: 'request',
      domainName: 'scim.example.com',
      path: `/prod/${tenantId}/scim/v2${path}`,
      authorizer: { tenantId, credentialId: 'token', scope: 'scim', profile },
    },
  } as unknown as APIGatewayProxyEvent);
  return { status: statusCode, body, log: JSON.stringify(lines) };
}

const get = (tenant: Tenant, path: string, query: Readonly<Record<string, string>> = {}) =>
  send(tenant, 'GET', path, { query });

interface Case {
  readonly name: string;
  readonly damage: (tenant: Tenant) => Promise<unknown>;
  readonly ask: (tenant: Tenant) => ReturnType<typeof send>;
  /** What the log must name. */
  readonly key: (tenant: Tenant) => string;
}

const filtered = (filter: string) => (tenant: Tenant) => get(tenant, '/Users', { filter });

const cases: readonly Case[] = [
  {
    name: 'a user of another format',
    damage: ({ users, anna }) => hand.change(resourceKey(users, anna), 'format', 2),
    ask: (tenant) => get(tenant, `/Users/${tenant.anna}`),
    key: ({ tenantId, anna }) => `pk=${tenantId}#USER sk=${anna}`,
  },
  {
    name: 'a user without its document, in a list',
    damage: ({ users, anna }) => hand.change(resourceKey(users, anna), 'resource', 'nonsense'),
    ask: (tenant) => get(tenant, '/Users'),
    key: ({ tenantId, anna }) => `pk=${tenantId}#USER sk=${anna}`,
  },
  {
    name: 'a claim that leads to no id',
    damage: ({ claim }) => hand.change(claim('anna@example.com'), 'id', 7),
    ask: filtered('userName eq "anna@example.com"'),
    key: ({ claim }) => `pk=${claim('anna@example.com').pk} sk=CLAIM`,
  },
  {
    name: 'a claim of another format',
    damage: ({ claim }) => hand.change(claim('anna@example.com'), 'format', 2),
    ask: filtered('userName eq "anna@example.com"'),
    key: ({ claim }) => `pk=${claim('anna@example.com').pk} sk=CLAIM`,
  },
  {
    name: 'a total that is no number',
    damage: ({ users, anna }) => hand.change(countKey(users, anna), 'total', 'many'),
    ask: (tenant) => get(tenant, '/Users'),
    key: ({ tenantId, anna }) => `pk=${tenantId}#COUNT#USER sk=${anna.slice(0, 2)}`,
  },
  {
    name: 'a row of counts of another format',
    damage: ({ users, anna }) => hand.change(countKey(users, anna), 'format', 2),
    ask: (tenant) => get(tenant, '/Users', { startIndex: '2' }),
    key: ({ tenantId, anna }) => `pk=${tenantId}#COUNT#USER sk=${anna.slice(0, 2)}`,
  },
  {
    name: 'a membership of another format',
    damage: ({ membership, staff, anna }) => hand.put({ ...membership(staff, anna), format: 2 }),
    ask: (tenant) => get(tenant, `/Groups/${tenant.staff}`),
    key: ({ tenantId, staff, anna }) => `group=${tenantId}#${staff} member=${tenantId}#${anna}`,
  },
  {
    name: 'a member of another tenant',
    damage: ({ tenantId, staff, anna }) => hand.put({ group: `${tenantId}#${staff}`, member: `another#${anna}` }),
    ask: (tenant) => get(tenant, `/Groups/${tenant.staff}`),
    key: ({ tenantId, staff, anna }) => `group=${tenantId}#${staff} member=another#${anna}`,
  },
  {
    name: 'a tombstone of another format',
    damage: async ({ tenantId, bert, send: sendTo }) => {
      await sendTo('DELETE', `/Users/${bert}`);
      await hand.change(tombstoneKey(tenantId, bert), 'format', 2);
    },
    ask: (tenant) => {
      const sent = { displayName: 'Staff', members: [{ value: tenant.anna }, { value: tenant.bert }] };
      return send(tenant, 'PUT', `/Groups/${tenant.staff}`, { sent });
    },
    key: ({ tenantId, bert }) => `pk=${tenantId}#TOMBSTONE sk=${bert}`,
  },
];

test.each(cases)('$name: 500 for the client, its key in the log, never a wrong response', async (one) => {
  const tenant = await makeTenant(open.tables);
  expect(await one.ask(tenant)).toMatchObject({ status: 200 });
  await one.damage(tenant);
  const { status, body, log } = await one.ask(tenant);
  expect(status).toBe(500);
  expect(body).not.toContain('#');
  expect(log).toContain(`The item ${one.key(tenant)} cannot be read: expected `);
});

test('every item of the directory says its format', async () => {
  const { users, groups, anna, staff, claim } = await makeTenant(open.tables);
  const keys = [resourceKey(users, anna), claim('anna@example.com'), countKey(users, anna), countKey(groups, staff)];
  for (const key of keys) expect(await hand.read(key)).toMatchObject({ format: 1 });
});
