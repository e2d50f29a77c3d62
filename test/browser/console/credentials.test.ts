import { generateKeyPairSync } from 'node:crypto';
import { copied } from '../harness/clipboard';
import { openStage, type Stage } from '../harness/console';
import { send } from '../harness/scim';
import { everyView } from '../harness/views';

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
});
afterEach(() => expect(stage.complaints()).toEqual([]));
afterAll(() => stage.close());

test('a token is rotated without a single 401, and the old one ends when it is revoked', async () => {
  const { page, endpoint } = stage;
  const tenant = await endpoint.createTenant({ label: 'Rotating', tokenLabel: 'Okta' });
  const statuses: number[] = [];
  let token = tenant.token;
  let isOver = false;
  const traffic = (async () => {
    while (!isOver) statuses.push((await send({ ...tenant, token }, 'GET', '/Users?count=1')).status);
  })();

  await stage.go(`#/tenants/${tenant.tenantId}/credentials`);
  await page.getByRole('button', { name: 'Rotate Okta' }).click();
  await page.getByLabel('The old token works').selectOption('Until I revoke it');
  await page.getByRole('button', { name: 'Create the successor' }).click();
  const dialog = page.getByRole('dialog', { name: 'Automatic provisioning' });
  await dialog.getByText('SCIM endpoint').waitFor();
  const successor = await copied(page, 'Access token');
  expect(successor).not.toBe(tenant.token);
  token = successor;
  await dialog.getByRole('button', { name: 'Done' }).click();
  await dialog.waitFor({ state: 'detached' });
  // The secret is in neither the page nor what the browser stores.
  expect(await page.content()).not.toContain(successor);
  expect(await page.evaluate<string>('JSON.stringify([localStorage, sessionStorage, location.href])')).not.toContain(
    successor,
  );

  const [, , , oldId = ''] = /^(sst)_(\w+)_(\w+)_/.exec(tenant.token) ?? [];
  const row = page.getByRole('row').filter({ hasText: oldId });
  await row.getByRole('button', { name: /^Revoke/ }).click();
  await page.getByLabel(`Type ${oldId} to confirm`).fill(oldId);
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke', exact: true }).click();
  await row.waitFor({ state: 'detached' });
  isOver = true;
  await traffic;
  expect(statuses.length).toBeGreaterThan(5);
  expect(statuses.filter((status) => status !== 200)).toEqual([]);
});

test('an OAuth client shows what Entra asks for, and its credentials get an access token', async () => {
  const { page, endpoint } = stage;
  const tenant = await endpoint.createTenant({ label: 'Entra' });
  await stage.go(`#/tenants/${tenant.tenantId}/credentials`);
  await page.getByRole('button', { name: 'Create client' }).click();
  await page.getByLabel('Label').fill('Entra ID');
  await page.getByRole('dialog').getByRole('button', { name: 'Create client' }).click();
  const values: Record<string, string> = {};
  for (const name of ['Tenant URL', 'Token endpoint', 'Client identifier', 'Client secret']) {
    values[name] = await copied(page, name);
  }
  const response = await fetch(values['Token endpoint'] ?? '', {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: values['Client identifier'] ?? '',
      client_secret: values['Client secret'] ?? '',
    }),
  });
  const { access_token: token = '' } = (await response.json()) as { access_token?: string };
  expect((await send({ baseUrl: values['Tenant URL'] ?? '', token }, 'GET', '/Users')).status).toBe(200);
});

test('a client signs with a key instead of a secret, and gets a workload', async () => {
  const { page, endpoint } = stage;
  const tenant = await endpoint.createTenant({ label: 'Keyed' });
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  await stage.go(`#/tenants/${tenant.tenantId}/credentials?dialog=client`);
  await page.getByLabel('It authenticates with').selectOption('A key: it signs assertions');
  await page.getByLabel('Public key').fill(publicKey.export({ type: 'spki', format: 'pem' }).toString());
  expect(await everyView(page, 'console-client-key')).toEqual([]);
  await page.getByRole('dialog').getByRole('button', { name: 'Create client' }).click();
  await page.getByRole('dialog').getByText('Client identifier').waitFor();
  expect(await page.getByRole('dialog').getByText('Client secret').count()).toBe(0);
  await page.getByRole('button', { name: 'Done' }).click();

  await page.getByRole('button', { name: 'Add workload' }).click();
  await page.getByLabel('Issuer').fill('https://login.microsoftonline.com/0f0f0f0f-0000-4000-8000-000000000000/v2.0');
  await page.getByLabel('Subject').fill('11111111-0000-4000-8000-000000000000');
  expect(await everyView(page, 'console-client-workload')).toEqual([]);
  await page.getByRole('dialog').getByRole('button', { name: 'Add workload' }).click();
  await page.locator('.parts li').filter({ hasText: 'Workload' }).waitFor();
  expect(await page.locator('.parts li').count()).toBe(2);
});

test('an administrator is invited by a link and a PIN that are shown once, and the invitation is revoked', async () => {
  const { page, endpoint } = stage;
  const tenant = await endpoint.createTenant({ label: 'Inviting' });
  await stage.go(`#/tenants/${tenant.tenantId}/credentials`);
  await page.getByRole('button', { name: 'Invite administrator' }).click();
  await page.getByLabel('Name of the customer').fill('Inviting Ltd');
  await page.getByRole('button', { name: 'Create invitation' }).click();
  const dialog = page.getByRole('dialog', { name: 'Send these by two different ways' });
  const [link, pin] = [await copied(page, 'Link'), await copied(page, 'PIN')];
  expect(pin).toMatch(/^\d{6}$/);
  const opened = await fetch(link);
  expect([opened.status, opened.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  expect(await everyView(page, 'console-invitation-once')).toEqual([]);
  await dialog.getByRole('button', { name: 'Done' }).click();
  await dialog.waitFor({ state: 'detached' });
  expect(await page.content()).not.toContain(pin);

  await page.getByText('Not opened yet').waitFor();
  await page.getByRole('button', { name: /^Revoke the invitation/ }).click();
  await page.getByText('Revoked', { exact: true }).waitFor();
});
