import { bulkHandler } from '../lambda/directory/bulk';
import { resourceTypes } from '../lambda/directory/resource-types';
import { searchAll, searchHandler } from '../lambda/directory/search';
import { dispatch } from '../lambda/gateway/dispatch';
import { resourceEndpoints } from '../lambda/gateway/endpoints';
import { scimHandler } from '../lambda/gateway/handler';
import type { JsonObject } from '../lambda/scim/json';
import { DynamoStore } from '../lambda/store/dynamo-store';
import { tablesFromEnvironment } from '../lambda/store/tables';
import { patchBody, servicesOver, userBody } from '../test/directory/requests';
import { proxyEvent } from './proxy-event';
import type { WorstInput } from './worst-inputs';
import { groups, idOf, largeUser, tenants, tinyUser } from './worst-seed';

const operations = resourceTypes.flatMap(resourceEndpoints);
const bulk = bulkHandler(
  (inner, request) => dispatch(operations, request)(inner, request),
  (error) => {
    throw error;
  },
);
const endpoints = [
  ...resourceTypes.map((type) => ({
    path: [type.endpoint, '.search'],
    methods: new Map([['POST', searchHandler(type)]]),
  })),
  { path: ['.search'], methods: new Map([['POST', searchAll]]) },
  { path: ['Bulk'], methods: new Map([['POST', bulk]]) },
  ...operations,
];

type Tenant = keyof typeof tenants;

const times = <T>(count: number, make: (index: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, index) => make(index));
const members = (count: number, from = 0) => times(count, (at) => ({ value: idOf(from + at) }));

/** A request through the handlers, on the store of the environment. */
function request(name: string, tenant: Tenant, method: string, path: string, body?: object): WorstInput {
  return {
    name,
    run: async () => {
      const handler = scimHandler(endpoints, servicesOver(new DynamoStore(tablesFromEnvironment())), {
        deployment: 'bench',
        function: 'bench',
        log: () => {},
        recordUse: async () => {},
        state: async () => ({}),
        consumption: () => ({ readUnits: 0, writeUnits: 0, conflicts: 0 }),
      });
      const [at = '', query = ''] = path.split('?');
      const caller = {
        tenantId: tenants[tenant],
        credentialId: 'tokenaaaaaaa',
        scope: 'scim',
        profile: 'standard',
      } as const;
      const { statusCode, body: text } = await handler(
        proxyEvent(caller, method, at, {
          query: Object.fromEntries(new URLSearchParams(query)),
          ...(body && { body }),
        }),
      );
      return at === '/Bulk' ? statuses(text) : String(statusCode);
    },
  };
}

/** How many operations of a bulk request ended with each status. */
function statuses(text: string): string {
  const { Operations = [] } = JSON.parse(text) as { Operations?: readonly { readonly status: string }[] };
  const distinct = [...new Set(Operations.map(({ status }) => status))];
  return distinct
    .map((status) => `${Operations.filter((each) => each.status === status).length} × ${status}`)
    .join(', ');
}

const search = (name: string, tenant: Tenant, type: string, query: JsonObject) =>
  request(`search: ${name}`, tenant, 'POST', `${type}/.search`, query);

const inBulk = (name: string, tenant: Tenant, make: (at: number) => JsonObject) =>
  request(`Bulk: 100 ${name}`, tenant, 'POST', '/Bulk', { Operations: times(100, make) });

const add = (value: readonly JsonObject[]) => patchBody({ op: 'add', path: 'members', value });

const reading = [
  request('GET a group of 119,900 members', 'groups', 'GET', `/Groups/${groups.whole}`),
  request('list 200 groups of 119,800 members', 'groups', 'GET', '/Groups?count=200'),
  request('list 27 users of 300 KB', 'large', 'GET', '/Users?count=200'),
  request('list 20 users of 300 KB', 'large', 'GET', '/Users?count=20'),
  request('list 80 users of small values', 'tiny', 'GET', '/Users?count=200'),
  request('list 40 users of small values', 'tiny', 'GET', '/Users?count=40'),
  request('GET a group of 110,000 members', 'groups', 'GET', `/Groups/${groups.shown}`),
  request('list 180 groups of 107,820 members', 'groups', 'GET', '/Groups?count=180'),
  search('every user, by a text', 'small', '/Users', { filter: 'title co "y"', count: 200 }),
  search('every user, by 20 texts', 'small', '/Users', { filter: times(20, (at) => `title co "y${at}"`).join(' or ') }),
  search('every user, by 2 texts', 'small', '/Users', { filter: 'title co "y1" or title co "y2"', count: 1 }),
  search('every user, sorted', 'small', '/Users', { sortBy: 'title', count: 200 }),
  search('every user and group, sorted', 'small', '', { sortBy: 'displayName', count: 200 }),
  search('every user by time', 'small', '/Users', { filter: 'meta.lastModified ge "2020-01-01T00:00:00Z"', count: 1 }),
  search('80 users of small values', 'tiny', '/Users', { filter: 'roles[value eq "y"]', count: 200 }),
  search('27 users of 300 KB', 'large', '/Users', { filter: 'roles.value co "y"', count: 200 }),
  search('who is in a group of 119,900', 'groups', '/Users', { filter: `groups.value eq "${groups.whole}"`, count: 1 }),
  search('in 70 groups of 599, each', 'groups', '/Users', {
    filter: times(70, (at) => `groups.value eq "${idOf(at)}"`).join(' or '),
    count: 1,
  }),
  search('groups with members', 'groups', '/Groups', { filter: 'members[type eq "Group"]', count: 200 }),
  search('not in a group of 119,900', 'groups', '/Groups', { filter: `not (members.value eq "${idOf(1)}")`, count: 1 }),
];

const changing = [
  request('POST a group of 5,000', 'groups', 'POST', '/Groups', { displayName: 'few', members: members(5000) }),
  request('POST a group of 20,000', 'groups', 'POST', '/Groups', { displayName: 'new', members: members(20_000) }),
  request('PUT 10,000 members for 10,000 others', 'groups', 'PUT', `/Groups/${groups.replaced}`, {
    displayName: 'replaced',
    members: members(10_000),
  }),
  request('PATCH: add 20,000 members', 'groups', 'PATCH', `/Groups/${groups.added}`, add(members(20_000))),
  request(
    'PATCH: remove by a filter from 119,900',
    'groups',
    'PATCH',
    `/Groups/${groups.whole}`,
    patchBody({ op: 'remove', path: 'members[type eq "Group"]' }),
  ),
  request('PUT a user of small values', 'tiny', 'PUT', `/Users/${idOf(1)}`, { ...tinyUser(1), title: 'x' }),
  request('PUT a user of 300 KB', 'large', 'PUT', `/Users/${idOf(1)}`, { ...largeUser(1), title: 'x' }),
];

const bulks = [
  inBulk('changes of 800 members', 'groups', (at) => ({
    method: 'PATCH',
    path: `/Groups/${groups.empty}`,
    data: add(members(800, (at * 200) % 19_000)),
  })),
  inBulk('groups of 800 members', 'groups', (at) => ({
    method: 'POST',
    path: '/Groups',
    bulkId: `g${at}`,
    data: { displayName: `bulk${at}`, members: members(800) },
  })),
  inBulk('users with 50 emails', 'small', (at) => ({
    method: 'POST',
    path: '/Users',
    bulkId: `u${at}`,
    data: userBody(`bulk${at}`, {
      emails: times(50, (index) => ({ value: `bulk${at}.${index}@example.com`, ...(index === 0 && { type: 'work' }) })),
    }),
  })),
  inBulk('changes of users of 300 KB', 'large', (at) => ({
    method: 'PATCH',
    path: `/Users/${idOf(at % 27)}`,
    data: patchBody({ op: 'replace', path: 'title', value: `${at}` }),
  })),
  inBulk('changes of users of small values', 'tiny', (at) => ({
    method: 'PATCH',
    path: `/Users/${idOf(at % 80)}`,
    data: patchBody({ op: 'replace', path: 'title', value: `${at}` }),
  })),
  inBulk('removals by a filter from 119,900', 'groups', () => ({
    method: 'PATCH',
    path: `/Groups/${groups.whole}`,
    data: patchBody({ op: 'remove', path: 'members[type eq "Group"]' }),
  })),
  inBulk('deletions of groups of 599', 'groups', (at) => ({ method: 'DELETE', path: `/Groups/${idOf(at)}` })),
];

/** The worst requests of what the store has: they run on the data of `worst-seed.ts`, in this order. */
export const storeInputs: readonly WorstInput[] = [...reading, ...changing, ...bulks];
