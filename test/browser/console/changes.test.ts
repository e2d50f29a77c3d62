import type { TenantAccess } from '../../../local/endpoint';
import { lastSweep } from '../../last-sweep';
import { openStage, type Stage } from '../harness/console';
import { create, disabling, group, send, user } from '../harness/scim';
import { everyView } from '../harness/views';

let stage: Stage;
let restoring: TenantAccess;
let anna: string;

beforeAll(async () => {
  stage = await openStage();
  restoring = await stage.endpoint.createTenant({ label: 'Restoring' });
  anna = await create(restoring, '/Users', user('Anna', 'Example'));
  await create(restoring, '/Groups', group('Engineering', [anna]));
  await send(restoring, 'DELETE', `/Users/${anna}`);
});
afterEach(() => expect(stage.complaints()).toEqual([]));
afterAll(() => stage.close());

test('the brake holds, the page says so, and a click lets through', async () => {
  const { page, endpoint } = stage;
  const tenant = await endpoint.createTenant({ label: 'Braked' });
  await stage.go(`#/tenants/${tenant.tenantId}/settings`);
  await page.getByRole('button', { name: 'Brake: Turn on' }).click();
  await page.getByRole('button', { name: 'Brake: Turn off' }).waitFor();

  const ids: string[] = [];
  for (let index = 0; index < 22; index += 1) ids.push(await create(tenant, '/Users', user(`User${index}`, 'Example')));
  const statuses: number[] = [];
  for (const id of ids) statuses.push((await send(tenant, 'PATCH', `/Users/${id}`, disabling)).status);
  expect(statuses.at(-1)).toBe(429);

  await page.reload();
  const notice = page.locator('.notice').filter({ hasText: 'The brake holds changes.' });
  await notice.waitFor();
  await page.locator('h1 + .badge', { hasText: /^Brake holds changes$/ }).waitFor();

  await stage.go(`#/tenants/${tenant.tenantId}/users?search=${ids.at(-1)}`);
  await page
    .locator('.notice-warning', { hasText: 'is here; last changed on' })
    .getByText(/Held by the brake/)
    .waitFor();

  await stage.go(`#/tenants/${tenant.tenantId}/users/${ids.at(-2)}`);
  await page.getByRole('button', { name: 'Release this user' }).click();
  await page.getByRole('status').getByText(/./).waitFor();
  expect((await send(tenant, 'PATCH', `/Users/${ids.at(-2)}`, disabling)).status).toBe(200);
  expect((await send(tenant, 'PATCH', `/Users/${ids.at(-1)}`, disabling)).status).toBe(429);

  // A refused change says what to do in the words of the page, not in those of a terminal.
  await stage.go(`#/tenants/${tenant.tenantId}/activity`);
  await page.getByRole('button', { name: /^429/ }).first().click();
  const detail = page.locator('.event-detail');
  await detail.getByText('What to do:').waitFor();
  expect(await detail.textContent()).not.toMatch(/tenant release|npx|--/);
  expect(await detail.getByRole('link', { name: 'Open settings' }).getAttribute('href')).toContain('/settings');

  // A single click lets nothing through.
  await notice.getByRole('button', { name: 'Release…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Release Braked?' });
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  expect((await send(tenant, 'PATCH', `/Users/${ids.at(-1)}`, disabling)).status).toBe(429);
  await notice.getByRole('button', { name: 'Release…' }).click();
  expect(await everyView(page, 'console-release')).toEqual([]);
  await dialog.getByRole('button', { name: 'Release', exact: true }).click();
  await notice.waitFor({ state: 'detached' });
  expect((await send(tenant, 'PATCH', `/Users/${ids.at(-1)}`, disabling)).status).toBe(200);
});

test('a user is disabled, enabled and erased by an operator', async () => {
  const { page, endpoint } = stage;
  const tenant = await endpoint.createTenant({ label: 'Operated' });
  const mario = await create(tenant, '/Users', user('Mario', 'Rossi'));
  const active = async () => (await send(tenant, 'GET', `/Users/${mario}`)).body.active;
  await stage.go(`#/tenants/${tenant.tenantId}/users/${mario}`);
  await page.getByRole('button', { name: 'Disable', exact: true }).click();
  await page.getByRole('button', { name: 'Enable', exact: true }).waitFor();
  await page.getByText(/^Disabled here on /).waitFor();
  expect(await active()).toBe(false);
  await page.getByRole('button', { name: 'Enable', exact: true }).click();
  await page.getByRole('button', { name: 'Disable', exact: true }).waitFor();
  expect(await active()).toBe(true);

  await page.getByRole('button', { name: 'Erase…' }).click();
  const dialog = page.getByRole('dialog');
  await page.getByLabel('Type mario.rossi@example.com to confirm').fill('mario.rossi@example.com');
  await dialog.getByRole('button', { name: 'Erase', exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByText('There are no users yet').waitFor();
  expect((await send(tenant, 'GET', `/Users/${mario}`)).status).toBe(404);
});

test('a tenant is paused and resumed, renamed, and deleted after its label was typed', async () => {
  const { page, endpoint } = stage;
  const tenant = await endpoint.createTenant({ label: 'Passing' });
  await stage.go(`#/tenants/${tenant.tenantId}/settings`);
  await page.getByRole('button', { name: 'Pause: Pause' }).click();
  await page.getByText('This tenant is paused.').waitFor();
  await page.getByRole('button', { name: 'Resume', exact: true }).click();
  await page.getByText('This tenant is paused.').waitFor({ state: 'detached' });

  await page.getByRole('button', { name: 'Pause: Pause' }).click();
  await page.getByText('This tenant is paused.').waitFor();
  await stage.go(`#/tenants/${tenant.tenantId}/users?search=nobody`);
  await page.getByText('The tenant is paused since').waitFor();
  await page.getByRole('button', { name: 'Resume', exact: true }).click();
  await page.getByText('The tenant is paused since').waitFor({ state: 'detached' });
  await page.getByText('The identity provider has probably not sent it.').waitFor();

  await stage.go(`#/tenants/${tenant.tenantId}/settings`);
  await page.getByRole('button', { name: 'Disable: Disable' }).click();
  expect((await send(tenant, 'GET', '/Users')).status).toBe(200);
  await page.getByRole('dialog').getByRole('button', { name: 'Disable tenant' }).click();
  await page.getByText('This tenant is disabled.').waitFor();
  await page.getByRole('button', { name: 'Enable', exact: true }).first().click();
  await page.getByText('This tenant is disabled.').waitFor({ state: 'detached' });

  await page.getByLabel('Label').fill('Renamed');
  await page.getByRole('button', { name: 'Rename' }).click();
  await page.getByRole('heading', { level: 1, name: 'Renamed' }).waitFor();

  await page.getByRole('button', { name: 'Delete tenant…' }).click();
  const confirm = page.getByRole('dialog').getByRole('button', { name: 'Delete tenant' });
  await page.getByLabel('Type Renamed to confirm').fill('renamed');
  expect(await confirm.isDisabled()).toBe(true);
  await page.getByLabel('Type Renamed to confirm').fill('Renamed');
  await confirm.click();
  await page.getByRole('heading', { level: 1, name: 'Tenants' }).waitFor();
  expect((await send(tenant, 'GET', '/Users')).status).toBe(401);
});

test('a deleted user is restored with its groups, and a search that finds it offers that, too', async () => {
  const { page } = stage;
  expect((await send(restoring, 'GET', `/Users/${anna}`)).status).toBe(404);

  const gone = await create(restoring, '/Users', user('Gone', 'Example'));
  await send(restoring, 'DELETE', `/Users/${gone}`);
  // What a search reads of a deletion comes from the stream.
  await stage.endpoint.settled();
  await stage.go(`#/tenants/${restoring.tenantId}/users?search=gone.example`);
  const found = page.getByRole('button', { name: 'Restore gone.example@example.com' });
  await page.getByText('Within a minute, when the deletion is complete.').waitFor();
  await lastSweep(stage.endpoint, restoring.tenantId, gone);
  await found.click();
  await page.getByRole('link', { name: 'gone.example@example.com' }).waitFor();

  await stage.go(`#/tenants/${restoring.tenantId}/deleted`);
  const restore = page.getByRole('button', { name: 'Restore anna.example@example.com' });
  // Until its memberships are swept away, the page says why it waits; then it can be restored, without a reload.
  await page.getByText('Within a minute, when the deletion is complete.').waitFor();
  expect(await restore.isDisabled()).toBe(true);
  await lastSweep(stage.endpoint, restoring.tenantId, anna);
  const restored = page.getByRole('status').getByText(/is restored/);
  await restore.click();
  await restored.waitFor();
  expect((await restored.textContent())?.match(/is restored/g)).toHaveLength(1);
  await restore.waitFor({ state: 'detached' });
  expect((await send(restoring, 'GET', `/Users/${anna}`)).status).toBe(200);

  await stage.go(`#/tenants/${restoring.tenantId}/users/${anna}`);
  await page.getByRole('link', { name: 'Engineering' }).waitFor();
});
