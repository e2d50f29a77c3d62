import { authorizationPattern } from '../../deployment/credentials';
import { methods as verbs } from '../../deployment/functions';
import { makeAccessToken } from '../../lambda/tenants/access-token';
import { authorize } from '../../lambda/tenants/authorize';
import type { ClientSecret, SecretReading, TokenSecret } from '../../lambda/tenants/credential-secret';
import { hashToken, makeToken } from '../../lambda/tenants/token-format';

const name = { tenantId: 'abcdefghijkl', credentialId: '0123456789ab' };
const token = makeToken(name);
const now = new Date();
const later = new Date(now.getTime() + 1).toISOString();
const valid: TokenSecret = {
  kind: 'token',
  hash: hashToken(token),
  profile: 'standard',
  expires: later,
  state: 'enabled',
  scope: 'scim',
};
const found = (secret: Partial<TokenSecret> = {}): SecretReading => ({
  kind: 'found',
  secret: { ...valid, ...secret },
});
const stage = 'arn:aws:execute-api:eu-west-1:123456789012:a1b2c3d4e5/v1';

async function call(authorizationToken: string, reading: SecretReading) {
  const logged: object[] = [];
  const asked: string[] = [];
  const read = (tenantId: string, credentialId: string) => {
    asked.push(`${tenantId}/${credentialId}`);
    return Promise.resolve(reading);
  };
  const services = {
    secrets: { read },
    clock: () => now,
    log: (entry: object) => logged.push(entry),
    verbs,
    deployment: 'directory',
    sharedKey: 'scimsharedbytenants',
  };
  const methodArn = `${stage}/GET/zzzzzzzzzzzz/scim/v2/Users`;
  const result = await authorize(services, { type: 'TOKEN', authorizationToken, methodArn }).catch((e: Error) => e);
  return { result, logged, asked };
}

test.each([`Bearer ${token}`, `bearer ${token}`, `BEARER   ${token}`, token, ` ${token} `])(
  'a valid token is let in: %j',
  async (header) => {
    const { result, logged, asked } = await call(header, found());
    expect(result).toMatchObject({
      principalId: name.tenantId,
      context: { tenantId: name.tenantId, credentialId: name.credentialId, scope: 'scim', profile: 'standard' },
    });
    expect(asked).toEqual([`${name.tenantId}/${name.credentialId}`]);
    expect(logged).toEqual([]);
  },
);

test('the context has the label and the scope of the credential', async () => {
  const { result } = await call(token, found({ label: 'okta', scope: 'scim:read' }));
  expect(result).toMatchObject({ context: { credentialLabel: 'okta', scope: 'scim:read' } });
});

test('the policy allows the tenant of the token, one resource per method, whatever tenant the path names', async () => {
  const { result } = await call(token, found());
  expect(result).toMatchObject({ policyDocument: { Version: '2012-10-17' } });
  const { Statement } = (result as { policyDocument: { Statement: unknown[] } }).policyDocument;
  expect(Statement).toEqual([
    {
      Action: 'execute-api:Invoke',
      Effect: 'Allow',
      Resource: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'].flatMap((verb) => [
        `${stage}/${verb}/${name.tenantId}`,
        `${stage}/${verb}/${name.tenantId}/*`,
      ]),
    },
  ]);
});

test.each<[string, string, SecretReading]>([
  ['unknown', token, { kind: 'absent' }],
  ['wrong secret', makeToken(name), found()],
  ['wrong secret', token, found({ hash: '' })],
  ['wrong secret', makeToken(name), found({ state: 'disabled' })],
  ['expired', token, found({ expires: now.toISOString() })],
  ['disabled', token, found({ state: 'disabled' })],
])('a token that is %s is refused as any other, with the reason in one log line', async (reason, header, reading) => {
  const { result, logged } = await call(header, reading);
  expect(result).toEqual(new Error('Unauthorized'));
  expect(logged).toEqual([expect.objectContaining({ level: 'warn', message: 'unauthorized', reason, ...name })]);
});

test.each([
  '',
  'Bearer',
  'Bearer ',
  'non-token',
  `Basic ${token}`,
  `Bearer Bearer ${token}`,
  `Bearer ${token},${token}`,
  token.slice(0, -1),
  token.toUpperCase(),
  `${token.slice(0, -1)}${token.endsWith('0') ? '1' : '0'}`,
  `Bearer${' '.repeat(10_000)}x`,
  'sst_'.repeat(2_000),
])('garbage is refused without a look-up: %j', async (header) => {
  const { result, logged, asked } = await call(header, found());
  expect(result).toEqual(new Error('Unauthorized'));
  expect(asked).toEqual([]);
  expect(logged).toEqual([{ level: 'warn', message: 'unauthorized', reason: 'garbled' }]);
});

test('a token that cannot be checked is not called unauthorized, and the log says why', async () => {
  const cause = new Error('no answer');
  const { result, logged } = await call(token, { kind: 'unavailable', cause });
  expect(result).toBeInstanceOf(Error);
  expect(result).toMatchObject({ message: expect.not.stringContaining('Unauthorized'), cause });
  expect(logged).toEqual([
    { level: 'error', message: 'The token cannot be checked now', error: 'Error: no answer', ...name },
  ]);
});

test('neither token nor hash is ever logged', async () => {
  for (const reading of [found({ state: 'disabled' }), found({ expires: now.toISOString() })]) {
    const text = JSON.stringify((await call(token, reading)).logged);
    expect(text).not.toContain(token.slice(-49, -6));
    expect(text).not.toContain(valid.hash);
  }
});

test('a token that is expired or of a disabled tenant counts for an alarm; what anybody can make up does not', async () => {
  const counted = async (header: string, reading: SecretReading) =>
    JSON.stringify((await call(header, reading)).logged);
  expect(await counted(token, found({ expires: now.toISOString() }))).toContain('"RefusedCredentials":1');
  expect(await counted(token, found({ state: 'disabled' }))).toContain('"RefusedCredentials":1');
  expect(await counted(token, { kind: 'absent' })).not.toContain('RefusedCredentials');
  expect(await counted(makeToken(name), found({ state: 'disabled' }))).not.toContain('RefusedCredentials');
});

test("the gateway gets the API key of the tenant's tier, or the shared one while it has none of its own", async () => {
  expect((await call(token, found({ tier: 'high' }))).result).toMatchObject({
    usageIdentifierKey: `scimtenant${name.tenantId}high`,
  });
  expect((await call(token, found())).result).toMatchObject({ usageIdentifierKey: 'scimsharedbytenants' });
});

test('every header that the authorizer accepts passes the pattern of the gateway, and nothing of another shape does', () => {
  const pattern = new RegExp(authorizationPattern);
  for (const header of [`Bearer ${token}`, `bearer ${token}`, `BEARER   ${token}`, token, ` ${token} `]) {
    expect(header).toMatch(pattern);
  }
  for (const header of [
    '',
    'Bearer',
    'Bearer x',
    `Basic ${token}`,
    `${token}x`,
    token.slice(1),
    `${token}, ${token}`,
  ]) {
    expect(header).not.toMatch(pattern);
  }
});

describe('access tokens of a client', () => {
  const macKey = Buffer.alloc(32, 1).toString('base64url');
  const client: ClientSecret = {
    kind: 'client',
    profile: 'standard',
    state: 'enabled',
    tier: 'high',
    label: 'entra',
    scope: 'scim',
    accessTokenSeconds: 3600,
    secrets: [],
    keys: [],
    trusts: [],
    macKey,
  };
  const seconds = Math.floor(now.getTime() / 1000);
  const access = (change: object = {}, key = macKey) =>
    makeAccessToken({ ...name, expires: seconds + 60, scope: 'scim:read', ...change }, key);
  const foundClient = (change: Partial<ClientSecret> = {}): SecretReading => ({
    kind: 'found',
    secret: { ...client, ...change },
  });

  test('one is let in with its own scope and the label of its client', async () => {
    const { result } = await call(`Bearer ${access()}`, foundClient());
    expect(result).toMatchObject({
      principalId: name.tenantId,
      context: { ...name, credentialLabel: 'entra', scope: 'scim:read', profile: 'standard' },
      usageIdentifierKey: `scimtenant${name.tenantId}high`,
    });
  });

  test.each<[string, string, SecretReading]>([
    ['unknown', access(), { kind: 'absent' }],
    ['wrong secret', access({}, Buffer.alloc(32, 2).toString('base64url')), foundClient()],
    ['expired access token', access({ expires: seconds }), foundClient()],
    ['disabled', access(), foundClient({ state: 'disabled' })],
    ['wrong secret', token, foundClient()],
    ['wrong secret', access(), found()],
  ])('one is refused: %s', async (reason, presented, reading) => {
    const { result, logged } = await call(presented, reading);
    expect(result).toEqual(new Error('Unauthorized'));
    expect(logged).toMatchObject([{ reason, ...name }]);
  });

  test('one that has expired raises no alarm', async () => {
    const { logged } = await call(access({ expires: seconds - 1 }), foundClient());
    expect(JSON.stringify(logged)).not.toContain('RefusedCredentials');
  });

  test('a garbled one costs no look-up', async () => {
    const { asked, logged } = await call(`${access().slice(0, -1)}_`, foundClient());
    expect(asked).toEqual([]);
    expect(logged).toMatchObject([{ reason: 'garbled' }]);
  });
});
