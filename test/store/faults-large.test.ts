import { DynamoStore } from '../../lambda/store/dynamo-store';
import type { Tables } from '../../lambda/store/tables';
import { clientOf, sweepAll } from './client';
import { type Fault, faults, faulty } from './faults';
import { type OpenTables, openTables } from './open-tables';
import { recount } from './recount';
import { user, users } from './things';

const profile = 'identity-center';
const { tenantId } = users;
const displayName = 'Large';

let open: OpenTables;
let people: readonly { readonly value: string }[];

beforeAll(async () => {
  open = await openTables();
  const store = new DynamoStore(open.tables);
  const created = Array.from({ length: 250 }, (_, at) => user(`person${at}`));
  await Promise.all(created.map((one) => store.create(users, one)));
  people = created.map(({ stored }) => ({ value: stored.id }));
});
afterAll(() => open.close());

const create = (tables: Tables, size: number) =>
  clientOf(tables, tenantId, profile)('POST', '/Groups', { displayName, members: people.slice(0, size) });

/** The stored parts of the group. Every read must agree with them. */
async function look() {
  const { names, memberships, hidden, differences } = await recount(open.tables, tenantId, profile);
  expect(differences).toEqual([]);
  expect(new Set(memberships).size).toBe(memberships.length);
  return { groups: names.filter((name) => name === displayName).length, members: memberships.length, hidden };
}

/** Deletes the group before the next creation. */
async function clear(): Promise<void> {
  const send = clientOf(open.tables, tenantId, profile);
  const [group] = (await send('GET', '/Groups?excludedAttributes=members')).body.Resources as [{ id: string }];
  expect((await send('DELETE', `/Groups/${group.id}`)).status).toBe(204);
  await sweepAll(open.tables, tenantId);
}

/**
 * The group exists with all members or not at all. A repeated request creates it, unless it exists because only the
 * response was lost.
 */
async function expectToEnd(status: number, size: number): Promise<void> {
  const { groups, members } = await look();
  expect(members).toBe(groups * size);
  expect({ status, groups }).toEqual({ status, groups: status === 201 ? 1 : groups });
  if (status !== 201) expect((await create(open.tables, size)).status).toBe(groups === 1 ? 409 : 201);
  await sweepAll(open.tables, tenantId);
  expect(await look()).toEqual({ groups: 1, members: size, hidden: 0 });
  await clear();
}

async function runWith(fault: Fault, at: number, size: number): Promise<boolean> {
  const broken = faulty(open.tables, fault, at);
  const { status } = await create(broken.tables, size);
  expect([201, 429, 500]).toContain(status);
  await expectToEnd(status, size);
  return broken.happened();
}

describe('a large group is there with all of its members or not at all, and a retry ends in one of them', () => {
  test.each(faults)('%s at each call in turn', async (fault) => {
    // A crash between any two batches; what happens to one of them may happen to any.
    const size = fault.startsWith('crash') ? 250 : 110;
    let at = 1;
    while (await runWith(fault, at, size)) at++;
    expect(at).toBeGreaterThan(1);
  });
});
