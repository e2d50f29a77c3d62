import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { marshall } from '@aws-sdk/util-dynamodb';
import { toItem } from '../../lambda/store/activity-item';
import { names } from '../../local/environment';
import type { DeploymentFacts } from '../../operator/connection/facts';
import { serveHttp } from '../http-server';
import { rowAt } from '../operator/activity/rows';
import { startLocal } from './local-endpoint';

const count = 100_000;

/** How many rows of this length a page of 1 MB holds. */
const pageSize = 1_000;

/** The most memory that the program may have for its objects, in MB: all rows take more. */
const heap = 96;

/** The part of Query that reads a long partition: DynamoDB's pages, made when they are asked for. */
function pageOf(tenantId: string, start: number): object {
  const Items = Array.from({ length: pageSize }, (_, at) =>
    marshall(toItem(rowAt(tenantId, start + at, { personal: { name: 'anna@example.com', detail: 'x'.repeat(600) } }))),
  );
  const next = start + pageSize;
  return { Items, Count: pageSize, ...(next < count && { LastEvaluatedKey: { sk: { S: String(next) } } }) };
}

test('100,000 rows are exported a page at a time, in less memory than they take', async () => {
  const endpoint = await startLocal();
  const { tenantId } = await endpoint.createTenant({ label: 'long' });
  const facts = JSON.parse(await readFile(join(endpoint.data, 'connection.json'), 'utf8')) as DeploymentFacts;
  let pages = 0;
  const dynamo = await serveHttp(async (request, response) => {
    const body = await buffer(request);
    const input = JSON.parse(body.toString() || '{}');
    if (input.TableName === names.activityTable) {
      pages += 1;
      response.end(JSON.stringify(pageOf(tenantId, Number(input.ExclusiveStartKey?.sk.S ?? 0))));
      return;
    }
    const { 'x-amz-target': target = '', authorization = '' } = request.headers;
    const headers = { 'x-amz-target': String(target), authorization, 'content-type': 'application/x-amz-json-1.0' };
    const answer = await fetch(facts.client.endpoint ?? '', { method: 'POST', headers, body });
    response.writeHead(answer.status).end(await answer.text());
  });
  const data = await mkdtemp(join(tmpdir(), 'scim-long-'));
  await writeFile(
    join(data, 'connection.json'),
    JSON.stringify({ ...facts, client: { ...facts.client, endpoint: dynamo.url } }),
  );

  const program = join(__dirname, '../../bin/scim-admin.js');
  const command = `node --max-old-space-size=${heap} ${program} activity long --json --data ${data} | sort -u | wc -lc`;
  const { stdout } = await promisify(execFile)('bash', ['-o', 'pipefail', '-c', command]);
  const [lines, bytes] = stdout.trim().split(/\s+/).map(Number);
  expect(lines).toBe(count);
  expect(bytes).toBeGreaterThan(heap * 1024 * 1024);
  expect(pages).toBe(count / pageSize);

  await dynamo.close();
  await endpoint.close();
  await rm(data, { recursive: true });
});
