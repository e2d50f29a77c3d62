import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import type { Json } from '../../lambda/scim/json';
import { tombstonePartition } from '../../lambda/store/keys';
import { queryAll } from '../../lambda/store/pages';
import { erasePartition } from '../../operator/store/erase-partition';
import { patchBody, userBody } from '../directory/requests';
import { clientOf } from './client';
import { type OpenTables, openTables } from './open-tables';

type Step =
  | { readonly kind: 'user' | 'group' }
  | { readonly kind: 'delete'; readonly which: number }
  | { readonly kind: 'put' | 'add' | 'remove'; readonly which: number; readonly members: readonly number[] };

const which = fc.nat(5);
const members = fc.array(which, { maxLength: 4 });
const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    fc.constantFrom<Step>({ kind: 'user' }, { kind: 'group' }),
    fc.record({ kind: fc.constant('delete' as const), which }),
    fc.record({ kind: fc.constantFrom('put' as const, 'add' as const, 'remove' as const), which, members }),
  ),
  { minLength: 3, maxLength: 12 },
);

let open: OpenTables;
beforeAll(async () => {
  open = await openTables();
});
afterAll(() => open.close());

/** Plays a history in a tenant of its own that begins with two users and a group. */
async function play(history: readonly Step[]) {
  const tenantId = `tenant${randomBytes(4).toString('hex')}`;
  const send = clientOf(open.tables, tenantId, 'standard');
  const paths: string[] = [];
  const create = async (path: string, body: Json) => {
    paths.push(`${path}/${(await send('POST', path, body)).body.id}`);
  };
  const list = (chosen: readonly number[]) =>
    chosen.flatMap((at) => (paths[at] === undefined ? [] : [{ value: paths[at].split('/')[2] ?? '' }]));
  const group = (at: number) => paths.filter((path) => path.startsWith('/Groups/'))[at] ?? '/Groups/none';
  const perform = async (step: Step, name: string) => {
    switch (step.kind) {
      case 'user':
        return await create('/Users', userBody(name));
      case 'group':
        return await create('/Groups', { displayName: name });
      case 'delete':
        return await send('DELETE', paths[step.which] ?? '/Users/none');
      case 'put':
        return await send('PUT', group(step.which), { displayName: name, members: list(step.members) });
      default: {
        const operation = { op: step.kind, path: 'members', value: list(step.members) };
        return await send('PATCH', group(step.which), patchBody(operation));
      }
    }
  };
  const start: readonly Step[] = [{ kind: 'user' }, { kind: 'user' }, { kind: 'group' }];
  for (const [at, step] of [...start, ...history].entries()) await perform(step, `name${at}`);
  return { tenantId, paths };
}

/** All that clients can read of a tenant. */
async function readAll(tenantId: string, paths: readonly string[]) {
  const send = clientOf(open.tables, tenantId, 'standard');
  const ids = paths.map((path) => path.split('/')[2]);
  const queries = [
    ...paths,
    ...['Users', 'Groups'].flatMap((type) => [
      `/${type}`,
      `/${type}?startIndex=2&count=1`,
      `/${type}?cursor=&count=100`,
      `/${type}?sortBy=id&sortOrder=descending`,
      `/${type}?filter=meta.lastModified gt "2000-01-01T00:00:00Z"`,
      `/${type}?filter=externalId pr or displayName pr`,
      ...ids.map((id) => `/${type}?filter=id eq "${id}"`),
    ]),
    ...paths.map((_, at) => `/Users?filter=userName eq "name${at}@example.com"`),
    ...ids.map((id) => `/Users?attributes=groups&filter=groups.value eq "${id}"`),
    ...ids.map((id) => `/Groups?filter=members.value eq "${id}"`),
  ];
  return Promise.all(queries.map(async (query) => [query, await send('GET', query)] as const));
}

const tombstonesOf = (tenantId: string) =>
  queryAll(open.tables, {
    TableName: open.tables.directory,
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': tombstonePartition(tenantId) },
  });

test('whatever was deleted, clients read the same with the tombstones and without them', async () => {
  let tombstones = 0;
  await fc.assert(
    fc.asyncProperty(steps, async (history) => {
      const { tenantId, paths } = await play(history);
      tombstones += (await tombstonesOf(tenantId)).length;
      const before = await readAll(tenantId, paths);
      await erasePartition(open.tables, tombstonePartition(tenantId));
      expect(await tombstonesOf(tenantId)).toEqual([]);
      expect(await readAll(tenantId, paths)).toEqual(before);
    }),
    { numRuns: 12 },
  );
  expect(tombstones).toBeGreaterThan(0);
});
