import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { checkTenants } from '../../operator/check/check-tenants';
import { emulatedAddress } from '../../operator/connection/emulated';
import { openDeployment } from '../../operator/connection/open';
import { findTenant } from '../../operator/tenants/provision';
import { importTenant } from '../../operator/transfer/import';
import { Cdk } from './cdk';
import { type Directory, fill, read } from './directory';
import { placeFromEnvironment } from './place';
import { lastRelease, Release } from './release';
import { addressed, removable } from './settings';
import { stackOutput } from './stack-outputs';
import { call, Tenants, type TestTenant } from './tenants';
import { flowsOf, play, playedProfiles } from './traffic';

const place = placeFromEnvironment();
const folder = process.env.DEPLOY_FOLDER ?? '';
const stack = `ScimTest${randomBytes(3).toString('hex')}Upgrade`;
/** The tenants that the release fills: with names that every release folds alike, and with others. */
const names = {
  plain: ['anna@example.com', 'Bob', 'CAROL@Example.com', 'dave', 'erin.o-neil'],
  other: ['anna', 'STRASSE', 'straße', 'ﬁona', 'Ｗｉｄｅ'],
};
const labels = ['plain', 'other'] as const;
type Label = (typeof labels)[number];
type ByLabel<T> = Partial<Record<Label, T>>;

let release: Release;
let old: Cdk;
let present: Cdk;
let directoryTable: string;
/** The tenants of the release, and what was in them. */
const former: ByLabel<TestTenant> = {};
const before: ByLabel<Directory> = {};
/** Tenants of the present release, and those among them with what the tenants of the release had. */
let tenants: Tenants | undefined;
const moved: ByLabel<TestTenant> = {};
const exported = (label: Label) => join(folder, `upgrade-${label}.jsonl`);

/** What was made before; a test that needs it says so if the test that makes it failed. */
function required<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`There is no ${what}, since what makes it failed: see above.`);
  return value;
}

/** The address of a tenant of the release, whose stack has fewer outputs than the present one needs. */
async function formerBaseUrl(tenantId: string): Promise<string> {
  const output = await stackOutput(stack, 'BaseUrl');
  const { baseUrlPattern } = emulatedAddress(output, process.env.AWS_ENDPOINT_URL) ?? { baseUrlPattern: output };
  return baseUrlPattern.replace('{tenantId}', tenantId);
}

beforeAll(async () => {
  release = Release.unpack(lastRelease, join(folder, 'release'));
  old = new Cdk(place, join(folder, 'release'), release.folder);
  present = new Cdk(place, folder);
  await old.deploy(stack, removable(place));
  directoryTable = await stackOutput(stack, 'DirectoryTable');
  for (const label of labels) {
    const made = await release.admin<TestTenant>('tenant', 'create', label, '--stack', stack);
    const tenant = { ...made, baseUrl: await formerBaseUrl(made.tenantId) };
    former[label] = tenant;
    await fill(tenant, names[label]);
    before[label] = await read(tenant);
    await release.export(label, stack, exported(label));
  }
});

afterAll(async () => {
  try {
    await tenants?.deleteAll();
    for (const { tenantId } of Object.values(former)) {
      await release.admin('tenant', 'delete', tenantId, '--yes', '--stack', stack);
    }
  } finally {
    await old?.destroyAll();
    tenants?.deployment.close();
  }
});

test('a release that the history does not have is an error that says what to do', () => {
  const missing = '0'.repeat(40);
  expect(() => Release.unpack(missing, join(folder, 'missing'))).toThrow(
    `The last release, ${missing}, is not in the history of`,
  );
  expect(() => Release.unpack(missing, join(folder, 'missing'))).toThrow('run "git fetch --unshallow" in a clone');
});

test.each(labels)('the release stored what the test compares in the tenant %s', (label) => {
  expect(Object.keys(before[label]?.users ?? {})).toHaveLength(names[label].length);
  expect(Object.keys(before[label]?.groups ?? {})).toHaveLength(2);
});

test('the present release, deployed over the last, keeps the tables and the URLs', async () => {
  await present.deploy(stack, { ...removable(place), ...addressed(place) });
  tenants = new Tenants(await openDeployment({ stack }));
  expect(tenants.deployment.tables.directory).toBe(directoryTable);
  const { tenantId, baseUrl } = required(former.plain, 'tenant');
  expect(tenants.deployment.baseUrl(tenantId)).toBe(baseUrl);
});

test('a token of the last release opens nothing: its secret has no scope and cannot be read', async () => {
  // Not 401, after which an identity provider gives up a token.
  expect((await call(required(former.plain, 'tenant'), 'GET', '/Users')).status).toBe(500);
});

test.each(labels)('the tenant %s is created again from its export', async (label) => {
  const opened = required(tenants, 'deployment');
  const { deployment } = opened;
  const tenant = await opened.create();
  moved[label] = tenant;
  const record = await findTenant(deployment.services, tenant.tenantId);
  const leftOut: string[] = [];
  await importTenant(deployment, record, createReadStream(exported(label)), {
    onLeftOut: (line, reason) => leftOut.push(`${line}: ${reason}`),
  });
  expect(leftOut).toEqual([]);
  expect(await read(tenant)).toEqual(before[label]);
});

test('names of the last release are found, and stay unique, if every release folds them alike', async () => {
  const tenant = required(moved.plain, 'tenant');
  for (const name of names.plain) {
    const filter = encodeURIComponent(`userName eq "${name.toUpperCase()}"`);
    const { text } = await call(tenant, 'GET', `/Users?filter=${filter}`);
    expect(JSON.parse(text)).toMatchObject({ totalResults: 1, Resources: [{ userName: name }] });
    const again = { userName: name, displayName: 'A', name: { givenName: 'A', familyName: 'B' } };
    expect((await call(tenant, 'POST', '/Users', again)).status).toBe(409);
  }
});

test.each(labels)('the check finds nothing wrong with the tenant %s', async (label) => {
  const { deployment } = required(tenants, 'deployment');
  const { tenantId } = required(moved[label], 'tenant');
  const record = await findTenant(deployment.services, tenantId);
  const found: unknown[] = [];
  for await (const difference of checkTenants(deployment, new Map([[tenantId, record]]), {})) found.push(difference);
  expect(found).toEqual([]);
});

describe.each(playedProfiles)('traffic to the upgraded deployment, %s', (profile) => {
  test.each(flowsOf(profile))('%s', async (_, flow) => {
    expect((await play(required(tenants, 'deployment'), flow, profile)).failures).toBe('');
  });
});

test('the last release, deployed again, reads what it wrote, and writes', async () => {
  await required(tenants, 'deployment').deleteAll();
  await old.deploy(stack, removable(place));
  for (const label of labels) expect(await read(required(former[label], 'tenant'))).toEqual(before[label]);
  const [id = ''] = Object.keys(before.plain?.users ?? {});
  const patch = {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
    Operations: [{ op: 'replace', path: 'displayName', value: 'New' }],
  };
  expect((await call(required(former.plain, 'tenant'), 'PATCH', `/Users/${id}`, patch)).status).toBe(200);
});
