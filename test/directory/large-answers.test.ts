import type { APIGatewayProxyEvent } from 'aws-lambda';
import { groupType } from '../../lambda/directory/resource-types';
import type { StoredMember } from '../../lambda/directory/store';
import { resourceEndpoints } from '../../lambda/gateway/endpoints';
import { type ProxyHandler, scimHandler } from '../../lambda/gateway/handler';
import { DynamoStore } from '../../lambda/store/dynamo-store';
import { type OpenTables, openTables } from '../store/open-tables';
import { patchBody, servicesOver } from './requests';

const tenantId = 'tenantaaaaaa';
const base = `/${tenantId}/scim/v2/Groups`;
const member = (at: number) => ({ value: `00000000-0000-4000-8000-${String(at).padStart(12, '0')}` });

/** A store with a group of more members than an answer holds, without the minute that writing them takes. */
class LargeGroups extends DynamoStore {
  override async members(_: string, ids: readonly string[]): Promise<ReadonlyMap<string, readonly StoredMember[]>> {
    return new Map(ids.map((id) => [id, Array.from({ length: 130_000 }, (_, at) => member(at))]));
  }
}

let open: OpenTables;
let handler: ProxyHandler;

beforeAll(async () => {
  open = await openTables();
  handler = scimHandler(resourceEndpoints(groupType), servicesOver(new LargeGroups(open.tables)), {
    deployment: 'directory',
    function: 'groups',
    log: () => {},
    recordUse: async () => {},
    consumption: () => ({ readUnits: 0, writeUnits: 0, conflicts: 0 }),
  });
});
afterAll(() => open.close());

async function send(httpMethod: string, path: string, body?: object, query?: Record<string, string>) {
  const result = await handler({
    httpMethod,
    path: base + path,
    resource: '/{tenantId}/scim/v2/Groups/{id}',
    headers: { Host: 'scim.example.com' },
    queryStringParameters: query ?? null,
    body: body ? JSON.stringify(body) : null,
    isBase64Encoded: false,
    requestContext: {
      requestId: 'request-1',
      domainName: 'scim.example.com',
      path: `/prod${base}${path}`,
      authorizer: { tenantId, tokenId: 'tokenaaaaaaa', profile: 'standard' },
    },
  } as unknown as APIGatewayProxyEvent);
  return { status: result.statusCode, body: JSON.parse(result.body) };
}

describe('a group with more members than fit into a response', () => {
  const rename = patchBody({ op: 'replace', path: 'displayName', value: 'By PATCH' });
  const changes: [method: string, body: object, query: Record<string, string> | undefined, name: string][] = [
    ['PUT', { displayName: 'By PUT' }, undefined, 'By PUT'],
    ['PATCH', rename, { attributes: 'displayName,members' }, 'By PATCH'],
  ];

  test.each(changes)(
    'is changed by %s and shown without them: it was not refused',
    async (method, body, query, name) => {
      const { id } = (await send('POST', '', { displayName: 'Everybody' })).body;
      const answer = await send(method, `/${id}`, body, query);
      expect(answer).toMatchObject({ status: 200, body: { id, displayName: name } });
      expect(answer.body).not.toHaveProperty('members');
      expect((await send('GET', `/${id}`, undefined, { excludedAttributes: 'members' })).body.displayName).toBe(name);
      expect(await send('GET', `/${id}`)).toMatchObject({ status: 400, body: { scimType: 'tooMany' } });
    },
  );
});
