import { randomUUID } from 'node:crypto';
import type { Caller } from '../../lambda/directory/request';
import { groupType, userType } from '../../lambda/directory/resource-types';
import type { Store, StoredResource } from '../../lambda/directory/store';
import { resourceEndpoints } from '../../lambda/gateway/endpoints';
import { scimHandler } from '../../lambda/gateway/handler';
import type { JsonObject } from '../../lambda/scim/json';
import { normaliseResource } from '../../lambda/scim/resource/normalise';
import { resourceView } from '../../lambda/scim/schema/view';
import { patchBody, servicesOver, userBody } from '../../test/directory/requests';
import { proxyEvent } from '../proxy-event';

const caller: Caller = { tenantId: 'tenantaaaaaa', credentialId: 'tokenaaaaaaa', scope: 'scim', profile: 'standard' };
const calls = 300;

const stored = (body: JsonObject, type: 'User' | 'Group'): StoredResource => {
  const times = { created: '2026-01-01T00:00:00.000Z', modified: '2026-01-01T00:00:00.000Z' };
  return { id: randomUUID(), version: 1, ...times, resource: normaliseResource(resourceView('standard', type), body) };
};
const users = Array.from({ length: 100 }, (_, at) => stored(userBody(`user${at}`), 'User'));
const [user] = users as [StoredResource];
const group = stored({ displayName: 'Everyone' }, 'Group');

/** A store that returns at once what each request needs. */
const store: Store = {
  create: async () => {},
  get: async ({ type }) => (type === 'User' ? user : group),
  getMany: async () => [user],
  getToChange: async ({ type }) => (type === 'User' ? user : group),
  getGroupAndMember: async () => ({ group, member: user, isMember: false }),
  update: async () => {},
  remove: async () => {},
  deletions: async () => new Map(),
  page: async () => ({ resources: users, total: 10_000, more: true }),
  count: async () => 10_000,
  query: async () => users,
  find: async () => [user.id],
  findModified: async () => [],
  existing: async (_, ids) => new Set(ids),
  members: async () => new Map(),
  memberships: async () => new Map(),
  groupsOf: async () => new Map(),
  countMembers: async () => 0,
  charge: async () => ({ within: true, left: 1 }),
  changeMembers: async () => {},
  touch: async () => group,
  lease: async () => ({ stored: group, lease: { id: 'lease', until: Number.POSITIVE_INFINITY } }),
  release: async () => group,
};

const handler = scimHandler([userType, groupType].flatMap(resourceEndpoints), servicesOver(store), {
  deployment: 'bench',
  function: 'bench',
  log: () => {},
  recordUse: async () => {},
  state: async () => ({}),
  consumption: () => ({ readUnits: 0, writeUnits: 0, conflicts: 0 }),
});

/** Mean CPU of the handler alone, in milliseconds: from the gateway's event to its result, with a stub for the store. */
async function cost(method: string, path: string, query: Record<string, string> | null, body?: JsonObject) {
  const event = proxyEvent(caller, method, path, { query, ...(body && { body }) });
  // Half of the calls warm up.
  let before = process.cpuUsage();
  for (let at = 0; at < 2 * calls; at++) {
    if (at === calls) before = process.cpuUsage();
    const { statusCode, body: answer } = await handler(event);
    if (statusCode >= 300) throw new Error(`${method} ${path} returned ${statusCode}: ${answer}`);
  }
  const { user: own, system } = process.cpuUsage(before);
  return (own + system) / 1000 / calls;
}

const addMember = patchBody({ op: 'add', path: 'members', value: [{ value: user.id }] });

/** CPU of the handler alone for each request, in milliseconds. */
export const handlerCosts: ReadonlyMap<string, () => Promise<number>> = new Map([
  ['create', () => cost('POST', '/Users', null, userBody('anna'))],
  ['get', () => cost('GET', `/Users/${user.id}`, null)],
  ['userName eq', () => cost('GET', '/Users', { filter: 'userName eq "user0@example.com"' })],
  ['list 100', () => cost('GET', '/Users', { count: '100' })],
  ['add one member', () => cost('PATCH', `/Groups/${group.id}`, null, addMember)],
]);
