import { groupType, userType } from '../lambda/directory/resource-types';
import { dispatch } from '../lambda/gateway/dispatch';
import { resourceEndpoints } from '../lambda/gateway/endpoints';
import type { JsonObject } from '../lambda/scim/json';
import { DynamoStore } from '../lambda/store/dynamo-store';
import { tablesFromEnvironment } from '../lambda/store/tables';
import { patchBody, request, servicesOver, userBody } from '../test/directory/requests';
import { profile, type SeededTenant } from './storage-seed';

/** A request on a tenant, number `at` of turn `turn`. */
type Request = (at: number, turn: number) => Promise<void>;

/** How many requests make a turn. */
export const perTurn = 5;

const endpoints = [userType, groupType].flatMap(resourceEndpoints);

/** What is measured on a tenant, by name: the handlers' work from request to response, on the tables of the environment. */
export async function requestsOn({
  tenantId,
  size,
  users,
  group,
}: SeededTenant): Promise<ReadonlyMap<string, Request>> {
  const services = servicesOver(new DynamoStore(tablesFromEnvironment()));
  const answer = (method: string, path: string, body?: JsonObject) => {
    const sent = request(method, path, { tenantId, profile, ...(body && { body }) });
    return dispatch(endpoints, sent)(services, sent);
  };
  const send = async (method: string, path: string, body?: JsonObject) => {
    await answer(method, path, body);
  };
  const page = (start: number) => send('GET', `/Users?count=100&startIndex=${start}`);
  // A page begins somewhere among the users whose ids begin with the same three digits: a fifth further each time.
  const within = (at: number) => Math.floor((at * size) / 4096 / perTurn);
  const patchGroup = (operation: JsonObject) => send('PATCH', `/Groups/${group}`, patchBody(operation));
  const userIn = (at: number) => users[at * 17] ?? '';
  const userOutside = (at: number) => users.at(-1 - at) ?? '';
  const first = await answer('GET', '/Users?cursor=&count=100');
  return new Map<string, Request>([
    ['create', (at, turn) => send('POST', '/Users', userBody(`new${turn}-${at}`))],
    ['get', (at) => send('GET', `/Users/${userIn(at)}`)],
    ['userName eq', (at) => send('GET', `/Users?filter=${encodeURIComponent(`userName eq "user${at}@example.com"`)}`)],
    ['list, first page', () => page(1)],
    ['list, middle page', (at) => page(size / 2 + 1 + within(at))],
    ['list, last page', (at) => page(size - 99 - within(at))],
    ['cursor page', () => send('GET', `/Users?count=100&cursor=${first.body?.nextCursor}`)],
    // Every other turn back again, so that each changes something.
    [
      'PATCH active',
      (at, turn) =>
        send('PATCH', `/Users/${userIn(at)}`, patchBody({ op: 'replace', path: 'active', value: turn % 2 === 1 })),
    ],
    ['add one member', (at) => patchGroup({ op: 'add', path: 'members', value: [{ value: userOutside(at) }] })],
    ['remove one member', (at) => patchGroup({ op: 'remove', path: `members[value eq "${userOutside(at)}"]` })],
    ['group without members', () => send('GET', `/Groups/${group}?excludedAttributes=members`)],
    ['group with members', (at) => (at === 0 ? send('GET', `/Groups/${group}`) : Promise.resolve())],
  ]);
}
