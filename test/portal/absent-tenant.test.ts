import type { ClientRecord } from '../../lambda/tenants/client';
import { type Endpoint, startEndpoint } from '../../local/endpoint';
import { placeOf } from './set-up';

let endpoint: Endpoint;

beforeAll(async () => {
  endpoint = await startEndpoint({ memory: true, profile: 'standard' });
});
afterAll(() => endpoint.close());

const tenantId = 'absentabsent';
const time = '2026-01-01T00:00:00.000Z';
const token = { scope: 'scim', created: time, expires: time } as const;
const client: ClientRecord = {
  scope: 'scim',
  accessTokenSeconds: 3600,
  secrets: [],
  keys: [],
  trusts: [],
  created: time,
  version: 1,
};

// The portal's role may update any item of a tenant: DynamoDB's UpdateItem would create one that is not there.
test('no change of credentials creates a tenant that does not exist', async () => {
  const { tenants } = placeOf(endpoint).services;
  const changes = [
    tenants.addToken(tenantId, 'abcdefghijkl', token, { limit: 2, expired: [] }),
    tenants.endToken(tenantId, 'abcdefghijkl', time),
    tenants.removeToken(tenantId, 'abcdefghijkl'),
    tenants.addClient(tenantId, 'abcdefghijkl', client, 2),
    tenants.changeClient(tenantId, 'abcdefghijkl', client),
    tenants.removeClient(tenantId, 'abcdefghijkl'),
    tenants.setState(tenantId, 'enabled'),
    tenants.setTier(tenantId, 'high'),
  ];
  expect(await Promise.all(changes)).toEqual(changes.map(() => false));
  expect(await tenants.get(tenantId)).toBeUndefined();
});
