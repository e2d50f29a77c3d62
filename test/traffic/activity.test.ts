import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { activityPartition } from '../../lambda/activity/keys';
import type { ActivityRow } from '../../lambda/activity/row';
import type { ProfileName } from '../../lambda/scim/schema/profile';
import { toRow } from '../../lambda/store/activity-item';
import { type Endpoint, startEndpoint, type TenantAccess } from '../../local/endpoint';
import { names } from '../../local/environment';
import { runFlow } from '../../traffic/run';
import { flows } from '../cases/flows';
import { userBody } from '../directory/requests';
import { makeTarget } from './play-flows';
import { linesOf, withSameNames } from './row-lines';
import expected from './sentences.json';

let endpoint: Endpoint;
let client: DynamoDBDocumentClient;
beforeAll(async () => {
  endpoint = await startEndpoint({ memory: true, port: 0, events: true });
  client = DynamoDBDocumentClient.from(new DynamoDBClient());
});
afterAll(async () => {
  client.destroy();
  await endpoint.close();
});

const played = flows.flatMap((flow) => {
  const [profile] = flow.profiles as readonly ProfileName[];
  return profile ? [[`${flow.name} (${profile})`, flow, profile] as const] : [];
});

/** Set to write what the rows say into the data file, to read it before it is committed. */
const writes = process.env.SCIM_TEST_WRITE_SENTENCES !== undefined;
const written: Record<string, readonly string[]> = {};
afterAll(() => {
  if (writes) writeFileSync(join(__dirname, 'sentences.json'), `${JSON.stringify(written, undefined, 2)}\n`);
});

async function rowsOf(tenantId: string): Promise<readonly ActivityRow[]> {
  const rows: ActivityRow[] = [];
  let start: Record<string, unknown> | undefined;
  do {
    const { Items = [], LastEvaluatedKey } = await client.send(
      new QueryCommand({
        TableName: names.activityTable,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': activityPartition(tenantId) },
        ...(start && { ExclusiveStartKey: start }),
      }),
    );
    rows.push(...Items.map(toRow));
    start = LastEvaluatedKey;
  } while (start);
  return rows;
}

const last = 'the-very-last@example.com';

/** Makes a last change and waits for its row: a stream keeps the order. */
async function allRows({ tenantId, baseUrl, token }: TenantAccess): Promise<readonly ActivityRow[]> {
  const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/scim+json' };
  const body = JSON.stringify(userBody('the-very-last'));
  expect((await fetch(`${baseUrl}/Users`, { method: 'POST', headers, body })).status).toBe(201);
  for (;;) {
    const rows = await rowsOf(tenantId);
    if (rows.some(({ personal }) => personal?.name === last))
      return rows.filter(({ personal }) => personal?.name !== last);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

test.each(played)(
  '%s: every change, every failure and the first reads, each in its sentence',
  async (name, flow, profile) => {
    const { target, own } = await makeTarget(endpoint, flow, profile);
    await runFlow(withSameNames(flow), target);
    const lines = linesOf(await allRows(own), own.tenantId);
    written[name] = lines;
    if (!writes) expect(lines).toEqual((expected as Record<string, readonly string[]>)[name]);
  },
);
