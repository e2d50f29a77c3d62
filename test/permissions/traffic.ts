import type { SQSEvent } from 'aws-lambda';
import { makeClientSecret, makeId } from '../../lambda/tenants/token-format';
import type { TenantAccess } from '../../local/endpoint';
import { patchBody, userBody } from '../directory/requests';

type Body = Readonly<Record<string, unknown>>;

/** A request: method, path, and body if it has one. */
type Sent = readonly [method: string, path: string, body?: object];

/** How a request or an operation of a bulk request is sent; returns the response or the operation's result. */
type Send = (...sent: Sent) => Promise<Body>;

/** Sends requests to `/Users`, `/Groups` and so on. */
export function sender({ baseUrl, token }: TenantAccess): Send {
  const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/scim+json' };
  return async (method, path, body) => {
    const response = await fetch(baseUrl + path, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
    return JSON.parse((await response.text()) || '{}') as Body;
  };
}

/** Sends operations in one bulk request. */
async function sendBulk(send: Send, operations: readonly Sent[]): Promise<readonly Body[]> {
  const { Operations } = await send('POST', '/Bulk', {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'],
    Operations: operations.map(([method, path, data], at) => ({ method, path, bulkId: `b${at}`, data })),
  });
  return Operations as Body[];
}

/** Sends requests as bulk requests of one operation. */
const inBulk =
  (send: Send): Send =>
  async (...sent) => {
    const [result = {}] = await sendBulk(send, [sent]);
    return { ...result, id: String(result.location).split('/').at(-1) };
  };

const add = (value: unknown) => patchBody({ op: 'add', path: 'members', value: [{ value: String(value) }] });
const emails = (name: string) =>
  Array.from({ length: 50 }, (_, at) => ({ value: `${name}${at}@example.com`, primary: at === 0 }));

/** The ids of new users: more than fit the transaction that creates a group of them. */
async function createUsers(send: Send): Promise<readonly string[]> {
  const create = (at: number): Sent => ['POST', '/Users', userBody(`member${at}`)];
  const results = await sendBulk(
    send,
    Array.from({ length: 100 }, (_, at) => create(at)),
  );
  return results.map(({ location }) => String(location).split('/').at(-1) ?? '');
}

/** Changes users: a value that is already used, more emails than a transaction holds, memberships of a deleted one. */
async function changeUsers(send: Send, read: Send, name: string): Promise<void> {
  const { id } = await send('POST', '/Users', userBody(name, { emails: emails('first') }));
  await send('POST', '/Users', userBody(name));
  await send('PATCH', `/Users/${id}`, patchBody({ op: 'replace', path: 'active', value: false }));
  await send('PUT', `/Users/${id}`, userBody(`renamed-${name}`, { emails: emails('second') }));
  const group = await read('POST', '/Groups', { displayName: `Of ${name}`, members: [{ value: id }] });
  await findUsers(read, String(group.id), `renamed-${name}`);
  await send('DELETE', `/Users/${id}`);
}

/** Changes groups: small and large ones, one member and all of them, with users and groups as members. */
async function changeGroups(send: Send, read: Send, name: string, ids: readonly string[]): Promise<void> {
  const members = ids.map((value) => ({ value }));
  const small = await send('POST', '/Groups', { displayName: `Small ${name}`, members: members.slice(0, 2) });
  const large = await send('POST', '/Groups', { displayName: `Large ${name}`, members });
  await send('POST', '/Groups', { displayName: `Large ${name}`, members });
  await send('PATCH', `/Groups/${small.id}`, add(ids[2]));
  await send('PATCH', `/Groups/${large.id}`, add(small.id));
  await send('PATCH', `/Groups/${small.id}`, patchBody({ op: 'replace', path: 'displayName', value: `Tiny ${name}` }));
  await findGroups(read, String(ids[0]), `Large ${name}`);
  await send('PUT', `/Groups/${large.id}`, { displayName: `Large ${name}`, members: members.slice(50) });
  await send('PATCH', `/Groups/${large.id}`, patchBody({ op: 'remove', path: 'members' }));
  for (const { id } of [small, large]) await send('DELETE', `/Groups/${id}`);
}

const since = 'meta.lastModified gt "2020-01-01T00:00:00Z"';
const filters = (...all: string[]) => all.map((filter) => `filter=${encodeURIComponent(filter)}`);

/** Lists users and finds them by every index. */
async function findUsers(send: Send, groupId: string, name: string): Promise<void> {
  const inGroup = `groups.value eq "${groupId}"`;
  const found = filters(since, inGroup, `userName eq "${name}@example.com" and ${inGroup}`);
  for (const query of ['count=1', 'startIndex=2&count=1', 'attributes=groups', ...found]) {
    await send('GET', `/Users?${query}`);
  }
}

async function findGroups(send: Send, memberId: string, displayName: string): Promise<void> {
  const hasMember = `members.value eq "${memberId}"`;
  const found = filters(since, hasMember, `displayName eq "${displayName}" and ${hasMember}`);
  for (const query of ['count=1', ...found]) await send('GET', `/Groups?${query}`);
}

/** The same searches, sent to `/.search`. */
const asSearch =
  (send: Send): Send =>
  (_, path) => {
    const [endpoint, query] = path.split('?');
    const { count, filter, attributes } = Object.fromEntries(new URLSearchParams(query));
    return send('POST', `${endpoint}/.search`, {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'],
      ...(filter && { filter }),
      ...(attributes && { attributes: [attributes] }),
      ...(count && { count: Number(count) }),
    });
  };

/** Groups that are members of each other, in one bulk request. */
function circular(): readonly Sent[] {
  const group = (displayName: string, at: number): Sent => [
    'POST',
    '/Groups',
    { displayName, members: [{ value: `bulkId:b${at}`, type: 'Group' }] },
  ];
  return [group('Egg', 1), group('Hen', 0)];
}

/** Sends every kind of request, to every function behind the gateway. */
export async function playRequests(send: Send): Promise<void> {
  const ids = await createUsers(send);
  await changeUsers(send, send, 'anna');
  await changeUsers(inBulk(send), send, 'bert');
  await changeGroups(send, send, 'one', ids);
  await changeGroups(inBulk(send), send, 'two', ids);
  await sendBulk(send, circular());
  const search = asSearch(send);
  const group = await send('POST', '/Groups', { displayName: 'Found', members: [{ value: ids[0] }] });
  await findUsers(search, String(group.id), 'member0');
  await findGroups(search, String(ids[0]), 'Found');
  await search('GET', '');
  await send('GET', '/Schemas');
  await send('GET', '/Nothing');
}

/** Asks the token endpoint for an access token, with a secret that nobody has. Returns the status. */
export async function askForToken({ baseUrl, tenantId }: TenantAccess): Promise<number> {
  const credentialId = makeId();
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: credentialId,
    client_secret: makeClientSecret({ tenantId, credentialId }),
  });
  const { status } = await fetch(baseUrl.replace('/scim/v2', '/oauth2/token'), { method: 'POST', body });
  return status;
}

/** The messages that the queue delivers some time after a deletion. */
export function sweepMessage(tenantId: string, type: 'User' | 'Group', id: string): SQSEvent {
  const body = JSON.stringify({ tenantId, type, id });
  return { Records: [{ messageId: '1', body, eventSource: 'aws:sqs' }] } as SQSEvent;
}
