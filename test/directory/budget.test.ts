import type { ScimResponse } from '../../lambda/directory/request';
import { groupType, userType } from '../../lambda/directory/resource-types';
import { dispatch } from '../../lambda/gateway/dispatch';
import { resourceEndpoints } from '../../lambda/gateway/endpoints';
import { ScimError } from '../../lambda/scim/message/error';
import { DynamoStore } from '../../lambda/store/dynamo-store';
import { type Cost, type MeteredTables, meter } from '../store/metering';
import { type OpenTables, openTables } from '../store/open-tables';
import budgets from './budget.json';
import { patchBody, request, servicesOver, userBody } from './requests';

const endpoints = [userType, groupType].flatMap(resourceEndpoints);
const members = 100;

let open: OpenTables;
let metered: MeteredTables;
const ids: Record<string, string> = {};

async function send(method: string, path: string, body?: Parameters<typeof request>[2]): Promise<ScimResponse> {
  const services = servicesOver(new DynamoStore(metered.tables));
  const sent = request(method, path, body);
  return dispatch(endpoints, sent)(services, sent);
}

async function create(path: string, body: Parameters<typeof userBody>[1]): Promise<string> {
  const response = await send('POST', path, { body: body ?? {} });
  return String(response.body?.id);
}

beforeAll(async () => {
  open = await openTables();
  metered = meter(open.tables);
  const people = await Promise.all(
    Array.from({ length: 2 * members }, (_, index) => create('/Users', userBody(`person${index}`))),
  );
  Object.assign(ids, {
    user: await create('/Users', userBody('anna')),
    doomed: await create('/Users', userBody('doomed')),
    member: people[0],
    newcomer: people[members],
    group: await create('/Groups', {
      displayName: 'Staff',
      members: people.slice(0, members).map((value) => ({ value })),
    }),
    empty: await create('/Groups', { displayName: 'Empty' }),
  });
  Object.assign(ids, Object.fromEntries(people.map((id, index) => [`person${index}`, id])));
  await send('PATCH', `/Groups/${ids.empty}`, {
    body: patchBody({ op: 'add', path: 'members', value: [{ value: String(ids.doomed) }] }),
  });
});
afterAll(() => open.close());

/** Puts ids in the place of `<name>`, and `"<95 members>"` as a list of so many: the people made last. */
function fill(text: string): string {
  return text
    .replace(/"<(\d+) members>"/, (_, count: string) =>
      JSON.stringify(
        Array.from({ length: Number(count) }, (_, index) => ({ value: ids[`person${2 * members - 1 - index}`] })),
      ),
    )
    .replace(/<(\w+)>/g, (_, name: string) => ids[name] ?? name);
}

describe('what each operation costs at the store', () => {
  test.each(budgets)('$operation', async ({ method, path, body, status, budget }) => {
    const json = body === undefined ? undefined : JSON.parse(fill(JSON.stringify(body)));
    const [response, cost] = await metered.measure(() =>
      send(method, fill(path), json && { body: json }).catch(refused),
    );
    expect(response.status).toBe(status);
    expect(over(cost, budget)).toEqual({});
  });
});

/** What the client hears of a refusal. */
function refused(error: unknown): { readonly status: number } {
  if (error instanceof ScimError) return error;
  throw error;
}

/** What exceeds the budget, by name. */
function over(cost: Cost, budget: Cost): Partial<Cost> {
  const names = Object.keys(budget) as (keyof Cost)[];
  return Object.fromEntries(names.filter((name) => cost[name] > budget[name]).map((name) => [name, cost[name]]));
}
