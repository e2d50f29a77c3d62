import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type { JsonObject } from '../../lambda/scim/json';
import type { TenantAccess } from '../../local/endpoint';
import { type Deployment, openDeployment } from '../../operator/connection/open';
import { importMemberships } from '../../operator/transfer/import-memberships';
import { type LocalEndpoint, startLocal } from '../cli/local-endpoint';
import { patchBody, userBody } from '../directory/requests';
import { note } from '../store/things';
import { contradiction, observe } from './check-history';
import type { Operation } from './group-model';
import { nameIn, type Place, type Send, sendOperation } from './group-requests';
import { type History, histories, type Size } from './histories';

const lastingUsers = ['a', 'b', 'c', 'd'];
const deletable = ['x', 'y'];
const size: Size = { users: [...lastingUsers, ...deletable], deletable, fewest: 0 };

let endpoint: LocalEndpoint;
let deployment: Deployment;
let tenant: TenantAccess;
const lasting = new Map<string, string>();

beforeAll(async () => {
  endpoint = await startLocal({ port: 0 });
  deployment = await openDeployment({ stack: '', local: endpoint.data });
  tenant = await endpoint.createTenant({ label: 'orders', profile: 'standard' });
  for (const name of lastingUsers) lasting.set(name, await create('/Users', userBody(randomUUID())));
});
afterAll(async () => {
  deployment.close();
  await endpoint.close();
});

const send: Send = async (method, path, body) => {
  const response = await fetch(tenant.baseUrl + path, {
    method,
    headers: { Authorization: `Bearer ${tenant.token}`, 'Content-Type': 'application/scim+json' },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? {} : (JSON.parse(text) as JsonObject) };
};

async function create(path: string, body: JsonObject): Promise<string> {
  return String((await send('POST', path, body)).body.id);
}

async function prepare({ members }: History): Promise<Place> {
  const ids = new Map(lasting);
  for (const name of deletable) ids.set(name, await create('/Users', userBody(randomUUID())));
  const group = await create('/Groups', {
    displayName: randomUUID(),
    members: members.map((name) => ({ value: ids.get(name) ?? name })),
  });
  const name = nameIn({ group }, 'before');
  await send('PATCH', `/Groups/${group}`, patchBody({ op: 'replace', path: 'displayName', value: name }));
  const importMembers = async (chosen: readonly string[]) => {
    const lines = chosen.map((member) => ({ group, member }));
    await importMemberships(deployment, { tenantId: tenant.tenantId, profile: 'standard' }, lines, note);
  };
  return { group, ids, importMembers };
}

let clock = 0;
const now = () => clock++;

// A seed gives the same requests again, not the same order of what the server does with them: for that see store.test.ts.
test('whatever clients send to one group at once over HTTP, it ends as in some order of their requests', async () => {
  await fc.assert(
    fc.asyncProperty(histories(size), async (history) => {
      const place = await prepare(history);
      const operations = history.operations.map((operation, at): Operation => {
        const isBulk = operation.kind !== 'import' && (history.seed >> at) % 2 === 1;
        return isBulk ? { kind: 'bulk', operation } : operation;
      });
      const perform = (operation: Operation) => sendOperation(send, place, operation);
      const events = await Promise.all(operations.map((operation) => observe(operation, now, perform)));
      const read = await observe({ kind: 'read' }, now, perform);
      expect(contradiction(size.users, history, [...events, read])).toBeUndefined();
    }),
    { numRuns: 30, endOnFailure: true },
  );
});

test('12 clients that change one user at once all succeed', async () => {
  const id = await create('/Users', userBody(randomUUID()));
  const change = (at: number) => patchBody({ op: 'add', path: 'roles', value: [{ value: `role ${at}` }] });
  const responses = await Promise.all(Array.from({ length: 12 }, (_, at) => send('PATCH', `/Users/${id}`, change(at))));
  expect(responses.map(({ status }) => status)).toEqual(Array(12).fill(200));
  expect((await send('GET', `/Users/${id}`)).body.roles).toHaveLength(12);
});
