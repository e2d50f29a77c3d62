import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ChangesForgottenError, type Directory, openDirectory } from '../../../library/directory';
import { findDeployment } from '../../../operator/connection/open';
import { findTenant } from '../../../operator/tenants/provision';
import { exportTenant } from '../../../operator/transfer/export';
import { importTenant } from '../../../operator/transfer/import';
import { create, type DriftStage, startStage } from '../../operator/drift/tenant';

let stage: DriftStage;
let client: DynamoDBClient;
let directory: Directory;

beforeAll(async () => {
  stage = await startStage();
  client = new DynamoDBClient({ ...(await findDeployment({ stack: '', local: stage.endpoint.data })).client });
  const { directory: users, memberships } = stage.deployment.tables;
  directory = openDirectory({ tables: { directory: users, memberships }, client });
});

afterAll(async () => {
  client.destroy();
  await stage.close();
});

async function collect<Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

test('who follows the changes of a tenant is told that an import wrote users, and finds them in a snapshot', async () => {
  const source = await stage.endpoint.createTenant({ label: 'source', profile: 'standard' });
  const id = await create(source, 'Users', { userName: 'anna' });
  const { tenantId } = await stage.endpoint.createTenant({ label: 'copy', profile: 'standard' });
  const copy = directory.tenant(tenantId);
  await sleep(2);
  const since = new Date().toISOString();
  expect(await collect(copy.changedSince(since))).toEqual([]);

  const [from, to] = await Promise.all(['source', 'copy'].map((label) => findTenant(stage.deployment.services, label)));
  if (!from || !to) throw new Error('There are no tenants.');
  const lines = await collect(exportTenant(stage.deployment, from));
  await importTenant(stage.deployment, to, Readable.from(lines.map((line) => `${JSON.stringify(line)}\n`)));

  const error = await collect(copy.changedSince(since)).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ChangesForgottenError);
  const { earliest, message } = error as ChangesForgottenError;
  expect([earliest > since, message]).toEqual([
    true,
    expect.stringMatching(/^An import wrote until .* read snapshot\(\)/),
  ]);
  expect(await collect(copy.snapshot())).toEqual([{ kind: 'user', user: expect.objectContaining({ id }) }]);
  expect(await collect(copy.changedSince(earliest))).toEqual([]);
});

test('a user who is deleted while an import runs is left out until the deletion is swept', async () => {
  const access = await stage.endpoint.createTenant({ label: 'busy', profile: 'standard' });
  const id = await create(access, 'Users', { userName: 'ben' });
  const tenant = await findTenant(stage.deployment.services, 'busy');
  const lines = await collect(exportTenant(stage.deployment, tenant));
  const input = async function* () {
    const headers = { Authorization: `Bearer ${access.token}` };
    await fetch(`${access.baseUrl}/Users/${id}`, { method: 'DELETE', headers });
    for (const line of lines) yield `${JSON.stringify(line)}\n`;
  };
  const reasons: string[] = [];
  const onLeftOut = (_: number, reason: string) => reasons.push(reason);
  const { added } = await importTenant(stage.deployment, tenant, Readable.from(input()), { onLeftOut });
  expect({ added, reasons }).toEqual({
    added: 0,
    reasons: [`User ${id} was just deleted; import again in two minutes`],
  });
});
