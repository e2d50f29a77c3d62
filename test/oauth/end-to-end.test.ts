import { createHash, generateKeyPairSync, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { entraHosts } from '../../deployment/federation';
import { jsonFetcher } from '../../lambda/oauth/fetch-json';
import { oauthHandler } from '../../lambda/oauth/handler';
import { IssuerKeys } from '../../lambda/oauth/issuer-keys';
import { jose } from '../../lambda/oauth/jose';
import { makeAccessToken, parseAccessToken } from '../../lambda/tenants/access-token';
import { secretsManager } from '../../lambda/tenants/connection';
import { SecretsManagerReader } from '../../lambda/tenants/secret-reader';
import { makeClientSecret } from '../../lambda/tenants/token-format';
import { type Endpoint, startEndpoint } from '../../local/endpoint';
import { tenantServices } from '../../local/first-tenant';
import type { LambdaFunction } from '../../local/invoke';
import { removePart, rotateClient } from '../../operator/tenants/change-client';
import { type ClientOptions, createClient, revokeClient } from '../../operator/tenants/clients';
import { findTenant, setTenantState } from '../../operator/tenants/provision';
import type { Step } from '../../traffic/flow';
import { describeFailures } from '../../traffic/report';
import { runFlow } from '../../traffic/run';
import { flows } from '../cases/flows';
import { type Issuer, startIssuer } from './issuer';

/** How long the token endpoint keeps a client. */
const secretTime = 1_000;

let issuer: Issuer;
let endpoint: Endpoint;
const lines: string[] = [];

/** The real function, with an issuer on this machine instead of Entra's: its name is known to this process only. */
const withOwnIssuer: LambdaFunction = (event) => {
  const clock = () => new Date();
  const handle = oauthHandler({
    secrets: new SecretsManagerReader(secretsManager(), process.env.SECRET_PREFIX ?? ''),
    issuerKeys: new IssuerKeys(jsonFetcher(issuer.rules), clock),
    clock,
    log: () => undefined,
    deployment: '',
    documentation: undefined,
  });
  return handle(event as Parameters<typeof handle>[0]);
};
let federating = false;

beforeAll(async () => {
  issuer = await startIssuer();
  // Caches would only delay what is tested here.
  process.env.SECRET_CACHE_SECONDS = '0';
  const own = () => require('../../lambda/oauth') as { handler: LambdaFunction };
  const oauth: LambdaFunction = (event, context) => (federating ? withOwnIssuer : own().handler)(event, context);
  endpoint = await startEndpoint({
    memory: true,
    port: 0,
    authorizerCacheSeconds: 0,
    handlers: { oauth },
    log: (line) => lines.push(line),
  });
});

afterAll(async () => {
  await endpoint.close();
  await issuer.close();
});

beforeEach(() => {
  federating = false;
});

async function tenantWithClient(options: ClientOptions = {}) {
  const services = tenantServices();
  const { tenantId, baseUrl } = await endpoint.createTenant({ label: randomUUID(), profile: 'standard' });
  const { clientId, made } = await createClient(services, tenantId, options);
  const secret = made?.secret ?? '';
  const tokenUrl = `${endpoint.url}/${endpoint.stage}/${tenantId}/oauth2/token`;
  return { services, tenantId, baseUrl, clientId, secret, tokenUrl };
}

const ask = (tokenUrl: string, form: Readonly<Record<string, string>>) =>
  fetch(tokenUrl, { method: 'POST', body: new URLSearchParams({ grant_type: 'client_credentials', ...form }) });

async function tokenFor(tokenUrl: string, form: Readonly<Record<string, string>>): Promise<string> {
  const response = await ask(tokenUrl, form);
  expect(response.status).toBe(200);
  const { access_token: token } = (await response.json()) as { access_token: string };
  return token;
}

const statusOf = async (baseUrl: string, token: string, path = '/Users', init: RequestInit = {}) =>
  (
    await fetch(`${baseUrl}${path}`, {
      ...init,
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/scim+json' },
    })
  ).status;

test("Microsoft's Validate_Credentials_Test: a token for 60 to 360 minutes, with which the SCIM endpoint responds", async () => {
  const { baseUrl, clientId, secret, tokenUrl } = await tenantWithClient();
  const form = { client_id: clientId, client_secret: secret };
  const response = await ask(tokenUrl, form);
  expect(response.status).toBe(200);
  const body = (await response.json()) as { access_token: string; expires_in: number; token_type: string };
  expect(body.token_type).toBe('Bearer');
  expect(body.expires_in / 60).toBeGreaterThanOrEqual(60);
  expect(body.expires_in / 60).toBeLessThanOrEqual(360);
  expect(await statusOf(baseUrl, body.access_token)).toBe(200);
});

test("Microsoft's Federated_Identity_Test: a client assertion of Entra's form gets a token, without any secret", async () => {
  federating = true;
  const tenant = 'ce5f061f-abe6-4e40-9615-301f87bcb7f0';
  const application = 'b5ba7a93-4452-4522-aeb4-a2b5da870c16';
  const subject = 'd2f8ee76-c549-45b8-a143-f5b640669704';
  const entra = `https://login.microsoftonline.com/${tenant}/v2.0`;
  const keyPair = generateKeyPairSync('rsa', { modulusLength: 2048 });
  issuer.pages.set('/keys', { keys: [{ ...keyPair.publicKey.export({ format: 'jwk' }), kid: 'k', use: 'sig' }] });
  const { services, tenantId, baseUrl, tokenUrl, clientId } = await tenantWithClient({
    trust: { issuer: entra, subject, audience: application },
  });
  // Entra's own keys cannot be used here: the registered trust gets the JWKS URL of this test's issuer.
  const { clients } = await findTenant(services, tenantId);
  const client = clients.get(clientId);
  if (!client) throw new Error('There is no client.');
  const trusts = client.trusts.map((trust) => ({ ...trust, jwksUrl: `${issuer.url}/keys` }));
  await services.tenants.changeClient(tenantId, clientId, { ...client, trusts });
  await setTenantState(services, tenantId, 'enabled');
  const { SignJWT } = await jose();
  const now = Math.floor(Date.now() / 1000);
  const assertion = await new SignJWT({
    aud: application,
    iss: entra,
    iat: now,
    nbf: now,
    exp: now + 3900,
    appid: application,
    oid: subject,
    sub: subject,
    tid: tenant,
    uti: 'x',
    ver: '2.0',
  })
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: 'k' })
    .sign(keyPair.privateKey);
  const token = await tokenFor(tokenUrl, {
    client_id: clientId,
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: assertion,
    scope: 'scim.readwrite',
  });
  expect(await statusOf(baseUrl, token)).toBe(200);
});

test('an access token is refused at another tenant, past its end, and when any field is changed', async () => {
  const { services, tenantId, baseUrl, clientId, secret, tokenUrl } = await tenantWithClient();
  const other = await tenantWithClient();
  const token = await tokenFor(tokenUrl, { client_id: clientId, client_secret: secret });
  const reading = await services.secrets.read(tenantId, clientId);
  const said = parseAccessToken(token);
  if (reading.kind !== 'found' || reading.secret.kind !== 'client' || !said) throw new Error('There is no client.');
  const { macKey } = reading.secret;
  expect(await statusOf(baseUrl, token)).toBe(200);
  expect(await statusOf(other.baseUrl, token)).toBe(403);
  const expired = makeAccessToken({ ...said, expires: Math.floor(Date.now() / 1000) - 1 }, macKey);
  expect(await statusOf(baseUrl, expired)).toBe(401);
  const changes = [
    { tenantId: other.tenantId },
    { credentialId: other.clientId },
    { expires: said.expires + 3600 },
    { scope: 'scim:read' as const },
  ];
  const wrongKey = createHash('sha256').update(macKey).digest('base64url');
  for (const change of changes) {
    const forged = makeAccessToken({ ...said, ...change }, wrongKey);
    expect(await statusOf(change.tenantId ? other.baseUrl : baseUrl, forged)).toBe(401);
  }
});

test('a client that may only read can read, and is told what it lacks to write', async () => {
  const { baseUrl, clientId, secret, tokenUrl } = await tenantWithClient({ scope: 'scim:read' });
  const token = await tokenFor(tokenUrl, { client_id: clientId, client_secret: secret });
  expect(await statusOf(baseUrl, token)).toBe(200);
  expect(await statusOf(baseUrl, token, '/Users', { method: 'POST', body: '{}' })).toBe(403);
});

test('revoking a client ends its access tokens, and it gets no more', async () => {
  const { services, tenantId, baseUrl, clientId, secret, tokenUrl } = await tenantWithClient();
  const form = { client_id: clientId, client_secret: secret };
  const token = await tokenFor(tokenUrl, form);
  expect(await statusOf(baseUrl, token)).toBe(200);
  await revokeClient(services, await findTenant(services, tenantId), clientId);
  expect(await statusOf(baseUrl, token)).toBe(401);
  await sleep(secretTime);
  expect((await ask(tokenUrl, form)).status).toBe(401);
});

test('disabling a tenant stops its clients, and their access tokens', async () => {
  const { services, tenantId, baseUrl, clientId, secret, tokenUrl } = await tenantWithClient();
  const form = { client_id: clientId, client_secret: secret };
  const token = await tokenFor(tokenUrl, form);
  await setTenantState(services, tenantId, 'disabled');
  expect(await statusOf(baseUrl, token)).toBe(401);
  await sleep(secretTime);
  expect((await ask(tokenUrl, form)).status).toBe(401);
});

test('the metadata leads to the token endpoint; other methods and paths beside it do not exist', async () => {
  const { tenantId, tokenUrl } = await tenantWithClient();
  const root = `${endpoint.url}/${endpoint.stage}`;
  const response = await fetch(`${root}/${tenantId}/.well-known/oauth-authorization-server`);
  expect(response.status).toBe(200);
  const { token_endpoint: found } = (await response.json()) as { token_endpoint: string };
  expect(new URL(found).pathname).toBe(new URL(tokenUrl).pathname);
  expect((await fetch(`${root}/.well-known/oauth-authorization-server/${tenantId}`)).status).toBe(200);
  expect((await fetch(tokenUrl)).status).toBe(404);
  expect((await fetch(`${tokenUrl}/x`, { method: 'POST' })).status).toBe(401);
});

test('the local log has no secret and no access token', async () => {
  const { baseUrl, clientId, secret, tokenUrl } = await tenantWithClient();
  const token = await tokenFor(tokenUrl, { client_id: clientId, client_secret: secret });
  await statusOf(`${baseUrl}/${token}`, token);
  expect(lines.join('\n')).not.toContain(token);
  expect(lines.join('\n')).not.toContain(secret);
});

test('rotating a secret in the middle of the traffic of Entra causes no 401', async () => {
  const sends = (step: Step): boolean => ('steps' in step ? step.steps.every(sends) : !('token' in step));
  const played = flows.filter(
    ({ name, steps, profiles }) => name.startsWith('entra/') && profiles.includes('standard') && steps.every(sends),
  );
  played.splice(6);
  expect(played).toHaveLength(6);
  const { services, tenantId, baseUrl, clientId, secret, tokenUrl } = await tenantWithClient();
  let token = await tokenFor(tokenUrl, { client_id: clientId, client_secret: secret });
  const used = new Set<string>();
  const statuses: number[] = [];

  const rotate = async (): Promise<void> => {
    const tenant = await findTenant(services, tenantId);
    const { made, client } = await rotateClient(services, tenant, clientId);
    await sleep(secretTime);
    // Both are valid until the administrator has pasted the new one.
    await tokenFor(tokenUrl, { client_id: clientId, client_secret: secret });
    token = await tokenFor(tokenUrl, { client_id: clientId, client_secret: made.secret });
    const [first] = client.secrets;
    await removePart(services, tenant, clientId, String(first?.hash.slice(0, 8)));
    await sleep(secretTime);
    expect((await ask(tokenUrl, { client_id: clientId, client_secret: secret })).status).toBe(401);
  };

  const target = {
    baseUrl,
    get token() {
      used.add(token);
      return token;
    },
    profile: 'standard' as const,
    emptyDirectory: false,
    timed: false,
  };
  let rotating: Promise<void> | undefined;
  let rotated = false;
  const play = async (): Promise<void> => {
    for (const flow of played) {
      const result = await runFlow(flow, target, ({ received }) => {
        if (received) statuses.push(received.status);
        // In the middle of a flow, while requests are under way.
        if (statuses.length === 5) {
          rotating ??= rotate().then(() => {
            rotated = true;
          });
        }
      });
      expect(
        describeFailures({ ...result, failed: result.failed.filter(({ received }) => received?.status === 401) }),
      ).toBe('');
    }
  };
  for (let round = 0; round < 20 && (!rotated || used.size < 2); round++) await play();
  await rotating;
  expect(used.size).toBe(2);
  expect(statuses.length).toBeGreaterThan(50);
  expect(statuses).not.toContain(401);
});

test('a secret of a client that does not exist is refused as a wrong one is', async () => {
  const { tenantId, clientId, tokenUrl } = await tenantWithClient();
  const wrong = makeClientSecret({ tenantId, credentialId: clientId });
  const unknown = makeClientSecret({ tenantId, credentialId: 'unknownaaaaa' });
  const responses = await Promise.all([
    ask(tokenUrl, { client_id: clientId, client_secret: wrong }),
    ask(tokenUrl, { client_id: 'unknownaaaaa', client_secret: unknown }),
  ]);
  const [first, second] = await Promise.all(
    responses.map(async (response) => (await response.text()).replace(/\(request .*\)/, '')),
  );
  expect(responses.map(({ status }) => status)).toEqual([401, 401]);
  expect(first).toBe(second);
});

test('keys of issuers are fetched from the hosts of Entra by default', () => {
  expect(entraHosts).toContain('login.microsoftonline.com');
  expect(entraHosts).toContain('login.microsoftonline.us');
  expect(entraHosts).toContain('login.partner.microsoftonline.cn');
});
