import { randomUUID } from 'node:crypto';
import { arch, cpus } from 'node:os';
import { indexEntries } from '../lambda/directory/index-entries';
import { groupType, userType } from '../lambda/directory/resource-types';
import type { Collection } from '../lambda/directory/store';
import { dispatch } from '../lambda/gateway/dispatch';
import { resourceEndpoints } from '../lambda/gateway/endpoints';
import { resourceView } from '../lambda/scim/schema/view';
import { batchWrite } from '../lambda/store/batches';
import { DynamoStore } from '../lambda/store/dynamo-store';
import { resourceItem } from '../lambda/store/items';
import { countKey, countLeaf, entryKey } from '../lambda/store/keys';
import type { Tables } from '../lambda/store/tables';
import { patchBody, request, servicesOver, userBody } from '../test/directory/requests';
import { openTables } from '../test/store/tables';

/**
 * Measures wall and CPU time per request over tenants of growing size, one large group with every user in it. Sizes are
 * arguments (default: 1000 10000); prints a Markdown table. The embedded engine runs in the same process: its work is
 * in the figures.
 */
const sizes = process.argv.slice(2).map(Number);
const endpoints = [userType, groupType].flatMap(resourceEndpoints);
const profile = 'standard';
const repeats = 20;

/** Writes a tenant's items in batches, past the verbs. */
async function seed(tables: Tables, tenantId: string, size: number) {
  const users: Collection = { tenantId, type: 'User' };
  const view = resourceView(profile, 'User');
  const now = new Date().toISOString();
  const ids = Array.from({ length: size }, () => randomUUID() as string);
  const counts = new Map<string, Record<string, number>>();
  for (const id of ids) {
    const row = counts.get(id.slice(0, 2)) ?? {};
    for (const name of ['total', countLeaf(id.slice(2, 3))]) row[name] = (row[name] ?? 0) + 1;
    counts.set(id.slice(0, 2), row);
  }
  const items = ids.flatMap((id, at) => {
    const { schemas: _, ...resource } = userBody(`user${at}`);
    const entries = indexEntries(userType, view, resource).map((entry) => ({ ...entryKey(users, entry, id), id }));
    return [resourceItem(users, { id, version: 1, created: now, modified: now, resource }), ...entries];
  });
  const rows = [...counts].map(([prefix, row]) => ({ ...countKey(users, prefix), ...row }));
  await batchWrite(
    tables,
    tables.directory,
    [...items, ...rows].map((put) => ({ put })),
  );
  return ids;
}

async function measure(size: number): Promise<ReadonlyMap<string, readonly [number, number]>> {
  const open = await openTables();
  const tenantId = `bench${size}`;
  const store = new DynamoStore(open.tables);
  const ids = await seed(open.tables, tenantId, size);
  const send = async (method: string, path: string, body?: ReturnType<typeof userBody>) => {
    const sent = request(method, path, { tenantId, profile, ...(body && { body }) });
    return dispatch(endpoints, sent)(servicesOver(store), sent);
  };
  const created = await send('POST', '/Groups', { displayName: 'Everyone' });
  const group = `/Groups/${created.body?.id}`;
  const members = ids.slice(repeats).map((value) => ({ value }));
  await store.changeMembers(tenantId, String(created.body?.id), members, []);
  const cursor = await send('GET', '/Users?cursor=&count=100');
  const id = (at: number) => ids[at] ?? '';

  const requests: Readonly<Record<string, (at: number) => Promise<unknown>>> = {
    create: (at) => send('POST', '/Users', userBody(`new${at}`)),
    get: (at) => send('GET', `/Users/${id(at)}`),
    'userName eq': (at) => send('GET', `/Users?filter=${encodeURIComponent(`userName eq "user${at}@example.com"`)}`),
    'list, first page': () => send('GET', '/Users?count=100'),
    'list, middle page': () => send('GET', `/Users?count=100&startIndex=${size / 2}`),
    'list, last page': () => send('GET', `/Users?count=100&startIndex=${size - 99}`),
    'cursor page': () => send('GET', `/Users?count=100&cursor=${cursor.body?.nextCursor}`),
    'PATCH active': (at) =>
      send('PATCH', `/Users/${id(at)}`, patchBody({ op: 'replace', path: 'active', value: false })),
    'add one member': (at) =>
      send('PATCH', group, patchBody({ op: 'add', path: 'members', value: [{ value: id(at) }] })),
    'remove one member': (at) =>
      send('PATCH', group, patchBody({ op: 'remove', path: `members[value eq "${id(at)}"]` })),
    'group without members': () => send('GET', `${group}?excludedAttributes=members`),
    'group with members': (at) => (at < 3 ? send('GET', group) : Promise.resolve()),
  };
  const figures = new Map<string, readonly [number, number]>();
  for (const [name, run] of Object.entries(requests)) {
    const count = name === 'group with members' ? 3 : repeats;
    const [wall, cpu] = [performance.now(), process.cpuUsage()];
    for (let at = 0; at < count; at++) await run(at);
    const { user, system } = process.cpuUsage(cpu);
    figures.set(name, [(performance.now() - wall) / count, (user + system) / 1000 / count]);
  }
  await open.close();
  return figures;
}

async function main(): Promise<void> {
  const all = sizes.length > 0 ? sizes : [1000, 10_000];
  await measure(300); // Warms up; its figures are thrown away.
  const results = [];
  for (const size of all) results.push(await measure(size));
  const [first, last] = [results[0], results.at(-1)];
  console.log(
    `${new Date().toISOString().slice(0, 10)}, ${cpus().length} × ${cpus()[0]?.model} (${arch()}), Node ${process.version}\n`,
  );
  console.log(`| wall / CPU, ms | ${all.join(' | ')} | CPU, last / first |`);
  console.log(`| --- | ${all.map(() => '---').join(' | ')} | --- |`);
  for (const name of first?.keys() ?? []) {
    const cells = results.map((figures) => (figures.get(name) ?? []).map((value) => value.toFixed(1)).join(' / '));
    const ratio = (last?.get(name)?.[1] ?? 0) / (first?.get(name)?.[1] ?? 1);
    console.log(`| ${name} | ${cells.join(' | ')} | ${ratio.toFixed(2)} |`);
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
