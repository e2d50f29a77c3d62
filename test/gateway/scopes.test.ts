import { adminJson } from '../cli/admin';
import { type LocalEndpoint, startLocal } from '../cli/local-endpoint';
import cases from './scopes.json';

interface Case {
  readonly request: string;
  readonly body?: object;
  /** The status for a credential that may only read. */
  readonly readOnly: number;
  /** The status for any other, if it is different. */
  readonly else?: number;
}

let endpoint: LocalEndpoint;
let baseUrl: string;
let tokens: { readonly reading: string; readonly writing: string };

beforeAll(async () => {
  endpoint = await startLocal();
  const first = await endpoint.createTenant({ label: 'scopes', profile: 'standard' });
  const second = await adminJson<{ token: string }>(
    'token',
    'create',
    'scopes',
    '--read-only',
    '--data',
    endpoint.data,
  );
  baseUrl = first.baseUrl;
  tokens = { reading: second.token, writing: first.token };
});

afterAll(() => endpoint.close());

async function send(token: string, { request, body }: Case) {
  const [method = '', path = ''] = request.split(' ');
  return await fetch(`${baseUrl}${path.replace(/\/$/, '')}`, {
    method,
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/scim+json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
}

test.each(cases as readonly Case[])('$request with a credential that may only read is $readOnly', async (one) => {
  const refused = await send(tokens.reading, one);
  expect(refused.status).toBe(one.readOnly);
  expect((await send(tokens.writing, one)).status).toBe(one.else ?? one.readOnly);
  const challenge = refused.headers.get('x-amzn-Remapped-WWW-Authenticate');
  expect(challenge).toBe(one.readOnly === 403 ? 'Bearer error="insufficient_scope", scope="scim"' : null);
});

test('the refusal says what is missing, and nothing has changed', async () => {
  const name = { givenName: 'Anna', familyName: 'Example' };
  const body = { userName: 'anna', displayName: 'Anna', name };
  const refused = (await (await send(tokens.reading, { request: 'POST /Users', body, readOnly: 403 })).json()) as {
    readonly detail: string;
  };
  expect(refused.detail).toMatch(
    /^POST at \/Users needs the scope "scim", and this credential has "scim:read": it may only read\. Use a credential of this tenant that may write\. \(request .+\)$/,
  );
  const list = await send(tokens.reading, { request: 'GET /Users', readOnly: 200 });
  expect(await list.json()).toMatchObject({ totalResults: 0 });
});

test('a successor of a token that may only read may only read', async () => {
  const [, second] = await adminJson<readonly { tokenId: string; scope: string }[]>(
    'token',
    'list',
    'scopes',
    '--data',
    endpoint.data,
  );
  expect(second?.scope).toBe('scim:read');
  const rotate = ['token', 'rotate', 'scopes', second?.tokenId ?? '', '--limit', '3', '--data', endpoint.data];
  const { token } = await adminJson<{ token: string }>(...rotate);
  expect((await send(token, { request: 'POST /Users', body: {}, readOnly: 403 })).status).toBe(403);
});
