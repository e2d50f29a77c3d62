import type { JsonObject } from '../lambda/scim/json';
import { patchBody, userBody } from '../test/directory/requests';
import type { SeededTenant } from './storage-seed';

/** The tenant of the requests. */
export type Target = SeededTenant;

/** A request, and the status of its answer. */
export interface Sent {
  readonly method: string;
  readonly path: string;
  readonly body?: JsonObject;
  readonly status: number;
}

const changeGroup = ({ group }: Target, operation: JsonObject): Sent => ({
  method: 'PATCH',
  path: `/Groups/${group}`,
  body: patchBody(operation),
  status: 204,
});

const userAt = ({ users }: Target, at: number) => users[(at * 17) % (users.length - outsideGroup)] ?? '';
const outsideGroup = 20;
const outsider = ({ users }: Target, at: number) => users.at(-1 - (at % outsideGroup)) ?? '';

/** What is sent, by name; `at` counts the requests of a name. */
const requests: Readonly<Record<string, (target: Target, at: number) => Sent>> = {
  get: (target, at) => ({ method: 'GET', path: `/Users/${userAt(target, at)}`, status: 200 }),
  create: (_, at) => ({ method: 'POST', path: '/Users', body: userBody(`new${at}-${process.pid}`), status: 201 }),
  // Each round through the users changes every one of them.
  PATCH: (target, at) => ({
    method: 'PATCH',
    path: `/Users/${userAt(target, at)}`,
    body: patchBody({ op: 'replace', path: 'title', value: `title ${at}` }),
    status: 200,
  }),
  // In turns, so that each changes something.
  'add or remove a member': (target, at) =>
    changeGroup(
      target,
      at % 2 === 0
        ? { op: 'add', path: 'members', value: [{ value: outsider(target, at / 2) }] }
        : { op: 'remove', path: `members[value eq "${outsider(target, (at - 1) / 2)}"]` },
    ),
  'group without members': ({ group }) => ({
    method: 'GET',
    path: `/Groups/${group}?excludedAttributes=members`,
    status: 200,
  }),
  'userName eq': (_, at) => ({
    method: 'GET',
    path: `/Users?filter=${encodeURIComponent(`userName eq "user${at}@example.com"`)}`,
    status: 200,
  }),
  'list 100': () => ({ method: 'GET', path: '/Users?count=100', status: 200 }),
};

/** The names of all requests. */
export const requestNames = Object.keys(requests);

/** Request number `at` of a name. */
export function requestNamed(name: string, target: Target, at: number): Sent {
  const make = requests[name];
  if (!make) throw new Error(`There is no request ${name}; there are ${requestNames.join(', ')}.`);
  return make(target, at);
}
