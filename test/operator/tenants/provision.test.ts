import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Tenant } from '../../../lambda/tenants/tenant';
import { hashToken, parseToken } from '../../../lambda/tenants/token-format';
import { OperatorError } from '../../../operator/error';
import { deleteTenant } from '../../../operator/tenants/delete-tenant';
import { noApiKeys } from '../../../operator/tenants/limits';
import { createTenant, findTenant, renameTenant, setTenantState } from '../../../operator/tenants/provision';
import type { SecretStore, TenantServices } from '../../../operator/tenants/tenant-services';
import { createToken, listTokens, revokeToken, rotateToken } from '../../../operator/tenants/tokens';
import { type OpenServices, openServices } from './open-services';

const hour = 3_600_000;
let open: OpenServices;
let services: TenantServices;
let now: Date;
let labels = 0;

beforeAll(async () => {
  open = await openServices();
  now = new Date();
  services = { tenants: open.tenants, secrets: open.secrets, apiKeys: noApiKeys, clock: () => now };
});

afterAll(() => open.close());

const make = (label = `tenant-${++labels}`) => createTenant(services, { label, profile: 'identity-center' });

async function tenantOf({ tenantId }: { readonly tenantId: string }): Promise<Tenant> {
  const tenant = await open.tenants.get(tenantId);
  if (!tenant) throw new Error(`no tenant ${tenantId}`);
  return tenant;
}

async function secretOf(tenantId: string, tokenId: string) {
  const reading = await open.secrets.read(tenantId, tokenId);
  return reading.kind === 'found' ? reading.secret : reading.kind;
}

const states = async (tenant: { readonly tenantId: string }) =>
  Object.fromEntries(
    (await listTokens(services, await tenantOf(tenant))).map(({ tokenId, state }) => [tokenId, state]),
  );

/** Secrets whose next call of one kind fails, as when the operator's process is killed there. */
function failing(method: 'create' | 'delete'): TenantServices {
  const broken = Object.assign(Object.create(open.secrets) as SecretStore, {
    [method]: () => Promise.reject(new Error('killed')),
  });
  return { ...services, secrets: broken };
}

describe('tenants', () => {
  test('a new tenant has an item, one token and its secret, and the token nowhere', async () => {
    const created = await make('first');
    expect(parseToken(created.token)).toEqual({ tenantId: created.tenantId, credentialId: created.tokenId });
    const { Item } = await open.tables.client.send(
      new GetCommand({ TableName: open.tables.directory, Key: { pk: 'TENANT', sk: created.tenantId } }),
    );
    const expires = new Date(now.getTime() + 365 * 24 * hour).toISOString();
    expect(Item).toEqual({
      pk: 'TENANT',
      sk: created.tenantId,
      label: 'first',
      profile: 'identity-center',
      state: 'enabled',
      tier: 'standard',
      created: now.toISOString(),
      tokens: { [created.tokenId]: { scope: 'scim', created: now.toISOString(), expires } },
      clients: {},
      format: 1,
    });
    expect(await secretOf(created.tenantId, created.tokenId)).toEqual({
      kind: 'token',
      hash: hashToken(created.token),
      profile: 'identity-center',
      expires,
      state: 'enabled',
      scope: 'scim',
      tier: 'standard',
    });
  });

  test('of many makers of one label, in whatever letter case, one succeeds', async () => {
    const makers = Array.from({ length: 8 }, (_, index) => make(index % 2 ? 'Contested' : 'contested'));
    const results = await Promise.allSettled(makers);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const result of results) {
      if (result.status === 'rejected') expect(result.reason).toEqual(expect.any(OperatorError));
    }
    const tenants: Tenant[] = [];
    for await (const tenant of open.tenants.list()) tenants.push(tenant);
    expect(tenants.filter(({ label }) => label.toLowerCase() === 'contested')).toHaveLength(1);
  });

  test.each(['', ' ', 'two words', '-dash', 'ünïcode', 'a'.repeat(65), '__proto__', 'a\nb', 'a/b'])(
    'the label %j is refused with the pattern',
    async (label) => {
      await expect(make(label)).rejects.toThrow(/label .* is not valid: use 1 to 64 letters/);
    },
  );

  test('a profile that does not exist is refused with those that do', async () => {
    const profile = 'constructor' as 'standard';
    await expect(createTenant(services, { label: 'odd', profile })).rejects.toThrow(
      /use one of identity-center, standard/,
    );
  });

  test('a tenant is found by id and by label in any letter case', async () => {
    const { tenantId } = await make('Findable');
    expect(await findTenant(services, tenantId)).toEqual(await findTenant(services, 'fINDABLE'));
    await expect(findTenant(services, 'nobody')).rejects.toThrow(OperatorError);
  });

  test('renaming frees the old label and takes the new one', async () => {
    const created = await make('old-name');
    await renameTenant(services, await tenantOf(created), 'new-name');
    expect((await findTenant(services, 'new-name')).tenantId).toBe(created.tenantId);
    await expect(make('New-Name')).rejects.toThrow(/exists already/);
    await make('old-name');
    await renameTenant(services, await tenantOf(created), 'NEW-name');
    expect((await tenantOf(created)).label).toBe('NEW-name');
  });

  test('renaming to the label of another tenant is refused, and both keep theirs', async () => {
    const [one] = [await make('taken-one'), await make('taken-two')];
    await expect(renameTenant(services, await tenantOf(one), 'taken-two')).rejects.toThrow(/exists already/);
    expect((await tenantOf(one)).label).toBe('taken-one');
    expect((await findTenant(services, 'taken-one')).tenantId).toBe(one.tenantId);
  });

  test('a rename that lost a race against another one is refused', async () => {
    const before = await tenantOf(await make('racing'));
    await renameTenant(services, before, 'winner');
    await expect(renameTenant(services, before, 'loser')).rejects.toThrow(/changed by somebody else/);
    await expect(findTenant(services, 'loser')).rejects.toThrow(OperatorError);
  });

  test('disabling and enabling a tenant reach every secret', async () => {
    const { tenantId, tokenId } = await make();
    const second = await createToken(services, tenantId);
    await setTenantState(services, tenantId, 'disabled');
    for (const id of [tokenId, second.tokenId]) {
      expect(await secretOf(tenantId, id)).toMatchObject({ state: 'disabled' });
    }
    expect(new Set(Object.values(await states({ tenantId })))).toEqual(new Set(['disabled']));
    await expect(createToken(services, tenantId)).rejects.toThrow(/disabled/);
    await setTenantState(services, tenantId, 'enabled');
    for (const id of [tokenId, second.tokenId]) {
      expect(await secretOf(tenantId, id)).toMatchObject({ state: 'enabled' });
    }
  });

  test('however operators disable and enable at the same time, secrets end as the item says', async () => {
    const { tenantId, tokenId } = await make();
    const turns = Array.from({ length: 10 }, (_, index) =>
      setTenantState(services, tenantId, index % 2 ? 'enabled' : 'disabled'),
    );
    await Promise.all(turns);
    const { state } = await tenantOf({ tenantId });
    expect(await secretOf(tenantId, tokenId)).toMatchObject({ state });
  });

  test('a secret that was edited by hand keeps no tenant from being disabled or deleted', async () => {
    const { tenantId, tokenId } = await make();
    const second = await createToken(services, tenantId);
    const broken = {
      kind: 'token',
      hash: '',
      profile: 'standard',
      expires: 'never',
      state: 'enabled',
      scope: 'scim',
    } as const;
    await open.secrets.replace(tenantId, tokenId, broken);
    await setTenantState(services, tenantId, 'disabled');
    expect(await secretOf(tenantId, second.tokenId)).toMatchObject({ state: 'disabled' });
    await deleteTenant(services, tenantId, () => Promise.resolve(), { wait: false });
    expect(await open.tenants.get(tenantId)).toBeUndefined();
    expect(await secretOf(tenantId, tokenId)).toBe('absent');
  });

  test('deleting a tenant leaves no item, no secret and no label', async () => {
    const { tenantId, tokenId } = await make('gone');
    let erased = 0;
    await deleteTenant(
      services,
      tenantId,
      async () => {
        expect(await secretOf(tenantId, tokenId)).toBe('absent');
        erased++;
      },
      { wait: false },
    );
    expect(erased).toBe(1);
    expect(await open.tenants.get(tenantId)).toBeUndefined();
    await make('gone');
    await expect(deleteTenant(services, tenantId, () => Promise.resolve(), { wait: false })).rejects.toThrow(
      /no tenant/,
    );
  });

  test('a deletion that was interrupted is completed by another', async () => {
    const { tenantId } = await make('half-gone');
    await expect(
      deleteTenant(services, tenantId, () => Promise.reject(new Error('killed')), { wait: false }),
    ).rejects.toThrow('killed');
    expect(await tenantOf({ tenantId })).toMatchObject({ state: 'disabled' });
    await deleteTenant(services, tenantId, () => Promise.resolve(), { wait: false });
    expect(await open.tenants.get(tenantId)).toBeUndefined();
  });

  test('deleting a tenant deletes secrets that no item lists', async () => {
    const { tenantId } = await make('orphan');
    const secret = {
      kind: 'token',
      hash: '',
      profile: 'standard',
      expires: now.toISOString(),
      state: 'enabled',
      scope: 'scim',
    } as const;
    await open.secrets.create(tenantId, 'orphanorphan', secret);
    await deleteTenant(services, tenantId, () => Promise.resolve(), { wait: false });
    expect(await secretOf(tenantId, 'orphanorphan')).toBe('absent');
  });
});

describe('tenants edited by hand', () => {
  const token = { scope: 'scim', created: '2026-01-01T00:00:00.000Z', expires: '2027-01-01T00:00:00.000Z' } as const;

  test.each([
    { format: 2 },
    { state: 'open' },
    { label: 7 },
    { tokens: null },
    { tokens: [] },
    { tokens: { abc: { ...token, expires: 'never' } } },
    { tokens: { abc: { ...token, scope: 'write' } } },
    { tokens: { abc: 'x' } },
    { clients: undefined },
    { clients: { abc: token } },
  ])('a tenant with %j is refused by its key, and hides no other', async (change) => {
    const one = await openServices();
    try {
      const good = {
        tenantId: 'good',
        label: 'good',
        profile: 'standard',
        state: 'enabled',
        created: token.created,
      } as const;
      await one.tenants.create({ ...good, tokens: new Map([['abc', token]]), clients: new Map() });
      const Item = { pk: 'TENANT', sk: 'bad', ...good, tokens: { abc: token }, clients: {}, format: 1, ...change };
      await one.tables.client.send(new PutCommand({ TableName: one.tables.directory, Item }));
      const unreadable =
        /^The item pk=TENANT sk=bad cannot be read: expected a tenant with its credentials, got format \d/;
      await expect(one.tenants.get('bad')).rejects.toThrow(unreadable);
      const listed: string[] = [];
      const list = async () => {
        for await (const { tenantId } of one.tenants.list()) listed.push(tenantId);
      };
      await expect(list()).rejects.toThrow(unreadable);
      expect(listed).toEqual(['good']);
    } finally {
      await one.close();
    }
  });
});

describe('tokens', () => {
  test('of 20 makers at a time exactly two have a token in the end', async () => {
    const { tenantId, tokenId } = await make();
    const tenant = await tenantOf({ tenantId });
    await revokeToken(services, tenant, tokenId);
    const results = await Promise.allSettled(Array.from({ length: 20 }, () => createToken(services, tenantId)));
    const made = results.flatMap((result) => (result.status === 'fulfilled' ? result.value : []));
    expect(made).toHaveLength(2);
    const refused = results.flatMap((result) => (result.status === 'rejected' ? String(result.reason) : []));
    expect(refused).toHaveLength(18);
    for (const message of refused) {
      expect(message).toContain(`Tenant ${tenantId} has 2 live tokens, the most allowed: `);
      for (const one of made) expect(message).toContain(`${one.tokenId} (never used)`);
    }
    expect(await states({ tenantId })).toEqual(Object.fromEntries(made.map((token) => [token.tokenId, 'live'])));
  });

  test('an expired token does not count against the limit, another limit can be given', async () => {
    const { tenantId } = await make();
    await createToken(services, tenantId, { life: hour });
    await expect(createToken(services, tenantId)).rejects.toThrow(/2 live tokens/);
    await createToken(services, tenantId, { limit: 3 });
    now = new Date(now.getTime() + hour);
    await expect(createToken(services, tenantId)).rejects.toThrow(/2 live tokens/);
    await createToken(services, tenantId, { limit: 3 });
    expect(Object.values(await states({ tenantId })).sort()).toEqual(['expired', 'live', 'live', 'live']);
  });

  test('an interrupted creation leaves a token that is listed and not accepted, and can be removed', async () => {
    const { tenantId, tokenId } = await make();
    await expect(createToken(failing('create'), tenantId)).rejects.toThrow('killed');
    const tenant = await tenantOf({ tenantId });
    const [left] = [...tenant.tokens.keys()].filter((id) => id !== tokenId);
    expect(await states({ tenantId })).toEqual({ [tokenId]: 'live', [left ?? '']: 'incomplete' });
    await revokeToken(services, tenant, left ?? '');
    expect(await states({ tenantId })).toEqual({ [tokenId]: 'live' });
  });

  test('a tenant whose first secret was never made is listed and can be given another token', async () => {
    await expect(createTenant(failing('create'), { label: 'cut-short', profile: 'standard' })).rejects.toThrow(
      'killed',
    );
    const tenant = await findTenant(services, 'cut-short');
    expect(Object.values(await states(tenant))).toEqual(['incomplete']);
    const { tokenId } = await createToken(services, tenant.tenantId);
    expect((await states(tenant))[tokenId]).toBe('live');
  });

  test('a revocation killed before it began changes nothing; one killed in the middle is completed by another', async () => {
    const created = await make();
    await expect(revokeToken(failing('delete'), await tenantOf(created), created.tokenId)).rejects.toThrow('killed');
    expect(await states(created)).toEqual({ [created.tokenId]: 'live' });
    await open.secrets.delete(created.tenantId, created.tokenId);
    expect(await states(created)).toEqual({ [created.tokenId]: 'incomplete' });
    await revokeToken(services, await tenantOf(created), created.tokenId);
    expect(await states(created)).toEqual({});
  });

  test('a token revoked during its creation is not accepted', async () => {
    const { tenantId } = await make();
    const secrets = Object.assign(Object.create(open.secrets) as SecretStore, {
      create: async (...[id, tokenId, secret]: Parameters<SecretStore['create']>) => {
        await revokeToken(services, await tenantOf({ tenantId }), tokenId);
        await open.secrets.create(id, tokenId, secret);
      },
    });
    await expect(createToken({ ...services, secrets }, tenantId)).rejects.toThrow(/revoked while it was created/);
    const left: string[] = [];
    for await (const id of open.secrets.list(tenantId)) left.push(id);
    expect(left).toEqual([...(await tenantOf({ tenantId })).tokens.keys()]);
  });

  test('a token made while its tenant is disabled is disabled', async () => {
    const { tenantId } = await make();
    const secrets = Object.assign(Object.create(open.secrets) as SecretStore, {
      create: async (...[id, tokenId, secret]: Parameters<SecretStore['create']>) => {
        await setTenantState(services, tenantId, 'disabled');
        await open.secrets.create(id, tokenId, secret);
      },
    });
    const { tokenId } = await createToken({ ...services, secrets }, tenantId);
    expect(await secretOf(tenantId, tokenId)).toMatchObject({ state: 'disabled' });
  });

  test('revoking a token that the tenant does not have is refused', async () => {
    const [one, other] = [await make(), await make()];
    for (const id of [other.tokenId, 'nothing', '__proto__']) {
      await expect(revokeToken(services, await tenantOf(one), id)).rejects.toThrow(/has no token/);
    }
    expect(await states(other)).toEqual({ [other.tokenId]: 'live' });
  });

  test('rotation makes a second token with the label of the first, which works on until it is revoked', async () => {
    const { tenantId } = await make();
    const old = await createToken(services, tenantId, { tokenLabel: 'okta' });
    await revokeToken(
      services,
      await tenantOf({ tenantId }),
      [...(await tenantOf({ tenantId })).tokens.keys()].find((id) => id !== old.tokenId) ?? '',
    );
    const created = await rotateToken(services, await tenantOf({ tenantId }), old.tokenId);
    expect((await tenantOf({ tenantId })).tokens.get(created.tokenId)?.label).toBe('okta');
    expect(await states({ tenantId })).toEqual({ [old.tokenId]: 'live', [created.tokenId]: 'live' });
    await expect(rotateToken(services, await tenantOf({ tenantId }), old.tokenId)).rejects.toThrow(/2 live tokens/);
  });

  test('rotation with an overlap ends the old token after it, in item and secret, and never later than it would have', async () => {
    const created = await make();
    const second = await rotateToken(services, await tenantOf(created), created.tokenId, { overlap: hour });
    const end = new Date(now.getTime() + hour).toISOString();
    expect((await tenantOf(created)).tokens.get(created.tokenId)?.expires).toBe(end);
    expect(await secretOf(created.tenantId, created.tokenId)).toMatchObject({ expires: end });
    await rotateToken(services, await tenantOf(created), created.tokenId, { overlap: 2 * hour, limit: 3 });
    expect((await tenantOf(created)).tokens.get(created.tokenId)?.expires).toBe(end);
    expect(await secretOf(created.tenantId, second.tokenId)).toMatchObject({ expires: second.expires });
  });
});
