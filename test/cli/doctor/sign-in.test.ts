import { checkClient } from '../../../doctor/sign-in';
import { makeClientSecret, makeToken } from '../../../lambda/tenants/token-format';
import type { TenantAccess } from '../../../local/endpoint';
import { admin } from '../admin';
import { type LocalEndpoint, startLocal } from '../local-endpoint';
import { startTokenEndpoint, type TokenFault } from './token-endpoint';

const client = { id: 'client+of%theirs', secret: 'a%b+c:d/e' };
let endpoint: LocalEndpoint;
let tenant: TenantAccess;

beforeAll(async () => {
  endpoint = await startLocal();
  tenant = await endpoint.createTenant({ label: 'sign-in' });
});
afterAll(() => endpoint.close());

async function doctor(fault?: TokenFault, secret = client.secret) {
  const tokens = await startTokenEndpoint(client, tenant.token, fault);
  const options = ['--token-url', tokens.url, '--client-id', client.id, '--client-secret', '-'];
  const ran = await admin(['doctor', tenant.baseUrl, ...options], { stdin: `${secret}\n` });
  await tokens.close();
  return ran;
}

test('it signs in as Entra does, with the secret in each place, and with no other', async () => {
  const { out, err } = await doctor();
  expect(out).not.toMatch(/^(?:FAILED|- )/m);
  expect(out.match(/^ok {6}Entra credentials: /gm)).toHaveLength(12);
  expect(out).toMatch(/^pass {2}OAuth 2\.0 client credentials$/m);
  expect(out).toMatch(/^pass {2}access tokens end 60 minutes to six hours after they were issued$/m);
  expect(out).toMatch(/^\? {5}client secrets end after one to three years: not checkable from here\. /m);
  for (const hidden of [client.secret, encodeURIComponent(client.secret), tenant.token]) {
    expect(out + err).not.toContain(hidden);
  }
});

const faults: readonly (readonly [string, TokenFault, RegExp])[] = [
  [
    'takes any secret',
    (form, right) => ({ ...right, ...(form.has('client_id') ? ok() : {}) }),
    /^FAILED {2}Entra credentials: a wrong secret gets no token /m,
  ],
  [
    'issues tokens for a day',
    (_, right) => ({ ...right, body: { ...right.body, expires_in: 86_400 } }),
    /^FAILED {2}Entra credentials: an access token lives one to six hours /m,
  ],
  [
    'lets responses be cached',
    (_, right) => ({ ...right, headers: { 'Cache-Control': 'max-age=60' } }),
    /found {5}header Cache-Control: expected \{"contains":"no-store"\}/,
  ],
  [
    'knows no Basic',
    (form, right) => (form.has('client_id') ? right : { status: 400, body: { error: 'invalid_request' } }),
    /^FAILED {2}Entra credentials: the secret in the Authorization header gets a token /m,
  ],
  [
    'echoes the secret in an error',
    (form, right) => (form.get('grant_type') === 'password' ? { status: 500, body: { form: `${form}` } } : right),
    /^note {4}Entra credentials: another grant is refused /m,
  ],
];

const ok = () => ({ status: 200, body: { access_token: tenant.token, token_type: 'Bearer', expires_in: 3600 } });

test.each(faults)('a token endpoint that %s is found out, and no secret is shown', async (_, fault, found) => {
  const { out, err } = await doctor(fault);
  expect(out).toMatch(found);
  expect(out + err).not.toContain(encodeURIComponent(client.secret));
  expect(out + err).not.toContain(client.secret);
  expect(out + err).not.toContain(tenant.token);
});

test('with a wrong secret it ends at once, with what came back and what to do', async () => {
  const { code, out } = await doctor(undefined, 'wrong');
  expect(code).toBe(1);
  expect(out).toMatch(
    /^FAILED {2}Token endpoint: the client gets an access token\n {10}found {5}POST http:\S+\/token: 401 \{"error":"invalid_client"\}\n/m,
  );
  expect(out).toMatch(/^FAIL {2}OAuth 2\.0 client credentials \(Token endpoint: the client gets an access token\)$/m);
  expect(out).toContain('The checks ended there: without an access token nothing can be checked.');
  expect(out).not.toContain('Okta match');
});

test.each([
  [['--token-url', 'http://127.0.0.1/'], 'To sign in as a client, pass --token-url, --client-id and --client-secret.'],
  [['--token-url', 'http://127.0.0.1/', '--token', 'x'], 'Pass --token or --token-url, not both'],
  [['--token-url', 'http://127.0.0.1/', '--client-id', 'x'], 'There is no client secret: pass --client-secret, or'],
])('the options %j are refused with what to pass', async (options, message) => {
  expect(await admin(['doctor', 'http://127.0.0.1/', ...options])).toMatchObject({
    code: 1,
    err: expect.stringContaining(message),
  });
});

describe('what was pasted', () => {
  const name = { tenantId: 'abcdefghijkl', credentialId: '0123456789ab' };
  const right = {
    tokenUrl: 'https://scim.example.com/abcdefghijkl/oauth2/token',
    clientId: name.credentialId,
    clientSecret: makeClientSecret(name),
  };
  const foundIn = (change: Partial<typeof right>) => checkClient({ ...right, ...change }).flatMap(({ found }) => found);

  test('is right, of ours and of others', () => {
    expect(foundIn({})).toEqual([]);
    expect(foundIn({ tokenUrl: 'https://example.com/token', clientId: 'theirs', clientSecret: 's3cret' })).toEqual([]);
  });

  test.each([
    [{ clientId: '' }, 'there is no client identifier'],
    [{ clientId: right.clientSecret }, 'the client identifier is a client secret'],
    [{ clientSecret: makeToken(name) }, 'the client secret is an API token'],
    [
      { clientSecret: right.clientSecret.slice(0, -1) },
      'the checksum of the client secret is wrong: a part is missing or changed',
    ],
    [{ clientId: 'anotherclien' }, 'the client secret belongs to another client than the client identifier'],
    [
      { tokenUrl: 'https://scim.example.com/lkjihgfedcba/oauth2/token' },
      'the client secret belongs to another tenant than the token endpoint',
    ],
    [{ clientSecret: `${right.clientSecret}\n` }, 'one of them contains a space or a line break'],
  ])('is wrong: %j', (change, what) => {
    expect(foundIn(change)).toContain(what);
    expect(foundIn(change).join()).not.toContain(right.clientSecret);
  });
});
