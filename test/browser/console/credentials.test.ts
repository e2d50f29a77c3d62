import { openStage, type Stage } from '../harness/console';
import { send } from '../harness/scim';

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
  await dialog.getByRole('button', { name: 'Copy Access token' }).click();
  const successor = await page.evaluate<string>('navigator.clipboard.readText()');
  expect(successor).not.toBe(tenant.token);
  token = successor;
  await dialog.getByRole('button', { name: 'Done' }).click();
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
    await page.getByRole('button', { name: `Copy ${name}` }).click();
    values[name] = await page.evaluate<string>('navigator.clipboard.readText()');
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
