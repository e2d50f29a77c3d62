import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { checkTenants } from '../../operator/check/check-tenants';
import { openDeployment } from '../../operator/connection/open';
import { findTenant } from '../../operator/tenants/provision';
import { importTenant } from '../../operator/transfer/import';
import { Cdk } from './cdk';
import { type Directory, fill, read } from './directory';
import { placeFromEnvironment } from './place';
import { lastRelease, Release } from './release';
import { addressed, removable } from './settings';
import { Tenants, type TestTenant } from './tenants';
import { flowsOf, play, playedProfiles } from './traffic';

const place = placeFromEnvironment();
const folder = process.env.DEPLOY_FOLDER ?? '';
const stack = `ScimTest${randomBytes(3).toString('hex')}Upgrade`;
/** Names that every release folds alike. CHANGELOG.md says of the others that they have to be exported and imported. */
const plainNames = ['anna@example.com', 'Bob', 'CAROL@Example.com', 'dave', 'erin.o-neil'];
const otherNames = ['anna', 'STRASSE', 'straße', 'ﬁona', 'Ｗｉｄｅ'];

let release: Release;
let old: Cdk;
let present: Cdk;
let tenants: Tenants;
/**
 * Created by the present release. They are deleted before the rollback, since the last release does not know their API
 * keys.
 */
let visitors: Tenants;
const before: { plain?: Directory; other?: Directory } = {};
let plain: TestTenant;
let other: TestTenant;
const exported = join(folder, 'upgrade.jsonl');

/** Opens the upgraded stack, with the tenants that the release created. */
async function open(): Promise<Tenants> {
  const opened = new Tenants(await openDeployment({ stack }));
  for (const tenant of [plain, other]) {
    if (!tenant) continue;
    opened.adopt(tenant.tenantId);
    Object.assign(tenant, { baseUrl: opened.deployment.baseUrl(tenant.tenantId) });
  }
  return opened;
}

beforeAll(async () => {
  release = Release.unpack(lastRelease, join(folder, 'release'));
  old = new Cdk(place, join(folder, 'release'), release.folder);
  present = new Cdk(place, folder);
  await old.deploy(stack, removable(place));
  const make = (label: string) => release.admin<TestTenant>('tenant', 'create', label, '--stack', stack);
  plain = await make('plain');
  other = await make('other');
  tenants = await open();
  await fill(tenants, plain, plainNames);
  await fill(tenants, other, otherNames);
  before.plain = await read(tenants, plain);
  before.other = await read(tenants, other);
  await release.export('other', stack, exported);
});

afterAll(async () => {
  try {
    await tenants?.deleteAll();
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

test('the release stored what the test compares', () => {
  expect(Object.keys(before.plain?.users ?? {})).toHaveLength(plainNames.length);
  expect(Object.keys(before.other?.users ?? {})).toHaveLength(otherNames.length);
  expect(Object.keys(before.plain?.groups ?? {})).toHaveLength(2);
});

test('the present release, deployed over the last, keeps tables, URLs, tokens, users, groups and memberships', async () => {
  const { tables } = tenants.deployment;
  await present.deploy(stack, { ...removable(place), ...addressed(place) });
  tenants = await open();
  visitors = new Tenants(tenants.deployment);
  expect(tenants.deployment.tables).toMatchObject({ directory: tables.directory, memberships: tables.memberships });
  expect(await read(tenants, plain)).toEqual(before.plain);
  expect(await read(tenants, other)).toEqual(before.other);
});

test('names of the last release are found, and stay unique, if every release folds them alike', async () => {
  for (const name of plainNames) {
    const filter = encodeURIComponent(`userName eq "${name.toUpperCase()}"`);
    const { text } = await tenants.call(plain, 'GET', `/Users?filter=${filter}`);
    expect(JSON.parse(text)).toMatchObject({ totalResults: 1, Resources: [{ userName: name }] });
    const again = { userName: name, displayName: 'A', name: { givenName: 'A', familyName: 'B' } };
    expect((await tenants.call(plain, 'POST', '/Users', again)).status).toBe(409);
  }
});

test('the check finds nothing wrong with a tenant whose names every release folds alike', async () => {
  const record = await findTenant(tenants.deployment.services, plain.tenantId);
  const found: unknown[] = [];
  for await (const difference of checkTenants(tenants.deployment, new Map([[plain.tenantId, record]]), {})) {
    found.push(difference);
  }
  expect(found).toEqual([]);
});

test('an export of the last release is imported, with names that are folded otherwise now', async () => {
  const moved = await visitors.create();
  const record = await findTenant(visitors.deployment.services, moved.tenantId);
  const leftOut: string[] = [];
  await importTenant(visitors.deployment, record, createReadStream(exported), {
    onLeftOut: (line, reason) => leftOut.push(`${line}: ${reason}`),
  });
  expect(leftOut).toEqual([]);
  expect(await read(tenants, moved)).toEqual(before.other);
});

describe.each(playedProfiles)('traffic to the upgraded deployment, %s', (profile) => {
  test.each(flowsOf(profile))('%s', async (_, flow) => {
    expect((await play(visitors, flow, profile)).failures).toBe('');
  });
});

test('the last release, deployed again, reads what both wrote, and writes', async () => {
  const [id = ''] = Object.keys(before.plain?.users ?? {});
  const patch = {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
    Operations: [{ op: 'replace', path: 'displayName', value: 'New' }],
  };
  expect((await tenants.call(plain, 'PATCH', `/Users/${id}`, patch)).status).toBe(200);
  const upgraded = await read(tenants, plain);
  expect(upgraded.users[id]).toMatchObject({ displayName: 'New' });
  await visitors.deleteAll();
  await old.deploy(stack, removable(place));
  tenants = await open();
  expect(await read(tenants, plain)).toEqual(upgraded);
  expect(await read(tenants, other)).toEqual(before.other);
  const back = { ...patch, Operations: [{ op: 'replace', path: 'displayName', value: 'User 0' }] };
  expect((await tenants.call(plain, 'PATCH', `/Users/${id}`, back)).status).toBe(200);
});
