import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { batchWrite } from '../../lambda/store/batches';
import { tombstoneKey, tombstonePartition } from '../../lambda/store/keys';
import { startEndpoint } from '../../local/endpoint';
import { openDeployment } from '../../operator/connection/open';

const tenantId = 'tenantaaaaaa';
const now = Math.floor(Date.now() / 1000);
const hour = 3600;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'scim-expired-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** Starts an endpoint on the folder, does something with its tables, and ends it. */
async function withTables<Result>(
  step: (tables: Awaited<ReturnType<typeof openDeployment>>['tables']) => Promise<Result>,
) {
  const data = join(folder, 'data');
  const endpoint = await startEndpoint({ data, events: false });
  const { tables, close } = await openDeployment({ stack: '', local: data });
  const result = await step(tables).finally(close);
  await endpoint.close();
  return result;
}

test('what has expired is deleted at the next start, and nothing else', async () => {
  const [kept, endless] = [randomUUID(), randomUUID()];
  const expiries: readonly (readonly [string, unknown])[] = [
    ...Array.from({ length: 40 }, () => [randomUUID(), now - hour] as const),
    [kept, now + hour],
    [endless, 'never'],
  ];
  await withTables((tables) =>
    batchWrite(
      tables,
      tables.directory,
      // More than a scan returns at once.
      expiries.map(([id, expires]) => ({
        put: { ...tombstoneKey(tenantId, id), expires, padding: 'x'.repeat(50_000) },
      })),
    ),
  );
  const left = await withTables(async ({ client, directory }) => {
    const { Items = [] } = await client.send(
      new QueryCommand({
        TableName: directory,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': tombstonePartition(tenantId) },
      }),
    );
    return Items.map(({ sk }) => sk);
  });
  expect(left).toEqual([kept, endless].sort());
});
