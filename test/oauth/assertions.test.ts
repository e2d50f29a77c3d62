import { createHmac, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto';
import { jose } from '../../lambda/oauth/jose';
import type { Trust } from '../../lambda/tenants/client';
import type { ClientSecret } from '../../lambda/tenants/credential-secret';
import { type Issuer, startIssuer } from './issuer';
import { client, clientId, issuerUrl, openTokenEndpoint, tenantId } from './set-up';

const created = '2026-01-01T00:00:00.000Z';
const type = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
const formOf = (assertion: string, more: Readonly<Record<string, string>> = { client_id: clientId }) => ({
  grant_type: 'client_credentials',
  client_assertion_type: type,
  client_assertion: assertion,
  ...more,
});

interface Signed {
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly header?: Readonly<Record<string, unknown>>;
  readonly key?: KeyObject;
}

const seconds = (fromNow: number) => Math.floor(Date.now() / 1000) + fromNow;
/** Signs claims, with any header. */
async function sign(claims: object, header: object, key: KeyObject): Promise<string> {
  const { SignJWT } = await jose();
  const jwt = new SignJWT({ ...claims }).setProtectedHeader({ alg: 'RS256', ...header });
  return jwt.sign(key, { crit: { x: false } });
}

const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');

/** The status, and the reason in the log if there is one. */
async function send(
  { post, logged }: ReturnType<typeof openTokenEndpoint>,
  form: Readonly<Record<string, string>>,
  tenant = tenantId,
): Promise<string> {
  logged.length = 0;
  const { status, body } = await post(form, {}, tenant);
  const reason = logged.find(({ message }) => message === 'unauthorized')?.reason;
  return [status, body.error, reason].filter((part) => part !== undefined).join(' ');
}

describe('a client that signs assertions itself (private_key_jwt)', () => {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const keys = [rsa, ec].map(({ publicKey }) => ({ created, jwk: publicKey.export({ format: 'jwk' }) }));
  const stored = { ...client, secrets: [], keys: keys as ClientSecret['keys'] };
  const open = () =>
    openTokenEndpoint(
      new Map([
        [`${tenantId}/${clientId}`, stored],
        [`foreignaaaaa/${clientId}`, stored],
      ]),
    );
  const tokenUrl = `${issuerUrl}/oauth2/token`;

  const assertion = ({ claims = {}, header = {}, key = rsa.privateKey }: Signed = {}) =>
    sign({ iss: clientId, sub: clientId, aud: tokenUrl, exp: seconds(60), jti: '1', ...claims }, header, key);

  test.each<[string, Signed, Record<string, string>]>([
    ['RS256', {}, { client_id: clientId }],
    ['PS256', { header: { alg: 'PS256' } }, { client_id: clientId }],
    ['ES256', { header: { alg: 'ES256' }, key: ec.privateKey }, { client_id: clientId }],
    ['without client_id: its subject is the client', {}, {}],
    ['for the issuer of the metadata', { claims: { aud: issuerUrl } }, {}],
    ['for several audiences', { claims: { aud: ['https://other.example', tokenUrl] } }, {}],
    ['with a key id that nobody knows', { header: { kid: 'https://evil.example/keys' } }, {}],
  ])('gets an access token: %s', async (_what, signed, more) => {
    expect(await send(open(), formOf(await assertion(signed), more))).toBe('200');
  });

  test.each<[string, Signed, string]>([
    ['another key', { key: generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey }, 'wrong signature'],
    ['another audience', { claims: { aud: 'https://other.example/oauth2/token' } }, 'wrong audience'],
    ['no audience', { claims: { aud: undefined } }, 'wrong audience'],
    ['another subject', { claims: { sub: 'otheraaaaaaa' } }, 'wrong subject'],
    ['another issuer', { claims: { iss: 'otheraaaaaaa' } }, 'wrong issuer'],
    ['its time is over', { claims: { exp: seconds(-60) } }, 'wrong time'],
    ['its time has not begun', { claims: { nbf: seconds(120) } }, 'wrong time'],
    ['it ends in more than five minutes', { claims: { exp: seconds(600) } }, 'wrong time'],
    ['it never ends', { claims: { exp: undefined } }, 'wrong time'],
    ['a critical header that is not understood', { header: { crit: ['x'], x: 1 } }, 'wrong signature'],
  ])('is refused: %s', async (_what, signed, reason) => {
    expect(await send(open(), formOf(await assertion(signed)))).toBe(`401 invalid_client ${reason}`);
  });

  test('is refused: alg none, in any letter case, with or without a signature', async () => {
    const claims = { iss: clientId, sub: clientId, aud: tokenUrl, exp: seconds(60) };
    for (const alg of ['none', 'None', 'NONE', 'nOnE', '', undefined]) {
      for (const signature of ['', 'AAAA']) {
        const text = `${encode({ alg, typ: 'JWT' })}.${encode(claims)}.${signature}`;
        expect(await send(open(), formOf(text))).toBe('401 invalid_client garbled');
      }
    }
  });

  test('is refused: a MAC whose key is the public key (RS/HS confusion)', async () => {
    const claims = { iss: clientId, sub: clientId, aud: tokenUrl, exp: seconds(60) };
    const { publicKey } = rsa;
    const forms = [
      publicKey.export({ type: 'spki', format: 'pem' }).toString(),
      publicKey.export({ type: 'spki', format: 'der' }),
      JSON.stringify(publicKey.export({ format: 'jwk' })),
    ];
    for (const key of forms) {
      const signed = `${encode({ alg: 'HS256' })}.${encode(claims)}`;
      const mac = createHmac('sha256', key).update(signed).digest('base64url');
      expect(await send(open(), formOf(`${signed}.${mac}`))).toBe('401 invalid_client garbled');
    }
  });

  test('is refused: a key in the header of the assertion itself', async () => {
    const own = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const header = {
      jwk: own.publicKey.export({ format: 'jwk' }),
      jku: 'https://evil.example/keys',
      x5u: 'https://evil.example',
    };
    expect(await send(open(), formOf(await assertion({ header, key: own.privateKey })))).toBe(
      '401 invalid_client wrong signature',
    );
  });

  test('is refused: at another tenant, though it has a client with the same id and key', async () => {
    expect(await send(open(), formOf(await assertion()), 'foreignaaaaa')).toBe('401 invalid_client wrong audience');
  });

  test('is refused without a look-up: a tenant in the path that no secret can be of', async () => {
    for (const tenant of ['x'.repeat(600), '../other', 'tenant aaaaa', '', 'TENANTAAAAAA']) {
      const endpoint = open();
      expect(await send(endpoint, formOf(await assertion()), tenant)).toBe('401 invalid_client unknown');
      expect(endpoint.lookUps).toEqual([]);
      expect(endpoint.logged.map((entry) => entry.tenantId)).toEqual(endpoint.logged.map(() => undefined));
    }
  });

  test('is refused: a client without keys', async () => {
    const endpoint = openTokenEndpoint(new Map([[`${tenantId}/${clientId}`, client]]));
    expect(await send(endpoint, formOf(await assertion()))).toBe('401 invalid_client wrong signature');
  });

  test('is refused: a disabled tenant', async () => {
    const endpoint = openTokenEndpoint(
      new Map([[`${tenantId}/${clientId}`, { ...stored, state: 'disabled' as const }]]),
    );
    expect(await send(endpoint, formOf(await assertion()))).toBe('401 invalid_client disabled');
  });

  test('the text is the same for an unknown client and a wrong signature', async () => {
    const { post } = open();
    const wrong = await post(
      formOf(await assertion({ key: generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey })),
    );
    const unknown = await post(formOf(await assertion(), { client_id: 'unknownaaaaa' }));
    expect(wrong.body).toEqual(unknown.body);
  });
});

describe('a client of a registered issuer (federation)', () => {
  const keyPair = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const kid = 'key-1';
  const subject = 'd2f8ee76-c549-45b8-a143-f5b640669704';
  const application = 'b5ba7a93-4452-4522-aeb4-a2b5da870c16';
  let issuer: Issuer;
  let trust: Trust;

  beforeAll(async () => {
    issuer = await startIssuer();
    trust = { created, issuer: `${issuer.url}/v2.0`, subject, audience: application };
  });
  afterAll(() => issuer.close());

  beforeEach(() => {
    issuer.asked.length = 0;
    issuer.pages.clear();
    const jwk = { ...keyPair.publicKey.export({ format: 'jwk' }), kid, use: 'sig' };
    issuer.pages.set('/keys', { keys: [jwk] });
    issuer.pages.set('/v2.0/.well-known/openid-configuration', {
      issuer: trust.issuer,
      jwks_uri: `${issuer.url}/keys`,
    });
  });

  const open = (change: Partial<Trust> = {}, clock = () => new Date()) =>
    openTokenEndpoint(
      new Map([[`${tenantId}/${clientId}`, { ...client, secrets: [], trusts: [{ ...trust, ...change }] }]]),
      { rules: issuer.rules, clock },
    );

  /** As Entra makes them: `uti` and no `jti`, valid for 65 minutes, the bare id of the application as audience. */
  const assertion = ({ claims = {}, header = {}, key = keyPair.privateKey }: Signed = {}) =>
    sign(
      {
        iss: trust.issuer,
        sub: subject,
        aud: application,
        iat: seconds(0),
        nbf: seconds(0),
        exp: seconds(3900),
        uti: randomBytes(16).toString('base64url'),
        ver: '2.0',
        ...claims,
      },
      { typ: 'JWT', kid, ...header },
      key,
    );

  test.each([
    [application, application],
    [`api://${application}/.default`, application],
    [`api://${application}/.default`, `api://${application}`],
    [application, `api://${application}`],
    ['https://scim.example.com', 'https://scim.example.com'],
  ])('gets an access token: registered for %s, signed for %s', async (audience, aud) => {
    expect(await send(open({ audience }), formOf(await assertion({ claims: { aud } })))).toBe('200');
    expect(issuer.asked).toEqual(['/v2.0/.well-known/openid-configuration', '/keys']);
  });

  test('its keys come from the registered JWKS URL, if there is one', async () => {
    expect(await send(open({ jwksUrl: `${issuer.url}/keys` }), formOf(await assertion()))).toBe('200');
    expect(issuer.asked).toEqual(['/keys']);
  });

  test.each<[string, Signed, string]>([
    ['another issuer', { claims: { iss: 'https://issuer.example/other' } }, 'wrong issuer'],
    ['another subject', { claims: { sub: application } }, 'wrong subject'],
    ['another audience', { claims: { aud: subject } }, 'wrong audience'],
    ['no audience', { claims: { aud: undefined } }, 'wrong audience'],
    ['no key id', { header: { kid: undefined } }, 'unknown key'],
  ])('is refused without asking the issuer: %s', async (_what, signed, reason) => {
    expect(await send(open(), formOf(await assertion(signed)))).toBe(`401 invalid_client ${reason}`);
    expect(issuer.asked).toEqual([]);
  });

  test.each<[string, Signed, string]>([
    ['its time is over', { claims: { exp: seconds(-60) } }, 'wrong time'],
    ['its time has not begun', { claims: { nbf: seconds(120) } }, 'wrong time'],
    ['it never ends', { claims: { exp: undefined } }, 'wrong time'],
    [
      'another key under the same id',
      { key: generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey },
      'wrong signature',
    ],
    ['a key id that is a path', { header: { kid: '../../etc/passwd' } }, 'unknown key'],
    ['a key id that is a URL', { header: { kid: 'https://evil.example/keys.json' } }, 'unknown key'],
    ['a key id that every object has', { header: { kid: '__proto__' } }, 'unknown key'],
  ])('is refused: %s', async (_what, signed, reason) => {
    expect(await send(open(), formOf(await assertion(signed)))).toBe(`401 invalid_client ${reason}`);
    expect(new Set(issuer.asked)).toEqual(new Set(['/v2.0/.well-known/openid-configuration', '/keys']));
  });

  test('a key of the issuer that names its algorithm serves no other one', async () => {
    const jwk = { ...keyPair.publicKey.export({ format: 'jwk' }), kid, use: 'sig', alg: 'RS256' };
    issuer.pages.set('/keys', { keys: [jwk] });
    expect(await send(open(), formOf(await assertion()))).toBe('200');
    for (const alg of ['PS256', 'RS512']) {
      const answer = await send(open(), formOf(await assertion({ header: { alg } })));
      expect(answer).toBe('401 invalid_client wrong signature');
    }
  });

  test('is refused: alg none, and a MAC whose key is the public key', async () => {
    const claims = { iss: trust.issuer, sub: subject, aud: application, exp: seconds(60) };
    const pem = keyPair.publicKey.export({ type: 'spki', format: 'pem' }).toString();
    for (const [alg, key] of [
      ['none', undefined],
      ['HS256', pem],
    ] as const) {
      const signed = `${encode({ alg, kid })}.${encode(claims)}`;
      const signature = key ? createHmac('sha256', key).update(signed).digest('base64url') : '';
      expect(await send(open(), formOf(`${signed}.${signature}`))).toBe('401 invalid_client garbled');
    }
  });

  test('the wrong tid of an issuer of Entra is refused, and the right one accepted', async () => {
    const tenant = 'ce5f061f-abe6-4e40-9615-301f87bcb7f0';
    const entra = `https://login.microsoftonline.com/${tenant}/v2.0`;
    const endpoint = () => open({ issuer: entra, jwksUrl: `${issuer.url}/keys` });
    const by = (tid: unknown) => assertion({ claims: { iss: entra, tid } });
    expect(await send(endpoint(), formOf(await by(tenant)))).toBe('200');
    expect(await send(endpoint(), formOf(await by(subject)))).toBe('401 invalid_client wrong tid');
    expect(await send(endpoint(), formOf(await by(undefined)))).toBe('401 invalid_client wrong tid');
  });

  test('an unknown key id makes it ask again, at most once a minute', async () => {
    let now = new Date();
    const endpoint = open({ jwksUrl: `${issuer.url}/keys` }, () => now);
    const unknown = formOf(await assertion({ header: { kid: 'key-2' } }));
    for (let count = 0; count < 50; count++) {
      expect(await send(endpoint, unknown)).toBe('401 invalid_client unknown key');
    }
    expect(issuer.asked).toEqual(['/keys']);
    now = new Date(now.getTime() + 61_000);
    const jwk = { ...keyPair.publicKey.export({ format: 'jwk' }), kid: 'key-2' };
    issuer.pages.set('/keys', { keys: [jwk] });
    expect(await send(endpoint, unknown)).toBe('200');
    expect(issuer.asked).toEqual(['/keys', '/keys']);
  });

  test('known keys serve while the issuer cannot be reached, and no longer than a day', async () => {
    let now = new Date();
    const endpoint = open({ jwksUrl: `${issuer.url}/keys` }, () => now);
    const form = async () =>
      formOf(await assertion({ claims: { nbf: undefined, exp: Math.floor(now.getTime() / 1000) + 60 } }));
    expect(await send(endpoint, await form())).toBe('200');
    issuer.pages.clear();
    now = new Date(now.getTime() + 2 * 3600_000);
    expect(await send(endpoint, await form())).toBe('200');
    now = new Date(now.getTime() + 23 * 3600_000);
    expect(await send(endpoint, await form())).toBe('503 temporarily_unavailable');
  });

  test('a key that the issuer withdrew is refused after an hour', async () => {
    let now = new Date();
    const endpoint = open({ jwksUrl: `${issuer.url}/keys` }, () => now);
    expect(await send(endpoint, formOf(await assertion()))).toBe('200');
    issuer.pages.set('/keys', { keys: [] });
    now = new Date(now.getTime() + 3601_000);
    expect(await send(endpoint, formOf(await assertion()))).toBe('401 invalid_client unknown key');
  });

  test.each<[string, string, unknown]>([
    [
      'a discovery document of another issuer',
      '/v2.0/.well-known/openid-configuration',
      { issuer: 'https://x.example', jwks_uri: 'https://x.example' },
    ],
    [
      'a discovery document that names a host that is not on the list',
      '/v2.0/.well-known/openid-configuration',
      undefined,
    ],
    ['a JWK Set without keys', '/keys', { key: [] }],
    ['a JWK Set that is an array', '/keys', []],
  ])('%s is an issuer that cannot be reached', async (what, path, page) => {
    const elsewhere = { issuer: trust.issuer, jwks_uri: 'https://169.254.169.254/latest/meta-data' };
    issuer.pages.set(path, what.includes('list') ? elsewhere : page);
    const endpoint = open();
    expect(await send(endpoint, formOf(await assertion()))).toBe('503 temporarily_unavailable');
    expect(JSON.stringify(endpoint.logged)).toContain('cannot be fetched');
  });

  test('a key that is not one for signatures is never used', async () => {
    const jwk = keyPair.publicKey.export({ format: 'jwk' });
    issuer.pages.set('/keys', { keys: [{ ...jwk, kid, use: 'enc' }, { kty: 'oct', k: 'AAAA', kid }, { ...jwk }] });
    expect(await send(open(), formOf(await assertion()))).toBe('401 invalid_client unknown key');
  });
});
