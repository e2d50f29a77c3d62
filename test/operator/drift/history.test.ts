import { Readable } from 'node:stream';
import type { TenantAccess } from '../../../local/endpoint';
import { findTenant } from '../../../operator/tenants/provision';
import { exportTenant } from '../../../operator/transfer/export';
import { importTenant } from '../../../operator/transfer/import';
import { create, type DriftStage, startStage, users } from './tenant';

let stage: DriftStage;
let acme: TenantAccess;

beforeAll(async () => {
  stage = await startStage();
  acme = await stage.endpoint.createTenant({ label: 'acme', profile: 'standard' });
});
afterAll(() => stage.close());

const ask = (method: string, path: string, body?: object) =>
  fetch(`${acme.baseUrl}/${path}`, {
    method,
    headers: { Authorization: `Bearer ${acme.token}`, 'Content-Type': 'application/scim+json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });

async function exported(label: string): Promise<string> {
  let text = '';
  const tenant = await findTenant(stage.deployment.services, label);
  for await (const line of exportTenant(stage.deployment, tenant)) text += `${JSON.stringify(line)}\n`;
  return text;
}

test('a missing user that was deleted here has the time, by its id or by its name', async () => {
  const id = await create(acme, 'Users', { userName: 'Gone@example.com' });
  const before = await exported('acme');
  await ask('DELETE', `Users/${id}`);
  const byId = await stage.compare('acme', [await users(before)]);
  expect(byId.findings).toMatchObject([{ kind: 'missing', name: 'Gone@example.com', deletedHere: expect.any(String) }]);
  const compareByName = async () =>
    (await stage.compare('acme', [await users('userName\ngone@example.com\nnever@example.com\n')])).findings;
  // The stream brings the name a moment after the deletion.
  let byName = await compareByName();
  for (let tries = 0; tries < 100 && byName[0]?.deletedHere === undefined; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    byName = await compareByName();
  }
  expect(byName).toEqual([
    {
      kind: 'missing',
      type: 'User',
      name: 'gone@example.com',
      at: 'users.csv line 2',
      deletedHere: byId.findings[0]?.deletedHere,
    },
    { kind: 'missing', type: 'User', name: 'never@example.com', at: 'users.csv line 3' },
  ]);
});

test('a user that an operator changed last says so, until the identity provider changes it', async () => {
  await stage.endpoint.createTenant({ label: 'copy', profile: 'standard' });
  const source = await stage.endpoint.createTenant({ label: 'source', profile: 'standard' });
  const id = await create(source, 'Users', { userName: 'moved@example.com', title: 'Old' });
  const copy = await findTenant(stage.deployment.services, 'copy');
  await importTenant(stage.deployment, copy, Readable.from([await exported('source')]));
  const from = 'userName,title\nmoved@example.com,New\n';
  const { findings } = await stage.compare('copy', [await users(from)]);
  expect(findings).toMatchObject([{ kind: 'attribute', id, action: 'import', changedHere: expect.any(String) }]);
  const [unchanged] = (await stage.compare('source', [await users(from)])).findings;
  expect(unchanged).not.toHaveProperty('changedHere');
});
