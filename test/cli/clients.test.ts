import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { admin, adminJson } from './admin';
import { type LocalEndpoint, startLocal } from './local-endpoint';

let endpoint: LocalEndpoint;
let folder: string;
let tenants = 0;
const run = (...args: readonly string[]) => admin([...args, '--data', endpoint.data]);
const json = <Data>(...args: readonly string[]) => adminJson<Data>(...args, '--data', endpoint.data);

beforeAll(async () => {
  endpoint = await startLocal({ authorizerCacheSeconds: 0 });
  folder = await mkdtemp(join(tmpdir(), 'scim-clients-'));
});
afterAll(async () => {
  await endpoint.close();
  await rm(folder, { recursive: true });
});

async function newTenant() {
  const label = `client-${++tenants}`;
  const { tenantId, baseUrl } = await json<{ tenantId: string; baseUrl: string }>('tenant', 'create', label);
  return { label, tenantId, baseUrl };
}

interface Made {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly tokenUrl: string;
  readonly secretExpires: string;
}

interface Listed {
  readonly clientId: string;
  readonly state: string;
  readonly secrets: readonly { readonly id: string; readonly state: string; readonly expires: string }[];
  readonly trusts: readonly { readonly id: string }[];
}

test('a client is shown with the fields of the Entra page, and its secret once', async () => {
  const { label, tenantId, baseUrl } = await newTenant();
  const { code, out, err } = await run('client', 'create', label, '--label', 'entra');
  expect(code).toBe(0);
  const origin = `${endpoint.url}/prod/${tenantId}`;
  expect(out).toMatch(
    new RegExp(
      `^Tenant URL {9}${baseUrl}\nToken endpoint {5}${origin}/oauth2/token\nClient identifier {2}[a-z0-9]{12}\n` +
        'Client secret {6}scs_\\w{75}\nSecret ends {8}\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d UTC\n$',
    ),
  );
  expect(err).toBe('Save the client secret now: it is not shown again.\n');
  const list = await run('client', 'list', label);
  expect(list.out).toMatch(
    /^CLIENT +LABEL +SCOPE +STATE +CREATED \(UTC\) +LAST USE \(UTC\)\n\w{12} +entra +scim +live /,
  );
  expect(list.out).toMatch(/^\w{12} +secret +[0-9a-f]{8} +live +\S+ \S+ +\S+ \S+ +-$/m);
  expect(`${list.out}${list.err}`).not.toContain('scs_');
});

test('with --out the secret is in a file for the operator alone, and on no screen', async () => {
  const { label } = await newTenant();
  const out = join(folder, 'secret');
  const made = await run('client', 'create', label, '--out', out);
  expect((await stat(out)).mode & 0o777).toBe(0o600);
  expect(await readFile(out, 'utf8')).toMatch(/^scs_\w{75}\n$/);
  expect(`${made.out}${made.err}`).not.toContain('scs_');
  const again = await run('client', 'create', label, '--out', out);
  expect(again.err).toBe(`scim-admin: The file ${out} exists already: pass --out another path. Nothing was created.\n`);
  expect(await json<readonly Listed[]>('client', 'list', label)).toHaveLength(1);
});

test('a secret is rotated: two are live, each with its end, until the old one is revoked', async () => {
  const { label } = await newTenant();
  const first = await json<Made>('client', 'create', label);
  const { code, out, err } = await run('client', 'rotate', label, '--expires', '365d');
  expect(code).toBe(0);
  expect(out).toMatch(/^Client identifier {2}\w{12}\nClient secret {6}scs_\w{75}\nSecret ends/);
  const [, oldId = ''] =
    /The secret before, ([0-9a-f]{8}), works until \d{4}-\d\d-\d\d \d\d:\d\d UTC, or until you revoke it: "npx scim-admin client revoke \S+ \w{12} \1 --data \S+"\./.exec(
      err,
    ) ?? [];
  const states = async () =>
    (await json<readonly Listed[]>('client', 'list', label))[0]?.secrets.map(({ state }) => state);
  expect(await states()).toEqual(['live', 'live']);
  expect(await run('client', 'rotate', label)).toMatchObject({
    code: 1,
    err: expect.stringMatching(
      new RegExp(
        `has 2 secrets, the most allowed: .* Run "npx scim-admin client revoke \\w{12} ${first.clientId} ${oldId} --data`,
      ),
    ),
  });
  const revoke = ['client', 'revoke', label, first.clientId, oldId];
  expect((await run(...revoke)).err).toContain('pass --yes');
  expect((await run(...revoke, '--yes')).out).toContain(`${oldId} of client ${first.clientId} is revoked`);
  expect(await states()).toEqual(['live']);
});

test('a client is revoked only after its id was typed, or with --yes', async () => {
  const { label } = await newTenant();
  const { clientId } = await json<Made>('client', 'create', label);
  const command = ['client', 'revoke', label, clientId, '--data', endpoint.data];
  expect(await admin(command, { types: 'no' })).toMatchObject({ code: 1 });
  expect(await admin(command, { types: `${clientId}\n` })).toMatchObject({ code: 0 });
  expect(await json('client', 'list', label)).toEqual([]);
  expect((await run('client', 'revoke', label, clientId, '--yes')).err).toMatch(
    /has no client "\w{12}": use the id of one of its clients\. Run "npx scim-admin client list/,
  );
});

test('a workload of Entra acts as a client; trusts are added and removed', async () => {
  const { label } = await newTenant();
  const workload = [
    ...['--issuer', 'https://login.microsoftonline.com/ce5f061f-abe6-4e40-9615-301f87bcb7f0/v2.0'],
    ...['--subject', 'd2f8ee76-c549-45b8-a143-f5b640669704'],
  ];
  const made = await run('client', 'create', label, '--federate', ...workload, '--audience', 'scim');
  expect(made).toMatchObject({ code: 0, err: '' });
  expect(made.out).not.toContain('Client secret');
  const [client] = await json<readonly Listed[]>('client', 'list', label);
  const id = client?.clientId ?? '';
  expect((await run('client', 'trust', 'add', label, id, ...workload, '--audience', 'other')).code).toBe(0);
  const [{ trusts } = { trusts: [] }] = await json<readonly Listed[]>('client', 'list', label);
  expect(trusts).toHaveLength(2);
  expect((await run('client', 'trust', 'remove', label, id, trusts[0]?.id ?? '', '--yes')).code).toBe(0);
  expect((await run('client', 'list', label)).out).toMatch(
    /trust +[0-9a-f]{8} +live +\S+ \S+ +- +d2f8ee76-c549-45b8-a143-f5b640669704 of https:\S+ to other$/m,
  );
});

test('a client signs with its own key, which is rotated by adding another', async () => {
  const { label } = await newTenant();
  const file = join(folder, 'key.pem');
  const write = async () => {
    const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    await writeFile(file, publicKey.export({ type: 'spki', format: 'pem' }));
  };
  await write();
  expect(await run('client', 'create', label, '--key', file)).toMatchObject({ code: 0 });
  await write();
  expect((await run('client', 'rotate', label, '--key', file)).out).toContain('has another key');
  expect((await run('client', 'list', label)).out.match(/ key +[0-9a-f]{8} +live .* EC P-256$/gm)).toHaveLength(2);
});

test('a tenant counts its clients, shows them, and shows no hash of a secret', async () => {
  const { label } = await newTenant();
  await run('client', 'create', label);
  expect((await run('tenant', 'list')).out).toMatch(new RegExp(`${label} .* 1 +1 +\\S+ \\S+$`, 'm'));
  expect(await json('stats', label)).toMatchObject([{ tokens: 1, clients: 1 }]);
  const shown = await run('tenant', 'show', label, '--json');
  expect(JSON.parse(shown.out)).toMatchObject({ clients: [{ state: 'live' }] });
  const listed = await run('tenant', 'list', '--json');
  expect(`${shown.out}${listed.out}`).not.toContain('hash');
  await run('tenant', 'disable', label);
  expect(await json('client', 'list', label)).toMatchObject([{ state: 'disabled' }]);
});

test('rotating without an id needs one client, and says what to do without', async () => {
  const { label } = await newTenant();
  const rotate = async () => (await run('client', 'rotate', label)).err;
  expect(await rotate()).toMatch(/has no client: create one\. Run "npx scim-admin client create client-\d+ --data/);
  await run('client', 'create', label);
  await run('client', 'create', label, '--label', 'second');
  expect(await rotate()).toMatch(/has 2 clients: \w{12} \(never used\), \w{12} \(second, never used\)\. Name the one/);
  await run('tenant', 'disable', label);
  expect(await rotate()).toMatch(/is disabled: enable it first/);
});
