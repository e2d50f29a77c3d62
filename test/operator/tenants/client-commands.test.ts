import { generateKeyPairSync } from 'node:crypto';
import type { Tenant } from '../../../lambda/tenants/tenant';
import { matchesHash, parseClientSecret } from '../../../lambda/tenants/token-format';
import { OperatorError } from '../../../operator/error';
import { addKey, addTrust, removePart, rotateClient } from '../../../operator/tenants/change-client';
import { readPublicKey } from '../../../operator/tenants/client-key';
import { listClients } from '../../../operator/tenants/client-list';
import { createClient, revokeClient } from '../../../operator/tenants/clients';
import { noApiKeys } from '../../../operator/tenants/limits';
import { createTenant, findTenant } from '../../../operator/tenants/provision';
import type { SecretStore, TenantServices, TenantStore } from '../../../operator/tenants/tenant-services';
import { createToken, revokeToken } from '../../../operator/tenants/tokens';
import { type OpenServices, openServices } from './open-services';

const day = 24 * 3_600_000;
let open: OpenServices;
let services: TenantServices;
let now: Date;
let tenants = 0;

beforeAll(async () => {
  open = await openServices();
});
beforeEach(() => {
  now = new Date('2026-11-27T12:00:00.000Z');
  services = { tenants: open.tenants, secrets: open.secrets, apiKeys: noApiKeys, clock: () => now };
});
afterAll(() => open.close());

const newTenant = async () =>
  (await createTenant(services, { label: `tenant-${++tenants}`, profile: 'standard' })).tenantId;
const find = (tenantId: string): Promise<Tenant> => findTenant(services, tenantId);
const list = async (tenantId: string) => await listClients(services, await find(tenantId));
const states = async (tenantId: string) => (await list(tenantId)).map(({ clientId, state }) => [clientId, state]);

async function secretOf(tenantId: string, clientId: string) {
  const reading = await open.secrets.read(tenantId, clientId);
  if (reading.kind !== 'found') return reading.kind;
  if (reading.secret.kind !== 'client') throw new Error('not the secret of a client');
  return reading.secret;
}

/** The secrets that the token endpoint accepts. */
async function accepted(tenantId: string, clientId: string, ...secrets: readonly (string | undefined)[]) {
  const stored = await secretOf(tenantId, clientId);
  if (typeof stored === 'string') return [];
  const live = stored.secrets.filter(({ expires }) => Date.parse(expires) > now.getTime());
  return secrets.filter((secret = '') => live.some(({ hash }) => matchesHash(secret, hash)));
}

describe('a client with a secret', () => {
  test('its secret names it, is stored as a hash only, and ends after two years', async () => {
    const tenantId = await newTenant();
    const { clientId, made } = await createClient(services, tenantId, { clientLabel: 'entra' });
    expect(parseClientSecret(made?.secret ?? '')).toEqual({ tenantId, credentialId: clientId });
    expect(made?.expires).toBe(new Date(now.getTime() + 730 * day).toISOString());
    expect(await accepted(tenantId, clientId, made?.secret)).toEqual([made?.secret]);
    const stored = JSON.stringify([await secretOf(tenantId, clientId), (await find(tenantId)).clients.get(clientId)]);
    expect(stored).not.toContain(made?.secret);
    const [listed] = await list(tenantId);
    expect(listed).toMatchObject({ clientId, label: 'entra', scope: 'scim', state: 'live', keys: [], trusts: [] });
    expect(JSON.stringify(listed)).not.toContain('hash');
  });

  test('each client has a key of its own for its access tokens', async () => {
    const tenantId = await newTenant();
    const keys = new Set<string>();
    for (const limit of [1, 2]) {
      const { clientId } = await createClient(services, tenantId, { limit });
      const secret = await secretOf(tenantId, clientId);
      keys.add(typeof secret === 'string' ? '' : secret.macKey);
    }
    expect(keys.size).toBe(2);
    for (const key of keys) expect(Buffer.from(key, 'base64url')).toHaveLength(32);
  });

  test.each([364, 1097])('a secret that would live %i days is refused, and nothing is created', async (days) => {
    const tenantId = await newTenant();
    await expect(createClient(services, tenantId, { life: days * day })).rejects.toThrow(
      `A client secret lives one to three years (365d to 1096d), and this one would live ${days} days: choose another life. No secret was created.`,
    );
    expect(await list(tenantId)).toEqual([]);
  });

  test.each([60, 360])('access tokens may live %i minutes', async (minutes) => {
    const tenantId = await newTenant();
    await createClient(services, tenantId, { accessTokenLife: minutes * 60_000 });
    expect(await list(tenantId)).toMatchObject([{ accessTokenSeconds: minutes * 60 }]);
  });

  test.each([59, 361])(
    'access tokens that would live %i minutes are refused, and nothing is created',
    async (minutes) => {
      const tenantId = await newTenant();
      await expect(createClient(services, tenantId, { accessTokenLife: minutes * 60_000 })).rejects.toThrow(
        `An access token lives one to six hours (1h to 6h), and this one would live ${minutes} minutes: choose another life. No client was created.`,
      );
      expect(await list(tenantId)).toEqual([]);
    },
  );

  test('a tenant has two clients unless more are allowed, however many operators create some', async () => {
    const tenantId = await newTenant();
    const results = await Promise.allSettled(Array.from({ length: 6 }, () => createClient(services, tenantId)));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
    for (const result of results) {
      if (result.status === 'rejected')
        expect(String(result.reason)).toMatch(/has 2 clients, the most allowed: \w{12} /);
    }
    await createClient(services, tenantId, { limit: 3 });
  });

  test('clients do not count as tokens, nor tokens as clients', async () => {
    const tenantId = await newTenant();
    await createClient(services, tenantId);
    await createToken(services, tenantId);
    await createClient(services, tenantId);
    await expect(createToken(services, tenantId)).rejects.toThrow(/2 live tokens/);
  });
});

describe('rotation', () => {
  test('both secrets work until the old one is revoked', async () => {
    const tenantId = await newTenant();
    const { clientId, made } = await createClient(services, tenantId);
    const second = await rotateClient(services, await find(tenantId), clientId);
    const both = [made?.secret, second.made.secret];
    expect(await accepted(tenantId, clientId, ...both)).toEqual(both);
    const [{ secrets } = { secrets: [] }] = await list(tenantId);
    expect(secrets.map(({ state }) => state)).toEqual(['live', 'live']);
    await removePart(services, await find(tenantId), clientId, secrets[0]?.id ?? '');
    expect(await accepted(tenantId, clientId, ...both)).toEqual([second.made.secret]);
  });

  test('with an overlap the old secret ends by itself, never later than before', async () => {
    const tenantId = await newTenant();
    const { clientId, made } = await createClient(services, tenantId);
    const second = await rotateClient(services, await find(tenantId), clientId, { overlap: day });
    now = new Date(now.getTime() + day);
    expect(await accepted(tenantId, clientId, made?.secret, second.made.secret)).toEqual([second.made.secret]);
    // A third one takes the place of what has ended.
    const third = await rotateClient(services, await find(tenantId), clientId, { overlap: 5000 * day });
    expect(third.client.secrets.map(({ expires }) => expires)).toEqual([second.made.expires, third.made.expires]);
  });

  test('a third live secret is refused with what to revoke', async () => {
    const tenantId = await newTenant();
    const { clientId } = await createClient(services, tenantId);
    await rotateClient(services, await find(tenantId), clientId);
    const [{ secrets } = { secrets: [] }] = await list(tenantId);
    const ids = secrets.map(({ id }) => id);
    const error = await rotateClient(services, await find(tenantId), clientId).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(OperatorError);
    expect(error).toMatchObject({
      message: `Client ${clientId} has 2 secrets, the most allowed: ${ids.join(', ')}. Revoke one that is no longer used; the oldest is the first.`,
      remedy: { operation: 'revoke part', values: { tenant: tenantId, client: clientId, part: ids[0] } },
    });
  });

  test('a client whose secrets have all ended is expired, and works again with another', async () => {
    const tenantId = await newTenant();
    const { clientId } = await createClient(services, tenantId);
    now = new Date(now.getTime() + 731 * day);
    expect(await states(tenantId)).toEqual([[clientId, 'expired']]);
    await rotateClient(services, await find(tenantId), clientId);
    expect(await states(tenantId)).toEqual([[clientId, 'live']]);
  });

  test('of operators who rotate at the same time, none loses a secret that another was shown', async () => {
    const tenantId = await newTenant();
    const { clientId } = await createClient(services, tenantId);
    const tenant = await find(tenantId);
    const results = await Promise.allSettled(Array.from({ length: 4 }, () => rotateClient(services, tenant, clientId)));
    const shown = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value.made.secret] : []));
    expect(shown).toHaveLength(1);
    expect(await accepted(tenantId, clientId, ...shown)).toEqual(shown);
  });
});

const entra = {
  issuer: 'https://login.microsoftonline.com/ce5f061f-abe6-4e40-9615-301f87bcb7f0/v2.0',
  subject: 'd2f8ee76-c549-45b8-a143-f5b640669704',
  audience: 'api://b5ba7a93-4452-4522-aeb4-a2b5da870c16/.default',
};

describe('a client that signs assertions', () => {
  test('has no secret, and is listed with the workload as it was given', async () => {
    const tenantId = await newTenant();
    const { clientId, made } = await createClient(services, tenantId, { trust: entra });
    expect(made).toBeUndefined();
    expect((await list(tenantId))[0]).toMatchObject({ secrets: [], trusts: [entra] });
    await expect(rotateClient(services, await find(tenantId), clientId)).rejects.toThrow(
      /has no secret that could be rotated/,
    );
  });

  test('trusts are added and removed one by one; the last part stays', async () => {
    const tenantId = await newTenant();
    const trust = { ...entra, audience: 'scim' };
    const { clientId } = await createClient(services, tenantId, { trust });
    await expect(addTrust(services, await find(tenantId), clientId, trust)).rejects.toThrow(/already/);
    await addTrust(services, await find(tenantId), clientId, { ...trust, subject: 'another' });
    const [listed] = await list(tenantId);
    const [first, second] = listed?.trusts ?? [];
    await removePart(services, await find(tenantId), clientId, first?.id ?? '');
    expect((await list(tenantId))[0]?.trusts).toEqual([second]);
    expect(await secretOf(tenantId, clientId)).toMatchObject({ trusts: [{ subject: 'another' }] });
    await expect(removePart(services, await find(tenantId), clientId, second?.id ?? '')).rejects.toThrow(
      /is all that client \w+ authenticates with: give it another first, or revoke the whole client/,
    );
    await expect(removePart(services, await find(tenantId), clientId, 'ffffffff')).rejects.toThrow(
      /has no secret, key or trust "ffffffff"/,
    );
  });

  test('a client trusts four workloads at most', async () => {
    const tenantId = await newTenant();
    const { clientId } = await createClient(services, tenantId, { trust: entra });
    const add = async (subject: string) => addTrust(services, await find(tenantId), clientId, { ...entra, subject });
    for (const subject of ['two', 'three', 'four']) await add(subject);
    await expect(add('five')).rejects.toThrow(/has 4 trusts, the most allowed/);
  });

  test.each([
    [{ issuer: 'http://login.microsoftonline.com/x' }, /issuer "http:.* is not an https URL/],
    [{ issuer: 'login.microsoftonline.com' }, /is not an https URL/],
    [{ issuer: 'https://user:password@login.microsoftonline.com' }, /is not an https URL/],
    [{ jwksUrl: 'file:///etc/passwd' }, /address of the keys "file:.* is not an https URL/],
    [{ subject: '' }, /subject "" is empty/],
    [{ audience: 'two words' }, /audience "two words" is empty, longer than 500 characters, or has spaces/],
  ])('the workload %j is refused, and no client is created', async (wrong, message) => {
    const tenantId = await newTenant();
    await expect(createClient(services, tenantId, { trust: { ...entra, ...wrong } })).rejects.toThrow(message);
    expect(await list(tenantId)).toEqual([]);
  });

  test('keys are added beside each other, two at most, never one twice', async () => {
    const key = () => readPublicKey(pem(generateKeyPairSync('ed25519').publicKey));
    const [one, two, three] = [key(), key(), key()];
    const tenantId = await newTenant();
    const { clientId } = await createClient(services, tenantId, { key: one });
    await expect(addKey(services, await find(tenantId), clientId, one)).rejects.toThrow(/has this key already/);
    await addKey(services, await find(tenantId), clientId, two);
    await expect(addKey(services, await find(tenantId), clientId, three)).rejects.toThrow(
      /has 2 keys, the most allowed/,
    );
    expect(await secretOf(tenantId, clientId)).toMatchObject({ secrets: [], keys: [{ jwk: one }, { jwk: two }] });
  });
});

const pem = (key: { export(options: { type: 'spki'; format: 'pem' }): string | Buffer }) =>
  String(key.export({ type: 'spki', format: 'pem' }));

describe('a public key', () => {
  test('is read from PEM and from a JWK, and only its public members are kept', () => {
    const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const jwk = publicKey.export({ format: 'jwk' });
    expect(readPublicKey(pem(publicKey))).toEqual(jwk);
    expect(readPublicKey(JSON.stringify({ ...jwk, kid: 'x', use: 'sig' }))).toEqual(jwk);
  });

  test('a private key is refused in any form, and never repeated', () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const forms = [
      String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
      String(privateKey.export({ type: 'pkcs1', format: 'pem' })),
      JSON.stringify(privateKey.export({ format: 'jwk' })),
      JSON.stringify({ kty: 'oct', k: 'c2VjcmV0' }),
    ];
    for (const form of forms)
      expect(() => readPublicKey(form)).toThrow(/^This is a private key, and nothing was stored\./);
  });

  test('a weak key is refused with what to use', () => {
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
    expect(() => readPublicKey(pem(publicKey))).toThrow(
      /^The key is an RSA key of 1024 bits: use RSA with at least 2048/,
    );
    const odd = generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).publicKey;
    expect(() => readPublicKey(pem(odd))).toThrow(/^The key is of type ec secp256k1: use /);
  });

  test.each(['', 'hello', '{', '{}', '[]', '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----'])(
    'what is no key (%j) is refused with what to pass',
    (text) => {
      expect(() => readPublicKey(text)).toThrow(/^The key cannot be read: pass a public key in PEM/);
    },
  );
});

/** Services whose next call of one kind fails, before or after it took effect: the operator's process was killed there. */
function killed(part: 'secrets' | 'tenants', method: string, after: boolean): TenantServices {
  const real = services[part] as unknown as Record<string, (...args: unknown[]) => Promise<unknown>>;
  const broken = Object.assign(Object.create(real) as SecretStore & TenantStore, {
    [method]: async (...args: unknown[]) => {
      if (after) await real[method]?.apply(real, args);
      throw new Error('killed');
    },
  });
  return { ...services, [part]: broken };
}

describe('interrupted', () => {
  const points = [
    ['tenants', 'addClient'],
    ['secrets', 'create'],
    ['tenants', 'changeClient'],
    ['secrets', 'replace'],
    ['secrets', 'delete'],
    ['tenants', 'removeClient'],
  ].flatMap(([part, method]) => [true, false].map((after) => [part, method, after] as const));

  test.each(points)(
    'at %s.%s (after: %s), whatever is accepted is listed, and the next command works',
    async (part, method, after) => {
      const tenantId = await newTenant();
      const first = await createClient(services, tenantId);
      const broken = killed(part as 'secrets', method ?? '', after);
      const attempts = {
        create: () => createClient(broken, tenantId),
        rotate: async () => rotateClient(broken, await find(tenantId), first.clientId),
        revoke: async () => revokeClient(broken, await find(tenantId), first.clientId),
      };
      const results = await Promise.allSettled([attempts.create(), attempts.rotate()]);
      await attempts.revoke().catch(() => undefined);
      expect(
        [...results].some(({ status }) => status === 'rejected') || ['delete', 'removeClient'].includes(method ?? ''),
      ).toBe(true);

      const listed = new Set((await list(tenantId)).map(({ clientId }) => clientId));
      for await (const id of open.secrets.list(tenantId)) {
        expect(listed.has(id) || (await find(tenantId)).tokens.has(id)).toBe(true);
      }
      for (const { clientId } of await list(tenantId)) await revokeClient(services, await find(tenantId), clientId);
      expect(await list(tenantId)).toEqual([]);
      const again = await createClient(services, tenantId);
      expect(await states(tenantId)).toEqual([[again.clientId, 'live']]);
    },
  );

  test('a revoked secret that its interruption left accepted is refused when the command is repeated', async () => {
    const tenantId = await newTenant();
    const { clientId, made } = await createClient(services, tenantId);
    const second = await rotateClient(services, await find(tenantId), clientId);
    const [{ secrets } = { secrets: [] }] = await list(tenantId);
    const id = secrets[0]?.id ?? '';
    await expect(removePart(killed('secrets', 'replace', false), await find(tenantId), clientId, id)).rejects.toThrow(
      'killed',
    );
    await expect(removePart(services, await find(tenantId), clientId, id)).rejects.toThrow(/has no secret/);
    expect(await accepted(tenantId, clientId, made?.secret, second.made.secret)).toEqual([second.made.secret]);
  });

  test('a client whose creation was interrupted is incomplete, and no other command touches it', async () => {
    const tenantId = await newTenant();
    await expect(createClient(killed('secrets', 'create', false), tenantId)).rejects.toThrow('killed');
    const [[clientId = '', state] = []] = await states(tenantId);
    expect(state).toBe('incomplete');
    await expect(rotateClient(services, await find(tenantId), clientId)).rejects.toThrow(
      /is incomplete, because a command was interrupted: revoke it/,
    );
  });
});

test('the commands of tokens leave clients alone, and those of clients leave tokens alone', async () => {
  const tenantId = await newTenant();
  const { clientId } = await createClient(services, tenantId);
  const { tokenId } = await createToken(services, tenantId);
  await expect(revokeToken(services, await find(tenantId), clientId)).rejects.toThrow(/has no token/);
  await expect(revokeClient(services, await find(tenantId), tokenId)).rejects.toThrow(/has no client/);
  expect(await states(tenantId)).toEqual([[clientId, 'live']]);
  expect((await open.secrets.read(tenantId, tokenId)).kind).toBe('found');
});
