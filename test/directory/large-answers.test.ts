import type { APIGatewayProxyEvent } from 'aws-lambda';
import { groupType } from '../../lambda/directory/resource-types';
import type { Bound, StoredMember } from '../../lambda/directory/store';
import { resourceEndpoints } from '../../lambda/gateway/endpoints';
import { type ProxyHandler, scimHandler } from '../../lambda/gateway/handler';
import type { JsonObject } from '../../lambda/scim/json';
import { DynamoStore } from '../../lambda/store/dynamo-store';
import { type OpenTables, openTables } from '../store/open-tables';
import { patchBody, servicesOver } from './requests';

const tenantId = 'tenantaaaaaa';
const base = `/${tenantId}/scim/v2/Groups`;
const member = (at: number) => ({ value: `00000000-0000-4000-8000-${String(at).padStart(12, '0')}` });

/** A store with groups of more members than fit a response, without the minute that it takes to write them. */
class LargeGroups extends DynamoStore {
  size = 0;

  override async members(
    _: string,
    ids: readonly string[],
    bound?: Bound,
  ): Promise<ReadonlyMap<string, readonly StoredMember[]>> {
    if (!bound) throw new Error('A request read the members of a group without a bound.');
    if (this.size > bound.most) throw bound.refuse();
    return new Map(ids.map((id) => [id, Array.from({ length: this.size }, (_, at) => member(at))]));
  }
}

let open: OpenTables;
let handler: ProxyHandler;
let store: LargeGroups;

beforeAll(async () => {
  open = await openTables();
  store = new LargeGroups(open.tables);
  handler = scimHandler(resourceEndpoints(groupType), servicesOver(store), {
    deployment: 'directory',
    function: 'groups',
    log: () => {},
    recordUse: async () => {},
    state: async () => ({}),
    consumption: () => ({ readUnits: 0, writeUnits: 0, conflicts: 0 }),
  });
});
afterAll(() => open.close());

async function send(
  httpMethod: string,
  path: string,
  body?: object,
  query?: Record<string, string>,
  headers: Record<string, string> = {},
) {
  const result = await handler({
    httpMethod,
    path: base + path,
    resource: '/{tenantId}/scim/v2/Groups/{id}',
    headers: { Host: 'scim.example.com', ...headers },
    queryStringParameters: query ?? null,
    body: body ? JSON.stringify(body) : null,
    isBase64Encoded: false,
    requestContext: {
      requestId: 'request-1',
      domainName: 'scim.example.com',
      path: `/prod${base}${path}`,
      authorizer: { tenantId, credentialId: 'tokenaaaaaaa', scope: 'scim', profile: 'standard' },
    },
  } as unknown as APIGatewayProxyEvent);
  return { status: result.statusCode, headers: result.headers, body: result.body && JSON.parse(result.body) };
}

/** A group of the size given. */
async function groupOf(size: number, displayName: string) {
  const { body, headers } = await send('POST', '', { displayName });
  store.size = size;
  return { id: body.id as string, etag: String(headers?.ETag) };
}

const withoutMembers = { excludedAttributes: 'members' };

test.each([
  ['as many members as are read', 120_000],
  ['more members than are read', 120_001],
])('a group with %s is changed and shown without them: it was not refused', async (_, size) => {
  const { id } = await groupOf(size, `Everybody of ${size}`);
  const rename = patchBody({ op: 'replace', path: 'displayName', value: `Renamed ${size}` });
  const answer = await send('PATCH', `/${id}`, rename, { attributes: 'displayName,members' });
  expect(answer).toMatchObject({ status: 200, body: { id, displayName: `Renamed ${size}` } });
  expect(answer.body).not.toHaveProperty('members');
  expect((await send('GET', `/${id}`, undefined, withoutMembers)).body.displayName).toBe(`Renamed ${size}`);
  const whole = await send('GET', `/${id}`);
  expect(whole).toMatchObject({ status: 400, body: { scimType: 'tooMany' } });
  expect(whole.body.detail).toContain('excludedAttributes=members');
});

test('a client that has the version of a large group is told so, without its members', async () => {
  const { id, etag } = await groupOf(1_000_000, 'Known');
  expect((await send('GET', `/${id}`, undefined, undefined, { 'If-None-Match': etag })).status).toBe(304);
});

describe('what must know the members of a group reads no more than it may change or compare', () => {
  const replace = (value: readonly JsonObject[]) => patchBody({ op: 'replace', path: 'members', value });
  const changes: readonly [name: string, method: string, size: number, body: object, advice: string][] = [
    ['PUT without members', 'PUT', 20_001, { displayName: 'New' }, 'Add and remove members by their ids'],
    ['PUT', 'PUT', 20_002, { displayName: 'New', members: [member(0)] }, 'has more than 20001 members'],
    ['a replacement', 'PATCH', 20_002, replace([member(0)]), 'Add and remove members by their ids'],
    ['a removal of all', 'PATCH', 20_001, patchBody({ op: 'remove', path: 'members' }), 'in several requests'],
    [
      'a filter',
      'PATCH',
      120_001,
      patchBody({ op: 'remove', path: 'members[type eq "Group"]' }),
      'Remove members by their ids, members[value eq "<id>"]',
    ],
  ];

  test.each(changes)('%s', async (name, method, size, body, advice) => {
    const { id, etag } = await groupOf(size, `Before ${name}`);
    const answer = await send(method, `/${id}`, body);
    expect(answer.status).toBe(413);
    expect(answer.body.detail).toContain(advice);
    const after = await send('GET', `/${id}`, undefined, withoutMembers);
    expect([after.body.displayName, after.headers?.ETag]).toEqual([`Before ${name}`, etag]);
  });
});
