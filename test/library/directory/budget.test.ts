import { openDirectory, type TenantDirectory } from '../../../library/directory';
import { userBody } from '../../directory/requests';
import { clientOf } from '../../store/client';
import { type Cost, meterClient } from '../../store/metering';
import budgets from './budget.json';
import { type Opened, openLibrary } from './opened';

let library: Opened;
let metered: ReturnType<typeof meterClient>;
let tenantId: string;
const ids: Record<'user' | 'group' | 'inner', string> = { user: '', group: '', inner: '' };

beforeAll(async () => {
  library = await openLibrary();
  metered = meterClient(library.open.client);
  const created = await library.createTenant('standard');
  tenantId = created.tenantId;
  // Ids that are the same in each run, so that the counts have the same rows each time.
  let made = 0;
  const send = clientOf(library.open.tables, tenantId, 'standard', () => {
    made += 1;
    return `${made}0000000-0000-4000-8000-000000000000`;
  });
  const create = async (path: string, body: object) => String((await send('POST', path, { ...body })).body.id);
  ids.user = await create('/Users', userBody('anna'));
  ids.inner = await create('/Groups', { displayName: 'Inner', members: [{ value: ids.user }] });
  const members = [{ value: ids.inner, type: 'Group' }];
  ids.group = await create('/Groups', { displayName: 'Outer', externalId: 'ext', members });
});
afterAll(() => library.close());

/** Every call of a tenant's directory, by the name that it has in the table. */
const calls: Readonly<Record<string, (tenant: TenantDirectory) => Promise<unknown>>> = {
  'users.get': ({ users }) => users.get(ids.user),
  'users.byUserName': ({ users }) => users.byUserName('anna@example.com'),
  'users.byUserName: miss': ({ users }) => users.byUserName('nobody'),
  'users.byExternalId': ({ users }) => users.byExternalId('ext-anna'),
  'users.byEmail': ({ users }) => users.byEmail('anna@example.com'),
  'users.list': ({ users }) => users.list(),
  'groups.get': ({ groups }) => groups.get(ids.group),
  'groups.byDisplayName': ({ groups }) => groups.byDisplayName('Outer'),
  'groups.list': ({ groups }) => groups.list(),
  'groups.members': ({ groups }) => groups.members(ids.inner),
  groupsOf: ({ groupsOf }) => groupsOf(ids.user),
  'groupsOf, transitive, 2 levels': ({ groupsOf }) => groupsOf(ids.user, { transitive: true }),
  isMember: ({ isMember }) => isMember(ids.inner, ids.user),
  'isMember, transitive, 2 levels': ({ isMember }) => isMember(ids.group, ids.user, { transitive: true }),
  'rolesOf, without a mapping': ({ rolesOf }) => rolesOf(ids.user),
  snapshot: ({ snapshot }) => drain(snapshot()),
  changedSince: ({ changedSince }) => drain(changedSince(new Date(Date.now() - 60_000))),
};

async function drain(items: AsyncIterable<unknown>): Promise<number> {
  let count = 0;
  for await (const _ of items) count += 1;
  return count;
}

interface Budget {
  readonly call: string;
  /** The cost in a process that has just read the tenant; the first call of a process reads that it exists as well. */
  readonly budget: Cost;
}

test('the table has every call', () => {
  expect((budgets as readonly Budget[]).map(({ call }) => call)).toEqual(Object.keys(calls));
});

test.each(budgets as readonly Budget[])('$call', async ({ call, budget }) => {
  const tables = library.open.tables;
  const tenant = openDirectory({ tables, client: metered.client }).tenant(tenantId);
  const run = calls[call] ?? (() => Promise.reject(new Error(`There is no call ${call}.`)));
  const [first, firstCost] = await metered.measure(() => run(tenant));
  const [again, cost] = await metered.measure(() => run(tenant));
  expect(again).toEqual(first);
  expect(cost).toEqual(budget);
  // The check that the tenant exists runs beside the call; only iterators wait for it.
  const extraTrips = ['snapshot', 'changedSince'].includes(call) ? 1 : 0;
  expect(firstCost).toEqual({
    ...budget,
    trips: budget.trips + extraTrips,
    calls: budget.calls + 1,
    itemsRead: budget.itemsRead + 1,
  });
});
