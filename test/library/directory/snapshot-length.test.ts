import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { marshall } from '@aws-sdk/util-dynamodb';
import { build } from 'esbuild';
import { resourceItem } from '../../../lambda/store/items';
import { membershipItem } from '../../../lambda/store/memberships';
import { nodeBundle } from '../../../scripts/node-bundle';
import { serveHttp } from '../../http-server';

const tenantId = 'aaaaaaaaaaaa';
const users = 80_000;
const members = 200_000;

/** How many items DynamoDB puts into a page: 1 MB of users, or as many members as the library asks for. */
const pageSize = 1_000;

/** The most memory that the program may have for its objects, in MB: all users take more. */
const heap = 64;

const idAt = (at: number) => `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`;
const group = idAt(1);

const userAt = (at: number) =>
  resourceItem(
    { tenantId, type: 'User' },
    { ...times, id: idAt(at), resource: { userName: `u${at}`, title: 'x'.repeat(900) } },
  );
const times = { version: 1, created: '2026-11-24T07:00:00.000Z', modified: '2026-11-24T07:00:00.000Z' };

/** A page of a long list, and the key with which the next one begins. */
function page(start: number, count: number, itemAt: (at: number) => object): object {
  const Items = Array.from({ length: pageSize }, (_, index) => marshall(itemAt(start + index)));
  const next = start + pageSize;
  return { Items, ...(next < count && { LastEvaluatedKey: { sk: { S: String(next) } } }) };
}

/** Answers the reads of a snapshot with pages that are made when they are asked for. */
function answer(target: string, { ExpressionAttributeValues, ExclusiveStartKey }: Query): object {
  if (target.endsWith('.GetItem')) return { Item: marshall({ created: times.created, format: 1 }) };
  const [partition] = Object.values(ExpressionAttributeValues);
  const start = Number(ExclusiveStartKey?.sk.S ?? 0);
  if (partition?.S === `${tenantId}#USER`) return page(start, users, userAt);
  if (partition?.S === `${tenantId}#${group}`) {
    return page(start, members, (at) => membershipItem(tenantId, group, { value: idAt(at) }));
  }
  if (partition?.S !== `${tenantId}#GROUP`) return { Items: [] };
  return {
    Items: [
      marshall(resourceItem({ tenantId, type: 'Group' }, { ...times, id: group, resource: { displayName: 'All' } })),
    ],
  };
}

interface Query {
  readonly ExpressionAttributeValues: Readonly<Record<string, { readonly S: string }>>;
  readonly ExclusiveStartKey?: { readonly sk: { readonly S: string } };
}

const program = `
import { openDirectory } from './library/directory';

const count = { user: 0, group: 0, membership: 0 };
const { snapshot } = openDirectory({ tables: { directory: 'directory', memberships: 'memberships' } }).tenant('${tenantId}');
(async () => {
  for await (const { kind } of snapshot()) count[kind] += 1;
  console.log(JSON.stringify(count));
})();
`;

test('a snapshot of users and members without number is read a page at a time, in less memory than they take', async () => {
  let bytes = 0;
  const server = await serveHttp(async (request, response) => {
    const query = (await json(request)) as Query;
    const body = JSON.stringify(answer(String(request.headers['x-amz-target']), query));
    bytes += body.length;
    response.writeHead(200, { 'Content-Type': 'application/x-amz-json-1.0' }).end(body);
  });
  const folder = await mkdtemp(join(tmpdir(), 'scim-snapshot-'));
  const outfile = join(folder, 'snapshot.js');
  const root = join(__dirname, '../../..');
  await build({ ...nodeBundle, stdin: { contents: program, resolveDir: root, loader: 'ts' }, outfile });

  const env = {
    AWS_ENDPOINT_URL: server.url,
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'x',
    AWS_SECRET_ACCESS_KEY: 'x',
  };
  const { stdout } = await promisify(execFile)(process.execPath, [`--max-old-space-size=${heap}`, outfile], { env });
  expect(JSON.parse(stdout)).toEqual({ user: users, group: 1, membership: members });
  expect(bytes).toBeGreaterThan(heap * 1024 * 1024);

  await server.close();
  await rm(folder, { recursive: true });
});
