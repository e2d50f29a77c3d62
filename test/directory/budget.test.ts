import { createHash } from 'node:crypto';
import type { ScimResponse } from '../../lambda/directory/request';
import { groupType, userType } from '../../lambda/directory/resource-types';
import { dispatch } from '../../lambda/gateway/dispatch';
import { resourceEndpoints } from '../../lambda/gateway/endpoints';
import type { Json, JsonObject } from '../../lambda/scim/json';
import { ScimError } from '../../lambda/scim/message/error';
import { DynamoStore } from '../../lambda/store/dynamo-store';
import { type Cost, type MeteredTables, meter } from '../store/metering';
import { type OpenTables, openTables } from '../store/open-tables';
import budgets from './budget.json';
import { patchBody, request, servicesOver, userBody } from './requests';

const endpoints = [userType, groupType].flatMap(resourceEndpoints);
const members = 100;

interface Case {
  readonly operation: string;
  readonly method: string;
  readonly path: string;
  readonly body?: Json;
  readonly status: number;
  /** The tenant with many groups; otherwise the one with large ones. */
  readonly tenant?: 'many groups';
  /** The exact cost: fewer calls also change the documented costs. */
  readonly budget: Cost;
}

let open: OpenTables;
let metered: MeteredTables;
const ids: Record<string, string> = {};

/** Ids that are the same in each run, so that the counts have the same rows each time. */
let made = 0;
function newId(): string {
  const hex = createHash('sha256').update(String(made++)).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
}

async function send(method: string, path: string, more?: Parameters<typeof request>[2]): Promise<ScimResponse> {
  const services = { ...servicesOver(new DynamoStore(metered.tables)), newId };
  const sent = request(method, path, more);
  return dispatch(endpoints, sent)(services, sent);
}

async function create(path: string, body: JsonObject = {}, tenant = {}): Promise<string> {
  const response = await send('POST', path, { body, ...tenant });
  return String(response.body?.id);
}

/** A tenant of its own with as many users as groups, each user in one of them. */
const manyGroups = { tenantId: 'tenantgroups' };

async function createMany(): Promise<void> {
  for (let at = 0; at < 50; at++) {
    const value = await create('/Users', userBody(`member${at}`), manyGroups);
    await create('/Groups', { displayName: `Group ${at}`, members: [{ value }] }, manyGroups);
  }
}

beforeAll(async () => {
  open = await openTables();
  metered = meter(open.tables);
  const people: string[] = [];
  for (let at = 0; at < 2 * members; at++) people.push(await create('/Users', userBody(`person${at}`)));
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
  await createMany();
  Object.assign(ids, Object.fromEntries(people.map((id, index) => [`person${index}`, id])));
  await send('PATCH', `/Groups/${ids.empty}`, {
    body: patchBody({ op: 'add', path: 'members', value: [{ value: String(ids.doomed) }] }),
  });
});
afterAll(() => open.close());

/** Replaces `<name>` by ids, and `"<95 members>"` by a list of that many: the users created last. */
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
  test.each(budgets as readonly Case[])('$operation', async ({ method, path, body, status, tenant, budget }) => {
    const json = body === undefined ? undefined : JSON.parse(fill(JSON.stringify(body)));
    const [response, cost] = await metered.measure(() =>
      send(method, fill(path), { ...(json && { body: json }), ...(tenant && manyGroups) }).catch(refused),
    );
    expect(response.status).toBe(status);
    expect(cost).toEqual(budget);
  });
});

/** The error that the client gets. */
function refused(error: unknown): { readonly status: number } {
  if (error instanceof ScimError) return error;
  throw error;
}
