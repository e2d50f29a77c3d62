import { randomUUID } from 'node:crypto';
import { ScanCommand, type ScanCommandOutput } from '@aws-sdk/lib-dynamodb';
import { batchWrite } from '../../../lambda/store/batches';
import type { Item } from '../../../lambda/store/items';
import { tombstoneKey } from '../../../lambda/store/keys';
import type { Tables } from '../../../lambda/store/tables';
import type { TenantAccess } from '../../../local/endpoint';
import { checkTenants } from '../../../operator/check/check-tenants';
import { type Deployment, openDeployment } from '../../../operator/connection/open';
import { eraseDirectory } from '../../../operator/directory/erase';
import { deleteTenant } from '../../../operator/tenants/delete-tenant';
import { findTenant, setTenantState } from '../../../operator/tenants/provision';
import { type LocalEndpoint, startLocal } from '../../cli/local-endpoint';

let endpoint: LocalEndpoint;
let deployment: Deployment;

beforeAll(async () => {
  endpoint = await startLocal({ authorizerCacheSeconds: 300 });
  deployment = await openDeployment({ stack: '', local: endpoint.data });
});

afterAll(async () => {
  deployment.close();
  await endpoint.close();
});

let users = 0;

async function createUser({ baseUrl, token }: TenantAccess): Promise<number> {
  const name = `user${users++}`;
  const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/scim+json' };
  const body = { userName: name, displayName: name, name: { givenName: name, familyName: name } };
  const response = await fetch(`${baseUrl}/Users`, { method: 'POST', headers, body: JSON.stringify(body) });
  await response.text();
  return response.status;
}

/** The keys of all items of a tenant in both tables, without the marks that are swept later. */
async function itemsOf(tables: Tables, tenantId: string): Promise<readonly unknown[]> {
  const items = await Promise.all([tables.directory, tables.memberships].map((table) => scanAll(tables, table)));
  return items
    .flat()
    .map(({ pk, group, sk }) => `${String(pk ?? group)} ${String(sk)}`)
    .filter((key) => key.includes(tenantId) && !key.startsWith(`${tenantId}#DELETED`));
}

async function scanAll({ client }: Tables, TableName: string): Promise<readonly Item[]> {
  const items: Item[] = [];
  let start: Item | undefined;
  do {
    const command = new ScanCommand({ TableName, ...(start && { ExclusiveStartKey: start }) });
    const { Items = [], LastEvaluatedKey } = (await client.send(command)) as ScanCommandOutput;
    items.push(...Items);
    start = LastEvaluatedKey;
  } while (start);
  return items;
}

/** Services whose clock is behind until the deletion is marked, so that the wait is shorter. */
function late(milliseconds: number): Deployment {
  const { services } = deployment;
  let asked = 0;
  const clock = () => new Date(Date.now() - (asked++ === 0 ? milliseconds : 0));
  return { ...deployment, services: { ...services, clock } };
}

test('a token in the caches writes nothing that stays after its tenant is deleted', async () => {
  const tenant = await endpoint.createTenant({ label: 'busy' });
  const statuses: number[] = [];
  let stopped = false;
  const writer = (async () => {
    while (!stopped && statuses.length < 5_000) statuses.push(await createUser(tenant));
  })();
  while (statuses.length < 3) await new Promise((resolve) => setTimeout(resolve, 20));

  // Requests here take milliseconds: the remaining wait is the 5 seconds for which a state is cached.
  const { services } = late(27_000);
  const known = await findTenant(deployment.services, tenant.tenantId);
  const waited: number[] = [];
  const until = await deleteTenant(services, tenant.tenantId, () => eraseDirectory(deployment, known), {
    onProgress: (seconds) => waited.push(seconds),
  });
  await createUser(tenant).then((status) => statuses.push(status));
  stopped = true;
  await writer;

  expect(until).toBeUndefined();
  // It waits for nothing if erasing took as long.
  expect(Math.max(0, ...waited)).toBeLessThanOrEqual(6);
  expect(statuses[0]).toBe(201);
  expect(statuses.at(-1)).toBe(401);
  expect(await itemsOf(deployment.tables, tenant.tenantId)).toEqual([`${tenant.tenantId}#STATE STATE`]);
});

test('what was kept of deleted users is deleted with the tenant, however much it is', async () => {
  const { tenantId } = await endpoint.createTenant({ label: 'kept' });
  // More than a query returns at once.
  const padding = 'x'.repeat(100_000);
  const ids = Array.from({ length: 30 }, () => randomUUID());
  const items = ids.map((id) => ({ put: { ...tombstoneKey(tenantId, id), padding } }));
  await batchWrite(deployment.tables, deployment.tables.directory, items);
  const tenant = await findTenant(deployment.services, tenantId);
  const erase = () => eraseDirectory(deployment, tenant);
  await deleteTenant(deployment.services, tenantId, erase, { wait: false });
  expect(await itemsOf(deployment.tables, tenantId)).toEqual([`${tenantId}#STATE STATE`]);
});

test('without waiting it says until when requests may write, and the check finds and repairs what they wrote', async () => {
  const tenant = await endpoint.createTenant({ label: 'hasty' });
  expect(await createUser(tenant)).toBe(201);
  const until = await deleteTenant(deployment.services, tenant.tenantId, () => Promise.resolve(), { wait: false });
  expect(Date.parse(until ?? '')).toBeGreaterThan(Date.now());
  expect((await itemsOf(deployment.tables, tenant.tenantId)).length).toBeGreaterThan(1);

  const check = async (repair: boolean) => {
    const found: object[] = [];
    for await (const one of checkTenants(deployment, new Map(), { all: true, repair })) found.push(one);
    return found;
  };
  const left = {
    tenantId: tenant.tenantId,
    problem: 'items of no tenant',
    detail: expect.stringMatching(/^\d+ items$/),
  };
  expect(await check(false)).toMatchObject([{ ...left, repaired: false }]);
  expect(await check(true)).toMatchObject([{ ...left, repaired: true }]);
  expect(await check(false)).toEqual([]);
  expect(await itemsOf(deployment.tables, tenant.tenantId)).toEqual([`${tenant.tenantId}#STATE STATE`]);
});

test('a tenant whose deletion began is not enabled again', async () => {
  const { tenantId } = await endpoint.createTenant({ label: 'begun' });
  const killed = () => Promise.reject(new Error('killed'));
  await expect(deleteTenant(deployment.services, tenantId, killed)).rejects.toThrow('killed');
  await expect(setTenantState(deployment.services, tenantId, 'enabled')).rejects.toThrow(
    `Tenant ${tenantId} is being deleted: delete it again to complete the deletion.`,
  );
});

test('a deletion that is aborted while it waits says that it is not complete', async () => {
  const { tenantId } = await endpoint.createTenant({ label: 'aborted' });
  const interruption = new AbortController();
  const deleting = deleteTenant(deployment.services, tenantId, () => Promise.resolve(), {
    signal: interruption.signal,
    onProgress: () => interruption.abort(),
  });
  await expect(deleting).rejects.toThrow(
    `Interrupted: tenant ${tenantId} is disabled and not yet deleted; delete it again.`,
  );
  expect(await deployment.services.tenants.get(tenantId)).toMatchObject({ state: 'disabled' });
});
