import { isObject, type Json, type JsonObject } from '../../../lambda/scim/json';
import { type Answered, type Asked, eachResource, type Fault, isList } from './broken-endpoint';

/** What endpoints get wrong, and the checks that must find it. */
export interface SeededFault extends Fault {
  readonly fault: string;
  readonly foundBy: readonly string[];
}

const ok = (status: number, body?: Json): Answered => ({ status, body });
const isEmpty = (body: Json | undefined) => isList(body) && body.Resources.length === 0;
const isFilter = ({ path }: Asked) => path.includes('filter=');

function operations(body: Json | undefined): readonly JsonObject[] {
  return isObject(body) && Array.isArray(body.Operations) ? (body.Operations as readonly JsonObject[]) : [];
}

const has = (asked: Asked, test: (operation: JsonObject) => boolean) => operations(asked.body).some(test);

export const faults: readonly SeededFault[] = [
  {
    fault: 'answers 404 when nobody matches',
    answer: (answered, asked) => (isFilter(asked) && isEmpty(answered.body) ? ok(404, {}) : answered),
    foundBy: ['Okta match: an unknown user is an empty list', 'Entra connection: match by externalId'],
  },
  {
    fault: 'has strings for counts',
    answer: (answered) => {
      const { body } = answered;
      return isList(body) ? { ...answered, body: { ...body, totalResults: String(body.totalResults) } } : answered;
    },
    foundBy: ['Test API Credentials: users are listed'],
  },
  {
    fault: 'leaves out active when it is false',
    answer: (answered) => ({
      ...answered,
      body: eachResource(answered.body, ({ active, ...rest }) => (active === true ? { ...rest, active } : rest)),
    }),
    foundBy: [
      'Okta PUT user: unassign: deactivate',
      'Okta PATCH user: the user is deactivated',
      'Entra user: the user is disabled',
    ],
  },
  {
    fault: 'ignores the removal of members by PATCH',
    ask: (asked) =>
      has(asked, ({ op, path }) => /remove/i.test(String(op)) && String(path).startsWith('members')) ? ok(204) : asked,
    foundBy: [
      'Okta PATCH group: one was removed, one added',
      'Entra group: only that one was removed',
      'Entra group: one member is left',
    ],
  },
  {
    fault: 'removes all members when one is to go by its value',
    ask: (asked) => ({
      ...asked,
      body: has(asked, ({ op, path }) => op === 'Remove' && path === 'members')
        ? ({ ...(asked.body as JsonObject), Operations: [{ op: 'remove', path: 'members' }] } as Json)
        : asked.body,
    }),
    foundBy: ['Entra group: only that one was removed'],
  },
  {
    fault: 'answers a creation without a body',
    answer: (answered, { method }) => (method === 'POST' && answered.status === 201 ? ok(201) : answered),
    foundBy: ['Okta PUT user: assign: create', 'Okta PATCH group: push: create', 'Entra user: create'],
  },
  {
    fault: 'answers the userName in small letters',
    answer: (answered) => ({
      ...answered,
      body: eachResource(answered.body, (resource) =>
        typeof resource.userName === 'string' ? { ...resource, userName: resource.userName.toLowerCase() } : resource,
      ),
    }),
    foundBy: ['Entra user: create', 'Entra user: matched in another case'],
  },
  {
    fault: 'fails with 500 on a duplicate',
    answer: (answered) => (answered.status === 409 ? ok(500, {}) : answered),
    foundBy: ['Conflicts: a userName that is taken is 409', 'Conflicts: a group name that is taken is 409'],
  },
  {
    fault: 'refuses tokens in HTML',
    answer: (answered) => (answered.status === 401 ? { status: 401, text: '<h1>Unauthorized</h1>' } : answered),
    foundBy: ['Wrong tokens: a wrong token is refused', 'Wrong tokens: no token is refused'],
  },
  {
    fault: 'ignores filters',
    ask: (asked) => ({ ...asked, path: asked.path.replace(/filter=[^&]*&?/, '') }),
    foundBy: ['Okta match: an unknown user is an empty list', 'Entra connection: a filter with + for spaces'],
  },
  {
    fault: 'knows operations in small letters only',
    ask: (asked) => (has(asked, ({ op }) => /^[A-Z]/.test(String(op))) ? ok(400, {}) : asked),
    foundBy: ['Entra user: disable, with capital Replace and "False" as a string', 'Entra group: add a member'],
  },
  {
    fault: 'refuses booleans as strings',
    ask: (asked) => (has(asked, ({ value }) => value === 'False' || value === 'True') ? ok(400, {}) : asked),
    foundBy: ['Entra user: disable, with capital Replace and "False" as a string', 'Entra leaver: soft delete'],
  },
  {
    fault: 'enables a user when a PUT leaves active out',
    ask: (asked) =>
      asked.method === 'PUT' && isObject(asked.body) && !('active' in asked.body) && 'userName' in asked.body
        ? { ...asked, body: { ...asked.body, active: true } }
        : asked,
    foundBy: ['Okta PUT user: a push without active does not enable a user'],
  },
  {
    fault: 'refuses an empty array of members',
    ask: (asked) =>
      (isObject(asked.body) && asked.method === 'PUT' && JSON.stringify(asked.body.members) === '[]') ||
      has(asked, ({ path, value }) => path === 'members' && JSON.stringify(value) === '[]')
        ? ok(400, {})
        : asked,
    foundBy: ['Okta PUT group: Push Now on an empty group', 'Okta PATCH group: Push Now on an empty group'],
  },
  {
    fault: 'has no PUT of groups',
    ask: (asked) => (asked.method === 'PUT' && asked.path.startsWith('/Groups') ? ok(405, {}) : asked),
    foundBy: ['Okta PUT group: add members', 'Okta PUT group: the member is gone'],
  },
  {
    fault: 'hides deactivated users',
    answer: (answered, { method, path }) =>
      method === 'GET' && path.startsWith('/Users/') && isObject(answered.body) && answered.body.active === false
        ? ok(404, {})
        : answered,
    foundBy: ['Okta PUT user: the deactivated user can be read', 'Okta PATCH user: the user is deactivated'],
  },
  {
    fault: 'only says that it deletes',
    ask: (asked) => (asked.method === 'DELETE' && asked.path.startsWith('/Groups') ? ok(204) : asked),
    foundBy: [
      'Okta PUT group: the group is gone',
      'Okta PATCH group: the group is gone',
      'Entra group: the group is gone',
    ],
  },
  {
    fault: 'has no schema of groups',
    answer: (answered, { path }) =>
      path === '/Schemas' && isList(answered.body)
        ? {
            ...answered,
            body: { ...answered.body, Resources: answered.body.Resources.filter(({ name }) => name !== 'Group') },
          }
        : answered,
    foundBy: ['Discovery: Schemas has users and groups'],
  },
  {
    fault: 'takes any token',
    ask: (asked) => (asked.headers.authorization?.endsWith('0') || !asked.headers.authorization ? ok(200, {}) : asked),
    foundBy: ['Wrong tokens: no token is refused'],
  },
  {
    fault: 'compares names by letter case',
    ask: (asked) =>
      decodeURIComponent(asked.path).includes('TEST_USER')
        ? ok(200, {
            schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
            totalResults: 0,
            startIndex: 1,
            itemsPerPage: 0,
            Resources: [],
          })
        : asked,
    foundBy: ['Entra user: matched in another case'],
  },
];
