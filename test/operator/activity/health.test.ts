import { nameHash } from '../../../lambda/activity/keys';
import type { ActivityRow } from '../../../lambda/activity/row';
import { putRow } from '../../../lambda/store/activity';
import { countUsers, examineTenant } from '../../../operator/activity/health';
import { type Deployment, openDeployment } from '../../../operator/connection/open';
import { findTenant } from '../../../operator/tenants/provision';
import { admin } from '../../cli/admin';
import { type LocalEndpoint, startLocal } from '../../cli/local-endpoint';
import { userBody } from '../../directory/requests';
import { rowAt } from './rows';

let endpoint: LocalEndpoint;
let deployment: Deployment;

beforeAll(async () => {
  endpoint = await startLocal();
  deployment = await openDeployment({ stack: '', local: endpoint.data });
});

afterAll(async () => {
  deployment.close();
  await endpoint.close();
});

/** A row of so many minutes ago. */
const ago = (tenantId: string, minutes: number, more: Partial<ActivityRow> = {}): ActivityRow => ({
  ...rowAt(tenantId, minutes),
  time: new Date(Date.now() - minutes * 60_000).toISOString(),
  ...more,
});

const required = { kind: 'failure', template: 'createFailed', status: 400, remedy: 'required' } as const;

/** The row of a creation that failed. */
const notCreated = (tenantId: string, minutes: number, name: string) =>
  ago(tenantId, minutes, {
    ...required,
    rowId: `${name}${minutes}`,
    resource: { type: 'User' },
    nameHash: nameHash(tenantId, 'User', name),
    personal: { name, detail: 'displayName is required.' },
  });

async function open(
  label: string,
  rowsOf: (tenantId: string) => readonly ActivityRow[],
  users: readonly object[] = [],
) {
  const { tenantId, baseUrl, token } = await endpoint.createTenant({ label });
  for (const user of users) {
    const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/scim+json' };
    await fetch(`${baseUrl}/Users`, { method: 'POST', headers, body: JSON.stringify(user) });
  }
  const table = deployment.activity;
  if (!table) throw new Error('no table');
  for (const row of rowsOf(tenantId)) await putRow(table, row);
  const tenant = await findTenant(deployment.services, label);
  return { ...(await examineTenant(deployment, tenant)), users: await countUsers(deployment, tenant) };
}

test('failures of the last day are counted by kind, and users by whether they are enabled', async () => {
  const health = await open(
    'counts',
    (tenantId) => [
      notCreated(tenantId, 1, 'zoe@example.com'),
      notCreated(tenantId, 2, 'yan@example.com'),
      ago(tenantId, 3, { kind: 'failure', template: 'changeFailed', status: 409, remedy: 'taken' }),
      notCreated(tenantId, 25 * 60, 'xu@example.com'),
    ],
    [userBody('anna'), { ...userBody('ben'), active: false }, userBody('cleo')],
  );
  expect(health.users).toEqual({ enabled: 2, disabled: 1 });
  expect(health.failures.map(({ status, count }) => [status, count])).toEqual([
    [400, 2],
    [409, 1],
  ]);
  expect(health.failures[0]?.last.personal?.name).toBe('zoe@example.com');
  expect(health.repeated).toEqual([]);
});

test('the last success is that of a credential, not an operator’s, and no failure', async () => {
  const { lastSuccess } = await open('success', (tenantId) => [
    ago(tenantId, 5, { template: 'created' }),
    ago(tenantId, 4, { ...required }),
    ago(tenantId, 3, { actor: { operator: true } }),
  ]);
  expect(lastSuccess?.template).toBe('created');
});

test('the same failure three times for one user needs attention, until the user is created or changed', async () => {
  const failed = (tenantId: string, minutes: number, id: string) =>
    ago(tenantId, minutes, {
      ...required,
      template: 'changeFailed',
      rowId: `${id}${minutes}`,
      resource: { type: 'User', id },
    });
  const [bob, dan] = ['11111111-7f76-453a-919d-413861904646', '22222222-7f76-453a-919d-413861904646'];
  const { repeated } = await open(
    'repeated',
    (tenantId) => [
      ...[9, 8, 7].map((minutes) => notCreated(tenantId, minutes, 'zoe@example.com')),
      ...[9, 8].map((minutes) => notCreated(tenantId, minutes, 'yan@example.com')),
      // It exists by now.
      ...[9, 8, 7].map((minutes) => notCreated(tenantId, minutes, 'anna@example.com')),
      ...[9, 8, 7, 6].map((minutes) => failed(tenantId, minutes, bob)),
      ...[9, 8, 7].map((minutes) => failed(tenantId, minutes, dan)),
      ago(tenantId, 1, { resource: { type: 'User', id: dan } }),
    ],
    [userBody('anna')],
  );
  expect(repeated.map(({ name, count }) => [name, count])).toEqual([
    ['anna@example.com', 4],
    ['zoe@example.com', 3],
  ]);
  expect(repeated[0]?.last.resource?.id).toBe(bob);
});

test('what doctor deleted and then asked for needs no attention', async () => {
  const id = '33333333-7f76-453a-919d-413861904646';
  const about = (minutes: number, more: Partial<ActivityRow>) => (tenantId: string) =>
    ago(tenantId, minutes, { rowId: `${id}${minutes}`, resource: { type: 'User', id }, ...more });
  const gone = { kind: 'failure', template: 'readFailed', status: 404, remedy: 'gone' } as const;
  const asked = [8, 7, 6].map((minutes) => about(minutes, { ...gone, personal: { detail: 'It was not found.' } }));
  const deleted = (name: string) => about(9, { template: 'deleted', personal: { name } });
  const rows = (name: string) => (tenantId: string) => [deleted(name), ...asked].map((row) => row(tenantId));
  expect((await open('doctor', rows('ada@doctor.invalid'))).repeated).toEqual([]);
  expect((await open('person', rows('ada@example.com'))).repeated).toHaveLength(1);
});

test('a tenant that the brake holds needs attention', async () => {
  const { tenantId, baseUrl, token } = await endpoint.createTenant({ label: 'held' });
  const place = ['--data', endpoint.data];
  await admin(['tenant', 'brake', 'held', 'on', ...place]);
  const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/scim+json' };
  for (let user = 0; user < 21; user += 1) {
    const body = JSON.stringify(userBody(`held${user}`));
    const made = await fetch(`${baseUrl}/Users`, { method: 'POST', headers, body });
    const { id } = (await made.json()) as { readonly id: string };
    await fetch(`${baseUrl}/Users/${id}`, { method: 'DELETE', headers });
  }
  const { code, out } = await admin(['tenant', 'health', tenantId, ...place]);
  expect(code).toBe(1);
  expect(out.replace(/\s+/g, ' ')).toMatch(
    /Needs attention: - The brake holds since \S+ \S+ \(\S+\): 20 users disabled or deleted within an hour, limit 20\. Find out/,
  );
});

test('tenant health says what needs attention, and ends with 1 if something does', async () => {
  await open('shown', (tenantId) => [
    ago(tenantId, 10, { template: 'created' }),
    ...[9, 8, 7].map((minutes) => notCreated(tenantId, minutes, 'zoe@example.com')),
  ]);
  const { code, out } = await admin(['tenant', 'health', 'shown', '--data', endpoint.data]);
  expect(code).toBe(1);
  expect(out.replace(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \(UTC\S*\)/g, '<time>')).toMatch(
    /^Tenant {8}\w{12} \(shown, enabled\)\nLast success {2}<time>\n {14}okta: created user anna@example\.com\n/,
  );
  expect(out).toContain('Failures by kind:\n- 3 × 400, last ');
  expect(out).toContain('Needs attention:\n- zoe@example.com: 3 times displayName is required (creating user');
  expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  const healthy = await endpoint.createTenant({ label: 'healthy' });
  expect(await admin(['tenant', 'health', healthy.tenantId, '--data', endpoint.data])).toMatchObject({
    code: 0,
    out: expect.stringContaining('\n\nNothing needs attention.\n'),
  });
});

test('a token and the secret of a client that end soon, or have ended, need attention, with the command for another', async () => {
  const place = ['--data', endpoint.data];
  const { tenantId } = await endpoint.createTenant({ label: 'ending', tokenLabel: 'okta', life: 24 * 3_600_000 });
  expect((await admin(['client', 'create', tenantId, '--label', 'entra', '--expires', '365d', ...place])).code).toBe(0);
  const { code, out } = await admin(['tenant', 'health', tenantId, ...place]);
  expect(code).toBe(1);
  expect(out.replace(/\s+/g, ' ')).toMatch(
    /- Token (\w{12}) \(okta\) expires on .*?\. Run "npx scim-admin token rotate ending \1 --data \S+" to make another one\. $/,
  );
  const clock = () => new Date(Date.now() + 340 * 24 * 3_600_000);
  const later = { ...deployment, services: { ...deployment.services, clock } };
  const { ending } = await examineTenant(later, await findTenant(deployment.services, tenantId));
  expect(ending.map(({ kind, label, expired }) => [kind, label, expired])).toEqual([
    ['token', 'okta', true],
    ['client', 'entra', false],
  ]);
});
