import fc from 'fast-check';
import { matchesMac, parseAccessToken } from '../../lambda/tenants/access-token';
import { hashToken, makeClientSecret } from '../../lambda/tenants/token-format';
import cases from './requests.json';
import {
  type Answer,
  basic,
  client,
  clientId,
  formOf,
  host,
  issuerUrl,
  macKey,
  openTokenEndpoint,
  secret,
  tenantId,
  tokenEvent,
} from './set-up';

const known = () => new Map([[`${tenantId}/${clientId}`, client]]);

/** What RFC 6749 §5.2 lets an error description hold. */
const description = /^[\x20\x21\x23-\x5b\x5d-\x7e]+$/;

function expectRefused({ status, headers, body }: Answer, expected: { status: number; error: string }): void {
  expect({ status, error: body.error }).toEqual(expected);
  expect(body.error_description).toMatch(description);
  expect(headers).toMatchObject({ 'Cache-Control': 'no-store', 'Content-Type': 'application/json' });
}

const authenticated = { status: 200, error: undefined };
const withoutSecret = { grant_type: 'client_credentials' };

test.each([
  ['in the form', formOf(), {}],
  ['with Basic', withoutSecret, basic(clientId, secret)],
  ['with Basic, each part form-encoded', withoutSecret, basic(clientId, secret.replaceAll('_', '%5F'))],
  ['with Basic, and the client in the form', { ...withoutSecret, client_id: clientId }, basic(clientId, secret)],
  ['with Basic and in the form alike', formOf(), basic(clientId, secret)],
  [
    'with a header in lower case',
    withoutSecret,
    { authorization: `basic ${basic(clientId, secret).Authorization.slice(6)}` },
  ],
])('a client with a secret gets an access token: %s', async (_what, form, headers) => {
  const { post } = openTokenEndpoint(known());
  const { status, headers: sent, body } = await post(form, headers);
  expect({ status, ...body }).toEqual({
    status: 200,
    access_token: expect.any(String),
    token_type: 'Bearer',
    expires_in: 3600,
    scope: 'scim',
  });
  expect(sent).toMatchObject({ 'Content-Type': 'application/json', 'Cache-Control': 'no-store', Pragma: 'no-cache' });
});

test('the access token is of this tenant and client, expires as the response says, and has the MAC of the client', async () => {
  const now = new Date('2026-11-27T08:00:00.000Z');
  const { post } = openTokenEndpoint(known(), { clock: () => now });
  const token = String((await post(formOf())).body.access_token);
  const expires = now.getTime() / 1000 + 3600;
  expect(parseAccessToken(token)).toEqual({ tenantId, credentialId: clientId, expires, scope: 'scim' });
  expect(matchesMac(token, macKey)).toBe(true);
});

test.each(cases)('$what is refused', async ({ form, headers = {}, status, error, text }) => {
  const { call, lookUps } = openTokenEndpoint(known());
  const answer = await call(tokenEvent(form, headers as Record<string, string>));
  expectRefused(answer, { status, error });
  expect(answer.body.error_description).toContain(text);
  expect(answer.body.error_description).toMatch(/ \(request Xy1\+\/w=\)$/);
  expect(lookUps).toEqual([]);
});

test('a body of more than 32 KB is refused', async () => {
  const { post } = openTokenEndpoint(known());
  expectRefused(await post(formOf({ scope: 'a'.repeat(33 * 1024) })), { status: 400, error: 'invalid_request' });
});

test('whatever is sent, the response is one of RFC 6749 §5', async () => {
  const { call } = openTokenEndpoint(known());
  await fc.assert(
    fc.asyncProperty(
      fc.string(),
      fc.option(fc.string()),
      fc.boolean(),
      async (body, authorization, isBase64Encoded) => {
        const headers = authorization === null ? {} : { Authorization: authorization };
        const { status, body: answer } = await call({ ...tokenEvent(body, headers), isBase64Encoded });
        expect([400, 401]).toContain(status);
        expect(answer.error_description).toMatch(description);
      },
    ),
  );
});

describe('scopes', () => {
  test.each([
    ['scim', undefined, 'scim'],
    ['scim', 'scim:read', 'scim:read'],
    ['scim', 'scim scim:read', 'scim'],
    ['scim', 'scim.readwrite', 'scim'],
    ['scim:read', undefined, 'scim:read'],
    ['scim:read', 'scim', 'scim:read'],
  ] as const)('a client with %s that asks for %s gets %s, and is told so', async (has, asked, gets) => {
    const { post } = openTokenEndpoint(new Map([[`${tenantId}/${clientId}`, { ...client, scope: has }]]));
    const { body } = await post(formOf(asked === undefined ? {} : { scope: asked }));
    expect(body.scope).toBe(gets);
    expect(parseAccessToken(String(body.access_token))?.scope).toBe(gets);
  });
});

describe('wrong credentials', () => {
  const other = makeClientSecret({ tenantId, credentialId: clientId });
  const unknown = makeClientSecret({ tenantId, credentialId: 'unknownaaaaa' });
  const foreign = makeClientSecret({ tenantId: 'foreignaaaaa', credentialId: clientId });
  const expired = { ...client, secrets: [{ ...client.secrets[0], expires: '2026-01-01T00:00:00.000Z' }] };

  test.each([
    ['a wrong secret', known(), { client_secret: other }, 'wrong secret'],
    ['an unknown client', known(), { client_id: 'unknownaaaaa', client_secret: unknown }, 'unknown'],
    ["another tenant's client", new Map([[`foreignaaaaa/${clientId}`, client]]), { client_secret: foreign }, 'garbled'],
    ['the secret of another client', known(), { client_secret: unknown }, 'garbled'],
    ['noise', known(), { client_secret: 'hunter2' }, 'garbled'],
    ['an expired secret', new Map([[`${tenantId}/${clientId}`, expired]]), {}, 'expired'],
    [
      'the client of a disabled tenant',
      new Map([[`${tenantId}/${clientId}`, { ...client, state: 'disabled' }]]),
      {},
      'disabled',
    ],
  ] as const)(
    '%s gets the same text as any other, and the log has the reason',
    async (_what, secrets, change, reason) => {
      const { post, logged } = openTokenEndpoint(secrets as ReturnType<typeof known>);
      const answer = await post(formOf(change));
      expectRefused(answer, { status: 401, error: 'invalid_client' });
      expect(answer.body.error_description).toBe(
        'The client is not known or its secret is not valid. Compare client identifier, client secret and token endpoint with ' +
          'what the operator of this endpoint gave you; a secret can have expired or been revoked. Ask the operator for another. ' +
          '(request Xy1+/w=)',
      );
      expect(answer.headers).not.toHaveProperty('WWW-Authenticate');
      expect(logged).toContainEqual(expect.objectContaining({ message: 'unauthorized', reason }));
      expect(JSON.stringify(logged)).not.toContain('scs_');
    },
  );

  test('a client that used Basic is told the scheme', async () => {
    const { post } = openTokenEndpoint(known());
    const { status, headers } = await post(withoutSecret, basic(clientId, other));
    expect({ status, scheme: headers['WWW-Authenticate'] }).toEqual({
      status: 401,
      scheme: 'Basic realm="scim", charset="UTF-8"',
    });
  });

  test('only who has the whole secret raises the alarm', async () => {
    const refused = async (stored: object, change: Readonly<Record<string, string>>) => {
      const { post, logged } = openTokenEndpoint(new Map([[`${tenantId}/${clientId}`, { ...client, ...stored }]]));
      await post(formOf(change));
      return JSON.stringify(logged).includes('"RefusedCredentials":1');
    };
    expect(await refused(expired, {})).toBe(true);
    expect(await refused({ state: 'disabled' }, {})).toBe(true);
    expect(await refused(expired, { client_secret: other })).toBe(false);
    expect(await refused({ state: 'disabled' }, { client_secret: other })).toBe(false);
    expect(await refused({}, { client_secret: 'noise' })).toBe(false);
  });

  test('10,000 wrong secrets of a client cost one look-up, and noise costs none', async () => {
    const now = new Date('2026-11-27T08:00:00.000Z');
    const { post, lookUps } = openTokenEndpoint(known(), { clock: () => now });
    for (let count = 0; count < 10_000; count++) {
      const { status } = await post(formOf({ client_secret: count % 2 ? other : `${other.slice(0, -1)}!` }));
      if (status !== 401) throw new Error(`A wrong secret got ${status}.`);
    }
    expect(lookUps).toEqual([`${tenantId}/${clientId}`]);
    expect((await post(formOf())).status).toBe(200);
  });

  test('a flood of made-up clients costs five look-ups a second, is told to wait, and locks no known client out', async () => {
    const now = new Date('2026-11-27T08:00:00.000Z');
    const { post, lookUps } = openTokenEndpoint(known(), { clock: () => now });
    expect((await post(formOf())).status).toBe(200);
    const statuses = new Set<number>();
    for (let count = 0; count < 1_000; count++) {
      const id = String(count).padStart(12, 'x');
      const made = makeClientSecret({ tenantId, credentialId: id });
      const { status, headers } = await post(formOf({ client_id: id, client_secret: made }));
      statuses.add(status);
      if (status === 429) expect(headers).toMatchObject({ 'Retry-After': '1' });
    }
    expect([...statuses]).toEqual([401, 429]);
    expect(lookUps).toHaveLength(6);
    expect((await post(formOf())).status).toBe(200);
  });
});

test('two secrets are valid at a time, each until its own end', async () => {
  let now = new Date('2026-11-27T08:00:00.000Z');
  const second = makeClientSecret({ tenantId, credentialId: clientId });
  const secrets = [
    { hash: hashToken(secret), created: '2026-01-01T00:00:00.000Z', expires: '2026-11-28T00:00:00.000Z' },
    { hash: hashToken(second), created: '2026-01-01T00:00:00.000Z', expires: '2027-11-28T00:00:00.000Z' },
  ];
  const { post } = openTokenEndpoint(new Map([[`${tenantId}/${clientId}`, { ...client, secrets }]]), {
    clock: () => now,
  });
  const statusOf = async (text: string) => (await post(formOf({ client_secret: text }))).status;
  expect([await statusOf(secret), await statusOf(second)]).toEqual([200, 200]);
  now = new Date('2026-11-29T08:00:00.000Z');
  expect([await statusOf(secret), await statusOf(second)]).toEqual([401, 200]);
});

test.each([
  [{ kind: 'unavailable', cause: new Error('timeout') }, 500],
  [{ kind: 'unreadable', cause: new Error('edited') }, 500],
] as const)('a secret that cannot be read now is no refusal: %j', async (reading, status) => {
  const { post, logged } = openTokenEndpoint(new Map([[`${tenantId}/${clientId}`, reading]]));
  const answer = await post(formOf());
  expectRefused(answer, { status, error: 'temporarily_unavailable' });
  expect(answer.headers).toMatchObject({ 'Retry-After': '1' });
  expect(JSON.stringify(logged)).toContain(reading.cause.message);
});

describe('metadata (RFC 8414)', () => {
  const ask = (resource: string, path: string) =>
    openTokenEndpoint(known()).call({
      ...tokenEvent(null),
      httpMethod: 'GET',
      resource,
      requestContext: { path, domainName: host, extendedRequestId: '1' },
    } as Parameters<ReturnType<typeof openTokenEndpoint>['call']>[0]);

  test.each([
    [
      'below the tenant',
      '/{tenantId}/.well-known/oauth-authorization-server',
      `/prod/${tenantId}/.well-known/oauth-authorization-server`,
      issuerUrl,
    ],
    [
      'in front of the tenant',
      '/.well-known/oauth-authorization-server/{tenantId}',
      `/.well-known/oauth-authorization-server/${tenantId}`,
      `https://${host}/${tenantId}`,
    ],
  ])('%s it names the token endpoint and how clients authenticate', async (_where, resource, path, issuer) => {
    const { status, body } = await ask(resource, path);
    expect({ status, ...body }).toEqual({
      status: 200,
      issuer,
      token_endpoint: `${issuer}/oauth2/token`,
      token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'private_key_jwt'],
      token_endpoint_auth_signing_alg_values_supported: expect.arrayContaining(['RS256', 'ES256']),
      grant_types_supported: ['client_credentials'],
      response_types_supported: [],
      scopes_supported: ['scim', 'scim:read'],
    });
    expect(body.token_endpoint_auth_signing_alg_values_supported).not.toContain('none');
  });
});

test('a request is logged with its client and its metrics', async () => {
  const { post, logged } = openTokenEndpoint(known());
  expect((await post(formOf())).status).toBe(authenticated.status);
  expect(logged).toEqual([
    expect.objectContaining({
      level: 'info',
      tenantId,
      credentialId: clientId,
      route: '/{tenantId}/oauth2/token',
      status: 200,
      Function: 'oauth',
      Requests: 1,
    }),
  ]);
});
