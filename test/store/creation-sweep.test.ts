import { BatchWriteItemCommand } from '@aws-sdk/client-dynamodb';
import { QueryCommand, TransactWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { DynamoStore } from '../../lambda/store/dynamo-store';
import type { Tables } from '../../lambda/store/tables';
import { clientOf, sweepAll } from './client';
import { interrupted, type Which } from './faults';
import { type OpenTables, openTables } from './open-tables';
import { recount } from './recount';
import { user, users } from './things';

const profile = 'identity-center';
const { tenantId } = users;
const displayName = 'Large';
const size = 110;

let open: OpenTables;
let members: readonly { readonly value: string }[];
beforeAll(async () => {
  open = await openTables();
  const people = Array.from({ length: size }, (_, at) => user(`person${at}`));
  const store = new DynamoStore(open.tables);
  await Promise.all(people.map((one) => store.create(users, one)));
  members = people.map(({ stored }) => ({ value: stored.id }));
});
afterAll(() => open.close());

const create = async (tables: Tables) =>
  (await clientOf(tables, tenantId, profile)('POST', '/Groups', { displayName, members })).status;

/** Every read must agree: the group with all of its members, or neither. */
async function look() {
  const { names, memberships, hidden, differences } = await recount(open.tables, tenantId, profile);
  const groups = names.filter((name) => name === displayName).length;
  expect({ differences, members: memberships.length }).toEqual({ differences: [], members: groups * size });
  return { groups, hidden };
}

async function clear(): Promise<void> {
  const send = clientOf(open.tables, tenantId, profile);
  const { Resources = [] } = (await send('GET', '/Groups?excludedAttributes=members')).body as {
    Resources?: { id: string }[];
  };
  for (const { id } of Resources) await send('DELETE', `/Groups/${id}`);
  await sweepAll(open.tables, tenantId);
  expect(await look()).toEqual({ groups: 0, hidden: 0 });
}

const isQueryOfMemberships = (command: unknown) =>
  command instanceof QueryCommand && command.input.TableName === open.tables.memberships;

/** The transaction that makes the group visible, after all of its members are written. */
const endsCreation = (command: unknown) => command instanceof TransactWriteCommand;

/** A sweep that waits at one of its calls until it is released. */
function haltingSweep(at: Which) {
  let goOn = () => {};
  let halt = () => {};
  const told = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  const halted = new Promise<void>((resolve) => {
    halt = resolve;
  });
  const { tables } = interrupted(open.tables, at, async () => {
    halt();
    await told;
  });
  let ended: Promise<void> = Promise.resolve();
  return {
    /** Resolves when the sweep waits, or is finished. */
    start: async () => {
      ended = sweepAll(tables, tenantId);
      await Promise.race([halted, ended]);
    },
    end: async () => {
      goOn();
      await ended;
    },
  };
}

/** Creates the group, slowly: at one of its calls a sweep runs. Returns false if it made fewer calls. */
async function createWith(at: number, sweep: Pick<ReturnType<typeof haltingSweep>, 'start' | 'end'>): Promise<boolean> {
  const slow = interrupted(open.tables, at, async () => {
    await sweep.start();
    await look();
  });
  const status = await create(slow.tables);
  await sweep.end();
  expect([201, 429]).toContain(status);
  expect((await look()).groups).toBe(status === 201 ? 1 : 0);
  await sweepAll(open.tables, tenantId);
  expect(await look()).toEqual({ groups: status === 201 ? 1 : 0, hidden: 0 });
  if (status !== 201) expect(await create(open.tables)).toBe(201);
  await clear();
  return slow.happened();
}

describe('a sweep that is faster than a creation ends it: there is no group, and the client gets 429', () => {
  const halts: [where: string, halt: Which][] = [
    ['stands still before it claims the mark', (command) => command instanceof UpdateCommand],
    ['stands still before it reads the memberships', isQueryOfMemberships],
    ['stands still before it deletes memberships', (command) => command instanceof BatchWriteItemCommand],
    ['runs to its end', () => false],
  ];

  test.each(halts)('the sweep %s while the creation goes on', async (_where, halt) => {
    let at = 1;
    while (await createWith(at, haltingSweep(halt))) at++;
    expect(at).toBeGreaterThan(1);
  });
});

test('a creation whose sweep has begun is refused, and says that nothing was kept', async () => {
  const slow = interrupted(open.tables, endsCreation, () => sweepAll(open.tables, tenantId));
  const body = { displayName, members };
  const answer = await clientOf(slow.tables, tenantId, profile)('POST', '/Groups', body);
  expect([answer.status, answer.headers['Retry-After']]).toEqual([429, '1']);
  await sweepAll(open.tables, tenantId);
  expect(await look()).toEqual({ groups: 0, hidden: 0 });
});
