import fc from 'fast-check';
import type { StoredMember } from '../../lambda/directory/store';
import { DynamoStore } from '../../lambda/store/dynamo-store';
import type { Tables } from '../../lambda/store/tables';
import { importMemberships } from '../../operator/transfer/import-memberships';
import { userBody } from '../directory/requests';
import { clientOf } from '../store/client';
import { type OpenTables, openTables } from '../store/open-tables';
import { note } from '../store/things';
import { contradiction, observe } from './check-history';
import type { Operation, Result } from './group-model';
import { nameIn, type Place, sendOperation } from './group-requests';
import { type History, histories, type Size } from './histories';
import type { Event } from './linearize';
import { randomNumbers, scheduled, seededIds } from './scheduler';
import { withoutLeases } from './without-leases';

const tenantId = 'tenantorders';
const profile = 'standard';
const groups = { tenantId, type: 'Group' } as const;

const names = (count: number) => Array.from({ length: count }, (_, at) => `u${String(at).padStart(3, '0')}`);
const deletable = ['x', 'y'];
/** A set of members that fits a transaction, and one that does not. */
const sizes: Readonly<Record<string, Size>> = {
  small: { users: [...names(4), ...deletable], deletable, fewest: 0 },
  large: { users: [...names(130), ...deletable], deletable, fewest: 101 },
};

let open: OpenTables;
const lasting = new Map<string, string>();
const newId = seededIds(randomNumbers(1));

beforeAll(async () => {
  open = await openTables();
  for (const name of names(130)) lasting.set(name, await createUser());
});
afterAll(() => open.close());

async function createUser(): Promise<string> {
  const send = clientOf(open.tables, tenantId, profile, newId);
  return String((await send('POST', '/Users', userBody(newId()))).body.id);
}

/** A new group with these members, and new users to replace those that another history has deleted. */
async function prepare({ members }: History): Promise<Place> {
  const ids = new Map(lasting);
  for (const name of deletable) ids.set(name, await createUser());
  const group = newId();
  const instant = new Date().toISOString();
  const stored = { id: group, version: 1, created: instant, modified: instant };
  const list: StoredMember[] = members.map((name) => ({ value: ids.get(name) ?? name }));
  const resource = { displayName: nameIn({ group }, 'before') };
  await new DynamoStore(open.tables).create(groups, { stored: { ...stored, resource }, entries: [] }, list);
  return { group, ids };
}

function placeOver(tables: Tables, place: Place): Place {
  const store = new DynamoStore(tables);
  const importMembers = async (ids: readonly string[]) => {
    const lines = ids.map((member) => ({ group: place.group, member }));
    await importMemberships({ store }, { tenantId, profile }, lines, note);
  };
  return { ...place, importMembers };
}

/**
 * Sends all requests of a history at once, one call to the store after the other; at the end, reads the final state.
 */
async function play(history: History, shared: Tables = open.tables): Promise<readonly Event<Operation, Result>[]> {
  const prepared = await prepare(history);
  const events: Event<Operation, Result>[] = [];
  await scheduled(history.seed, async (scheduler) => {
    const tables = scheduler.wrap(shared);
    const place = placeOver(tables, prepared);
    const send = clientOf(tables, tenantId, profile);
    const client = (operation: Operation) => async () => {
      events.push(
        await observe(
          operation,
          () => scheduler.now,
          (each) => sendOperation(send, place, each),
        ),
      );
    };
    await scheduler.run(history.operations.map(client));
    await scheduler.run([client({ kind: 'read' })]);
  });
  return events;
}

test('a user who is deleted while requests name it keeps none of them from doing the rest', async () => {
  const { users } = sizes.small as Size;
  const operations: History['operations'] = [
    { kind: 'delete user', user: 'x' },
    { kind: 'put', name: 'first', members: ['u001', 'x'] },
    { kind: 'add', members: ['x'] },
  ];
  await fc.assert(
    fc.asyncProperty(fc.nat(), async (seed) => {
      const history: History = { seed, members: ['u000', 'u001', 'x'], operations };
      expect(contradiction(users, history, await play(history))).toBeUndefined();
    }),
    { numRuns: 20, endOnFailure: true },
  );
});

test.each([
  ['small', 40],
  ['large', 8],
])('of %s sets of members, any requests at once end as in some order of them', async (name, numRuns) => {
  const size = sizes[name] as Size;
  await fc.assert(
    fc.asyncProperty(histories(size), async (history) => {
      expect(contradiction(size.users, history, await play(history))).toBeUndefined();
    }),
    { numRuns, endOnFailure: true },
  );
});

test('without the lease, some requests end as in no order of them', async () => {
  const size = sizes.small as Size;
  const tables = withoutLeases(open.tables);
  const result = await fc.check(
    fc.asyncProperty(histories(size), async (history) => {
      return contradiction(size.users, history, await play(history, tables)) === undefined;
    }),
    { numRuns: 200, endOnFailure: true, seed: 1 },
  );
  expect(String(result.errorInstance)).toContain('Property failed by returning false');
});
